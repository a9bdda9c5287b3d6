/*
 * Base64, base32 and digests; answers are those of Go's packages.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/sha.h"
#include "base/str.h"

static void test_encode(void **state)
{
	static const struct {
		const char *plain;
		const char *base64;
		const char *base32;
	} rows[] = {
		{ "", "", "" },
		{ "f", "Zg==", "MY======" },
		{ "fo", "Zm8=", "MZXQ====" },
		{ "foo", "Zm9v", "MZXW6===" },
		{ "foob", "Zm9vYg==", "MZXW6YQ=" },
		{ "fooba", "Zm9vYmE=", "MZXW6YTB" },
		{ "foobar", "Zm9vYmFy", "MZXW6YTBOI======" },
		{ "\xff\xfe\xfd", "//79", "777P2===" },
	};
	struct arena *arena = arena_new();
	size_t at;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t len = strlen(rows[i].plain);
		struct str str;

		str_init(&str, arena);
		base64_encode(&str, rows[i].plain, len);
		assert_string_equal(str_text(&str), rows[i].base64);
		str_clear(&str);
		assert_true(base64_decode(&str, rows[i].base64,
					  strlen(rows[i].base64), &at));
		assert_string_equal(str_text(&str), rows[i].plain);
		str_clear(&str);
		base32_encode(&str, rows[i].plain, len);
		assert_string_equal(str_text(&str), rows[i].base32);
		str_clear(&str);
		assert_true(base32_decode(&str, rows[i].base32,
					  strlen(rows[i].base32), &at));
		assert_string_equal(str_text(&str), rows[i].plain);
	}
	arena_free(arena);
}

/* What Go accepts although it is odd, and the offsets that it names. */
static void test_decode(void **state)
{
	static const struct {
		const char *text;
		int at64; /* -1: accepted */
		const char *plain64;
		int at32;
		const char *plain32;
	} rows[] = {
		{ "A", 0, "", 0, "" },
		{ "AA", 0, "", 0, "" },
		{ "AAA", 0, "", 0, "" },
		{ "AA=", 3, "", 3, "" },
		{ "AA=A", 2, "", 4, "" },
		{ "AA==A", 4, "", 5, "" },
		{ "Zm\r\n9v", -1, "foo", 1, "" },
		{ "Zm9vYg=\n=", -1, "foob", 1, "" },
		{ "Zm9vYg=\n", 8, "", 1, "" },
		{ "Zm9vY", 4, "", 1, "" },
		{ "Zm9v\nYg", 5, "", 1, "" },
		{ "=", 0, "", 0, "" },
		{ "====", 0, "", 0, "" },
		{ "Zm 9v", 2, "", 1, "" },
		{ "Zm-_", 2, "", 1, "" },
		{ "Zm9vYh==", -1, "foob", 1, "" },
		{ "MY", 0, "", 0, "" },
		{ "MY=====", 4, "", 7, "" },
		{ "MY======\n", 4, "", -1, "f" },
		{ "MY=====A", 4, "", 6, "" },
		{ "M=======", 1, "", 1, "" },
		{ "MZX=====", 4, "", 3, "" },
		{ "mzxq====", 4, "", 0, "" },
		{ "MZ\nXQ====", 5, "", -1, "fo" },
		{ "MZXW6YTBOI==\n====", 13, "", -1, "foobar" },
		{ "MZXW6YTB8", 8, "", 8, "" },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *text = rows[i].text;
		size_t len = strlen(text), at;
		struct str str;

		str_init(&str, arena);
		str_puts(&str, "=");
		at = (size_t)-1;
		assert_int_equal(base64_decode(&str, text, len, &at),
				 rows[i].at64 < 0);
		assert_int_equal((int)at, rows[i].at64);
		assert_string_equal(str_text(&str) + 1, rows[i].plain64);
		str_clear(&str);
		str_puts(&str, "=");
		at = (size_t)-1;
		assert_int_equal(base32_decode(&str, text, len, &at),
				 rows[i].at32 < 0);
		if (rows[i].at32 >= 0)
			assert_int_equal((int)at, rows[i].at32);
		assert_string_equal(str_text(&str) + 1, rows[i].plain32);
	}
	arena_free(arena);
}

