#include "templates/password.h"

#include <crypt.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/diag.h"
#include "base/lib.h"
#include "base/sha.h"
#include "base/str.h"

static struct {
#define FN(x) __typeof__(x) *x;
#include "templates/password.def"
#undef FN
} crypt_table;

static const struct lib_function functions[] = {
#define FN(x) { #x, offsetof(__typeof__(crypt_table), x) },
#include "templates/password.def"
#undef FN
};

/* What musl is linked as holds all that others have libraries for. */
static const char *const library_names[] = {
	"libcrypt.so.1", "libcrypt.so.2", "libcrypt.2.dylib",
	"libcrypt.so",   "libc.so",       NULL
};

static struct lib library = {
	.names = library_names,
	.package = "libcrypt1 (libxcrypt)",
	.functions = functions,
	.count = ARRAY_COUNT(functions),
	.table = &crypt_table,
};

static bool load(struct diag_sink *diags)
{
	return lib_load(&library, diags);
}

/* bcrypt has a base64 of its own, without padding. */
static void put_salt(struct str *out, const unsigned char *salt)
{
	static const char digits[] = "./ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789";
	uint32_t bits = 0;
	int have = 0;
	size_t i;

	for (i = 0; i < PASSWORD_SALT; i++) {
		bits = bits << 8 | salt[i];
		for (have += 8; have >= 6; have -= 6)
			str_putc(out, digits[bits >> (have - 6) & 63]);
	}
	str_putc(out, digits[bits << (6 - have) & 63]);
}

const char *password_bcrypt(struct arena *arena, struct diag_sink *diags,
			    const char *password,
			    const unsigned char salt[PASSWORD_SALT])
{
	struct crypt_data *data;
	const char *hash;
	struct str setting;

	if (!load(diags))
		return NULL;
	data = arena_zalloc(arena, sizeof(*data));
	str_init(&setting, arena);
	str_puts(&setting, "$2a$10$");
	put_salt(&setting, salt);
	hash = crypt_table.crypt_r(password, str_text(&setting), data);
	if (!hash || strncmp(hash, setting.text, 7) != 0) {
		diag_error(diags, NULL,
			   "libcrypt does not know bcrypt; install "
			   "libcrypt1 (libxcrypt)");
		return NULL;
	}
	return hash;
}

static const char seed[] = "com.lyndir.masterpassword";

static void put_big32(struct str *out, size_t number)
{
	str_putc(out, (char)(number >> 24));
	str_putc(out, (char)(number >> 16));
	str_putc(out, (char)(number >> 8));
	str_putc(out, (char)number);
}

struct text password_salt(struct arena *arena, const struct text *user)
{
	struct str salt;

	str_init(&salt, arena);
	str_puts(&salt, seed);
	put_big32(&salt, user->len);
	str_put(&salt, user->at, user->len);
	return str_finish(&salt);
}

/* HMAC-SHA256 with a key of one block, which needs no hashing of its own. */
static void hmac(struct arena *arena, const unsigned char key[64],
		 const struct str *message, uint8_t digest[SHA256_BYTES])
{
	struct str inner, outer;
	size_t i;

	str_init(&inner, arena);
	str_init(&outer, arena);
	for (i = 0; i < 64; i++) {
		str_putc(&inner, (char)(key[i] ^ 0x36));
		str_putc(&outer, (char)(key[i] ^ 0x5C));
	}
	str_put(&inner, message->text, message->len);
	sha256(inner.text, inner.len, digest);
	str_put(&outer, (const char *)digest, SHA256_BYTES);
	sha256(outer.text, outer.len, digest);
}

/* The shapes of each kind, of letters that stand for a class. */
static const struct {
	const char *name;
	const char *const templates[22];
} kinds[] = {
	{ "maximum", { "anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno" } },
	{ "long", { "CvcvnoCvcvCvcv", "CvcvCvcvnoCvcv", "CvcvCvcvCvcvno",
		    "CvccnoCvcvCvcv", "CvccCvcvnoCvcv", "CvccCvcvCvcvno",
		    "CvcvnoCvccCvcv", "CvcvCvccnoCvcv", "CvcvCvccCvcvno",
		    "CvcvnoCvcvCvcc", "CvcvCvcvnoCvcc", "CvcvCvcvCvccno",
		    "CvccnoCvccCvcv", "CvccCvccnoCvcv", "CvccCvccCvcvno",
		    "CvcvnoCvccCvcc", "CvcvCvccnoCvcc", "CvcvCvccCvccno",
		    "CvccnoCvcvCvcc", "CvccCvcvnoCvcc", "CvccCvcvCvccno" } },
	{ "medium", { "CvcnoCvc", "CvcCvcno" } },
	{ "short", { "Cvcn" } },
	{ "basic", { "aaanaaan", "aannaaan", "aaannaaa" } },
	{ "pin", { "nnnn" } },
};

static const struct {
	char letter;
	const char *characters;
} classes[] = {
	{ 'V', "AEIOU" },
	{ 'C', "BCDFGHJKLMNPQRSTVWXYZ" },
	{ 'v', "aeiou" },
	{ 'c', "bcdfghjklmnpqrstvwxyz" },
	{ 'A', "AEIOUBCDFGHJKLMNPQRSTVWXYZ" },
	{ 'a', "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz" },
	{ 'n', "0123456789" },
	{ 'o', "@&%?,=[]_:-+*$#!'^~;()/." },
	{ 'x', "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"
	       "0123456789!@#$%^&*()" },
};

static char choose(char letter, uint8_t byte)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(classes); i++) {
		if (classes[i].letter == letter)
			return classes[i]
				.characters[byte %
					    strlen(classes[i].characters)];
	}
	return letter;
}

const char *password_derive(struct arena *arena, const char *kind,
			    const unsigned char key[64],
			    const struct text *site, uint32_t counter)
{
	uint8_t digest[SHA256_BYTES];
	const char *shape;
	size_t i, count = 0;
	struct str message, out;

	for (i = 0; i < ARRAY_COUNT(kinds); i++) {
		if (strcmp(kinds[i].name, kind) == 0)
			break;
	}
	if (i == ARRAY_COUNT(kinds))
		return NULL;
	while (kinds[i].templates[count])
		count++;
	str_init(&message, arena);
	str_puts(&message, seed);
	put_big32(&message, site->len);
	str_put(&message, site->at, site->len);
	put_big32(&message, counter);
	hmac(arena, key, &message, digest);
	shape = kinds[i].templates[digest[0] % count];
	str_init(&out, arena);
	for (i = 0; shape[i]; i++)
		str_putc(&out, choose(shape[i], digest[i + 1]));
	return str_text(&out);
}
