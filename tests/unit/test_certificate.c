/*
 * Keys and certificates are made here in part by hand, from primes to PEM:
 * libcrypto's own checks say whether they are what they pretend to be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "templates/certificate.h"

enum {
	ROUNDS = 8, /* of the types that take no time */
	RSA_BITS = 4096,
	CERTIFICATE_BITS = 2048,
};

struct bench {
	struct arena *arena;
	struct diag_sink diags;
	struct crypto crypto;
	uint64_t state;
};

static bool draw(void *context, void *bytes, size_t len)
{
	struct bench *b = context;
	unsigned char *to = bytes;

	for (size_t i = 0; i < len; i++) {
		b->state = b->state * UINT64_C(6364136223846793005) + 1;
		to[i] = (unsigned char)(b->state >> 56);
	}
	return true;
}

static void begin(struct bench *b, uint64_t seed)
{
	static const int64_t now = 1700000000;

	memset(b, 0, sizeof(*b));
	b->arena = arena_new();
	diag_sink_init(&b->diags, b->arena);
	b->crypto.arena = b->arena;
	b->crypto.diags = &b->diags;
	if (seed) {
		b->state = seed;
		b->crypto.now = &now;
		b->crypto.draw = draw;
		b->crypto.context = b;
	}
}

static EVP_PKEY *key_of(const char *pem)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);

	BIO_free(bio);
	assert_non_null(key);
	return key;
}

static X509 *certificate_of(const char *pem)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	X509 *certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL);

	BIO_free(bio);
	assert_non_null(certificate);
	return certificate;
}

/* For RSA this tests the primes, n = pq, and the exponents. */
static void check_key(EVP_PKEY *key, bool pairwise)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);

	assert_int_equal(pairwise ? EVP_PKEY_pairwise_check(context)
				  : EVP_PKEY_check(context),
			 1);
	EVP_PKEY_CTX_free(context);
}

/* What one half signs, the other knows; not what was changed behind it. */
static void check_signature(EVP_PKEY *key)
{
	const EVP_MD *digest =
		EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 ? NULL
							      : EVP_sha256();
	unsigned char text[] = "what is signed", signature[1024];
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	size_t len = sizeof(signature);

	assert_int_equal(
		EVP_DigestSignInit(context, NULL, digest, NULL, key), 1);
	assert_int_equal(EVP_DigestSign(context, signature, &len, text,
					sizeof(text)),
			 1);
	EVP_MD_CTX_reset(context);
	assert_int_equal(
		EVP_DigestVerifyInit(context, NULL, digest, NULL, key), 1);
	assert_int_equal(EVP_DigestVerify(context, signature, len, text,
					  sizeof(text)),
			 1);
	EVP_MD_CTX_reset(context);
	text[0] ^= 1;
	assert_int_equal(
		EVP_DigestVerifyInit(context, NULL, digest, NULL, key), 1);
	assert_int_not_equal(EVP_DigestVerify(context, signature, len, text,
					      sizeof(text)),
			     1);
	EVP_MD_CTX_free(context);
}

static void test_keys(void **state)
{
	static const char *const types[] = { "rsa", "ecdsa", "dsa", "ed25519" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(types); i++) {
		int rounds = types[i][0] == 'e' ? ROUNDS : 1;

		for (int round = 0; round < rounds; round++) {
			struct bench b;
			const char *pem;
			EVP_PKEY *key;

			begin(&b, 0);
			pem = certificate_new_key(&b.crypto, types[i]);
			assert_non_null(pem);
			key = key_of(pem);
			check_key(key, strcmp(types[i], "dsa") == 0);
			check_signature(key);
			if (strcmp(types[i], "rsa") == 0)
				assert_int_equal(EVP_PKEY_get_bits(key),
						 RSA_BITS);
			EVP_PKEY_free(key);
			arena_free(b.arena);
		}
	}
}

static bool trusts(X509 *authority, X509 *certificate)
{
	X509_STORE *store = X509_STORE_new();
	X509_STORE_CTX *context = X509_STORE_CTX_new();
	bool trusted;

	X509_STORE_add_cert(store, authority);
	X509_STORE_CTX_init(context, store, certificate, NULL);
	trusted = X509_verify_cert(context) == 1;
	X509_STORE_CTX_free(context);
	X509_STORE_free(store);
	return trusted;
}

static void make(struct bench *b, const char *name,
		 const struct certificate *issuer, struct certificate *result)
{
	static const char *const dns[] = { "a.example", "*.b.example" };
	static const char *const ips[] = { "10.0.0.1", "fd00::1" };
	struct certificate_request request = {
		.name = name,
		.days = 10,
		.authority = !issuer,
		.issuer = issuer,
	};

	if (issuer) {
		request.dns = dns;
		request.dns_count = ARRAY_COUNT(dns);
		request.ips = ips;
		request.ip_count = ARRAY_COUNT(ips);
	}
	assert_true(certificate_make(&b->crypto, &request, result));
}

/* Told numbers make a key as good, and the same one again. */
static void test_seeded_key(void **state)
{
	struct certificate first, second;
	struct bench a, b;
	EVP_PKEY *key;

	(void)state;
	begin(&a, 7);
	begin(&b, 7);
	make(&a, "root", NULL, &first);
	make(&b, "root", NULL, &second);
	assert_string_equal(first.key, second.key);
	assert_string_equal(first.cert, second.cert);
	key = key_of(first.key);
	check_key(key, false);
	check_signature(key);
	EVP_PKEY_free(key);
	arena_free(a.arena);
	arena_free(b.arena);
}

static void test_chain(void **state)
{
	struct certificate root, other, leaf;
	X509 *roots[2], *signed_one;
	EVP_PKEY *key;
	struct bench b;

	(void)state;
	begin(&b, 0);
	make(&b, "root", NULL, &root);
	make(&b, "other", NULL, &other);
	make(&b, "leaf", &root, &leaf);
	roots[0] = certificate_of(root.cert);
	roots[1] = certificate_of(other.cert);
	signed_one = certificate_of(leaf.cert);
	key = key_of(leaf.key);
	check_key(key, false);
	assert_int_equal(EVP_PKEY_get_bits(key), CERTIFICATE_BITS);
	assert_int_equal(X509_check_private_key(signed_one, key), 1);
	assert_true(trusts(roots[0], signed_one));
	assert_false(trusts(roots[1], signed_one));
	assert_true(trusts(roots[0], roots[0]));
	assert_int_equal(X509_check_ca(signed_one), 0);
	assert_int_not_equal(X509_check_ca(roots[0]), 0);
	assert_int_equal(
		X509_check_host(signed_one, "x.b.example", 0, 0, NULL), 1);
	assert_int_equal(X509_check_host(signed_one, "c.example", 0, 0, NULL),
			 0);
	assert_int_equal(X509_check_ip_asc(signed_one, "fd00::1", 0), 1);
	EVP_PKEY_free(key);
	X509_free(signed_one);
	X509_free(roots[0]);
	X509_free(roots[1]);
	arena_free(b.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_seeded_key),
		cmocka_unit_test(test_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