static const struct {
	size_t len;
	const char *sha1;
	const char *sha256;
	const char *sha512;
} digests[] = {
	{ 0, "da39a3ee5e6b4b0d3255bfef95601890afd80709",
	  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852"
	  "b855",
	  "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36c"
	  "e9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327a"
	  "f927da3e" },
	{ 1, "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8",
	  "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee"
	  "48bb",
	  "1f40fc92da241694750979ee6cf582f2d5d7d28e18335de05abc54d0560e"
	  "0f5302860c652bf08d560252aa5e74210546f369fbbbce8c12cfc7957b26"
	  "52fe9a75" },
	{ 55, "c1c8bbdc22796e28c0e15163d20899b65621d65a",
	  "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f73"
	  "4318",
	  "b0220c772cbf6c1822e2cb38a437d0e1d58772417a4bbb21c961364f8b61"
	  "43e05aa6316dca8d1d7b19e16448419076395f6086cb55101fbd6d5497b1"
	  "48e1745f" },
	{ 56, "c2db330f6083854c99d4b5bfb6e8f29f201be699",
	  "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6"
	  "738a",
	  "962b64aae357d2a4fee3ded8b539bdc9d325081822b0bfc55583133aab44"
	  "f18bafe11d72a7ae16c79ce2ba620ae2242d5144809161945f1367f41b39"
	  "72e26e04" },
	{ 63, "03f09f5b158a7a8cdad920bddc29b81c18a551f5",
	  "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc"
	  "2f34",
	  "c1b0f5c6d3b03dfe4a2602e67242f54e344090b66e01100a469b129f583f"
	  "016c7e27dddeaa438393dcc7ec54b0b57c9ba7af007f9b56db5f6fb677d9"
	  "72a31362" },
	{ 64, "0098ba824b5c16427bd7a1122a5a442a25ec644d",
	  "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df1546"
	  "68eb",
	  "01d35c10c6c38c2dcf48f7eebb3235fb5ad74a65ec4cd016e2354c637a8f"
	  "b49b695ef3c1d6f7ae4cd74d78cc9c9bcac9d4f23a73019998a7f73038a5"
	  "c9b2dbde" },
	{ 65, "11655326c708d70319be2610e8a57d9a5b959d3b",
	  "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb"
	  "0ae0",
	  "b83086cd8494e55708ad7ecd82dfb4bca1bda61ecbb7caf0c68967902e70"
	  "9345e5d8305eb7ac0d588afc6cbb75161aa9c8c7e0ea986bd833dafe5e1c"
	  "cd37345a" },
	{ 111, "ac877859d427d9192054eea8feb3b8a403ef83a5",
	  "6374f73208854473827f6f6a3f43b1f53eaa3b82c21c1a6d69a2110b2a79"
	  "baad",
	  "fa9121c7b32b9e01733d034cfc78cbf67f926c7ed83e82200ef868181969"
	  "21760b4beff48404df811b953828274461673c68d04e297b0eb7b2b4d60f"
	  "c6b566a2" },
	{ 112, "689993727ba37386bb032495e9dbdfb4dd1ba744",
	  "f54353008a2553262ecdc4a34749563ba0950e8b0fc8652780b0a614b996"
	  "83c1",
	  "c01d080efd492776a1c43bd23dd99d0a2e626d481e16782e75d54c2503b5"
	  "dc32bd05f0f1ba33e568b88fd2d970929b719ecbb152f58f130a407c8830"
	  "604b70ca" },
	{ 127, "89d95fa32ed44a7c610b7ee38517ddf57e0bb975",
	  "c57e9278af78fa3cab38667bef4ce29d783787a2f731d4e12200270f0c32"
	  "320a",
	  "828613968b501dc00a97e08c73b118aa8876c26b8aac93df128502ab360f"
	  "91bab50a51e088769a5c1eff4782ace147dce3642554199876374291f5d9"
	  "21629502" },
	{ 128, "ad5b3fdbcb526778c2839d2f151ea753995e26a0",
	  "6836cf13bac400e9105071cd6af47084dfacad4e5e302c94bfed24e013af"
	  "b73e",
	  "b73d1929aa615934e61a871596b3f3b33359f42b8175602e89f7e06e5f65"
	  "8a243667807ed300314b95cacdd579f3e33abdfbe351909519a846d465c5"
	  "9582f321" },
	{ 129, "d96debf1bdcbc896e6c134ea76e8141f40d78536",
	  "c12cb024a2e5551cca0e08fce8f1c5e314555cc3fef6329ee994a3db7521"
	  "66ae",
	  "4f681e0bd53cda4b5a2041cc8a06f2eabde44fb16c951fbd5b87702f07ae"
	  "ab611565b19c47fde30587177ebb852e3971bbd8d3fd30da18d71037dfbd"
	  "98420429" },
	{ 240, "c056f00fb97abb4c09424e3473562ff19d6e80dc",
	  "9b3043905ca79556acb1d2d12f9a4c0bed8ced2bd1a82e7cdf26743069be"
	  "53e3",
	  "4c296d90c61052a62ffb1dd196f1b7b09373b1f93e71836baebf89690546"
	  "b7595684dbe9467a8e484fa0d1094272b4344a7c24f5fee8daedeb0bf549"
	  "c985ab5f" },
};

/* Lengths around the ends of blocks, where the padding changes. */
static void test_digests(void **state)
{
	char text[300], hex[2 * SHA512_BYTES + 1];
	uint8_t digest[SHA512_BYTES];

	(void)state;
	memset(text, 'a', sizeof(text));
	for (size_t i = 0; i < sizeof(digests) / sizeof(digests[0]); i++) {
		sha1(text, digests[i].len, digest);
		sha_hex(digest, SHA1_BYTES, hex);
		assert_string_equal(hex, digests[i].sha1);
		sha256(text, digests[i].len, digest);
		sha_hex(digest, SHA256_BYTES, hex);
		assert_string_equal(hex, digests[i].sha256);
		sha512(text, digests[i].len, digest);
		sha_hex(digest, SHA512_BYTES, hex);
		assert_string_equal(hex, digests[i].sha512);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_encode),
		cmocka_unit_test(test_decode),
		cmocka_unit_test(test_digests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
