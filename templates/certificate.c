#include "templates/certificate.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/dsa.h>
#include <openssl/kdf.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/lib.h"
#include "base/pool.h"
#include "base/random.h"
#include "base/sha.h"
#include "base/str.h"
#include "templates/certificate_rsa.h"
#include "templates/chart.h"

static struct {
#define FN(x) __typeof__(x) *x;
#include "templates/certificate.def"
#undef FN
} crypto;

static const struct lib_function functions[] = {
#define FN(x) { #x, offsetof(__typeof__(crypto), x) },
#include "templates/certificate.def"
#undef FN
};

enum {
	SERIAL_BYTES = 16,
	KEY_ID_BYTES = 20,
	DAY = 86400
};

static const char *const library_names[] = { "libcrypto.so.3",
					     "libcrypto.3.dylib",
					     "libcrypto.so", NULL };

static struct lib library = {
	.names = library_names,
	.package = "libssl3 (OpenSSL)",
	.functions = functions,
	.count = ARRAY_COUNT(functions),
	.table = &crypto,
};

static bool load(struct crypto *job)
{
	job->problem = NULL;
	return lib_load(&library, job->diags);
}

static bool fail(struct crypto *job, const char *problem)
{
	job->problem = problem;
	crypto.ERR_clear_error();
	return false;
}

/* What was written to a BIO, as a text; the BIO is gone. */
static const char *take_text(struct crypto *job, BIO *bio)
{
	char *text = NULL;
	long len = crypto.BIO_ctrl(bio, BIO_CTRL_INFO, 0, &text);
	const char *copy =
		len > 0 ? arena_strndup(job->arena, text, (size_t)len) : "";

	crypto.BIO_free(bio);
	return copy;
}

static BIO *read_text(const char *text)
{
	return crypto.BIO_new_mem_buf(text, (int)strlen(text));
}

/* Go writes the old forms of the kinds that have one, with their names. */
static const char *key_text(struct crypto *job, EVP_PKEY *key)
{
	BIO *bio = crypto.BIO_new(crypto.BIO_s_mem());

	if (crypto.EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519)
		crypto.PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL,
						NULL);
	else
		crypto.PEM_write_bio_PrivateKey_traditional(
			bio, key, NULL, NULL, 0, NULL, NULL);
	return take_text(job, bio);
}

static const char *cert_text(struct crypto *job, X509 *cert)
{
	BIO *bio = crypto.BIO_new(crypto.BIO_s_mem());

	crypto.PEM_write_bio_X509(bio, cert);
	return take_text(job, bio);
}

/* The type in the first "-----BEGIN TYPE-----"; NULL: there is none. */
static const char *pem_type(struct arena *arena, const char *text)
{
	const char *begin = strstr(text, "-----BEGIN "), *end;

	if (!begin)
		return NULL;
	begin += 11;
	end = strstr(begin, "-----");
	return end ? arena_strndup(arena, begin, (size_t)(end - begin)) : NULL;
}

static EVP_PKEY *read_key(struct crypto *job, const char *text)
{
	const char *type = pem_type(job->arena, text);
	EVP_PKEY *key = NULL;
	size_t len = type ? strlen(type) : 0;
	BIO *bio;

	if (!type) {
		fail(job, "no PEM data in input");
	} else if (len < 11 || strcmp(type + len - 11, "PRIVATE KEY") != 0) {
		fail(job, arena_join(job->arena,
				     "no private key data in PEM block of "
				     "type ",
				     type));
	} else {
		bio = read_text(text);
		key = crypto.PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
		crypto.BIO_free(bio);
		if (!key)
			fail(job, "the PEM block holds no private key that "
				  "can be read");
	}
	return key;
}

static X509 *read_cert(struct crypto *job, const char *text)
{
	BIO *bio;
	X509 *cert;

	if (!pem_type(job->arena, text)) {
		fail(job, "unable to decode certificate");
		return NULL;
	}
	bio = read_text(text);
	cert = crypto.PEM_read_bio_X509(bio, NULL, NULL, NULL);
	crypto.BIO_free(bio);
	if (!cert)
		fail(job, "error parsing certificate: decodedCert.Bytes: "
			  "x509: malformed certificate");
	return cert;
}

/* DER, as far as extensions need it: lengths below 64 KiB. */

static void put_der(struct str *out, unsigned tag, const char *content,
		    size_t len)
{
	str_putc(out, (char)tag);
	if (len > 0xFF) {
		str_putc(out, (char)0x82);
		str_putc(out, (char)(len >> 8));
	} else if (len > 0x7F) {
		str_putc(out, (char)0x81);
	}
	str_putc(out, (char)len);
	str_put(out, content, len);
}

static bool add_extension(X509 *cert, int nid, bool critical, const char *der,
			  size_t len)
{
	ASN1_OCTET_STRING *data = crypto.ASN1_OCTET_STRING_new();
	X509_EXTENSION *extension = NULL;
	bool added;

	if (crypto.ASN1_OCTET_STRING_set(data, (const unsigned char *)der,
					 (int)len))
		extension = crypto.X509_EXTENSION_create_by_NID(NULL, nid,
								critical, data);
	added = extension && crypto.X509_add_ext(cert, extension, -1);
	crypto.X509_EXTENSION_free(extension);
	crypto.ASN1_OCTET_STRING_free(data);
	return added;
}

/* Its bytes; 0: the text is no address. */
static size_t ip_bytes(const char *text, unsigned char bytes[16])
{
	static const unsigned char mapped[12] = { 0, 0, 0, 0, 0,    0,
						  0, 0, 0, 0, 0xFF, 0xFF };

	if (inet_pton(AF_INET, text, bytes) == 1)
		return 4;
	if (inet_pton(AF_INET6, text, bytes) != 1)
		return 0;
	/* In Go an address of IPv4 written as IPv6 is one of IPv4. */
	if (memcmp(bytes, mapped, sizeof(mapped)) != 0)
		return 16;
	memmove(bytes, bytes + 12, 4);
	return 4;
}

bool certificate_is_ip(const char *text)
{
	unsigned char bytes[16];

	return ip_bytes(text, bytes) > 0;
}

static bool add_names(struct crypto *job, X509 *cert,
		      const struct certificate_request *request)
{
	struct str names, all;
	size_t i;

	if (!request->ip_count && !request->dns_count)
		return true;
	str_init(&names, job->arena);
	for (i = 0; i < request->dns_count; i++)
		put_der(&names, 0x82, request->dns[i], strlen(request->dns[i]));
	for (i = 0; i < request->ip_count; i++) {
		unsigned char bytes[16];
		size_t len = ip_bytes(request->ips[i], bytes);

		put_der(&names, 0x87, (const char *)bytes, len);
	}
	if (names.len > 0xFFFF)
		return fail(job, "the names of the certificate are too long");
	str_init(&all, job->arena);
	put_der(&all, 0x30, names.text, names.len);
	return add_extension(cert, NID_subject_alt_name, false, all.text,
			     all.len);
}

/* The beginning of the SHA-256 of the key, as Go makes it (RFC 7093). */
static bool add_own_id(X509 *cert)
{
	const ASN1_BIT_STRING *bits = crypto.X509_get0_pubkey_bitstr(cert);
	uint8_t digest[SHA256_BYTES];
	char der[2 + KEY_ID_BYTES] = { 0x04, KEY_ID_BYTES };

	sha256((const char *)crypto.ASN1_STRING_get0_data(bits),
	       (size_t)crypto.ASN1_STRING_length(bits), digest);
	memcpy(der + 2, digest, KEY_ID_BYTES);
	return add_extension(cert, NID_subject_key_identifier, false, der,
			     sizeof(der));
}

static bool add_issuer_id(struct crypto *job, X509 *cert, X509 *issuer)
{
	const ASN1_OCTET_STRING *id = crypto.X509_get0_subject_key_id(issuer);
	struct str inner, all;

	if (!id)
		return true;
	str_init(&inner, job->arena);
	put_der(&inner, 0x80, (const char *)crypto.ASN1_STRING_get0_data(id),
		(size_t)crypto.ASN1_STRING_length(id));
	str_init(&all, job->arena);
	put_der(&all, 0x30, inner.text, inner.len);
	return add_extension(cert, NID_authority_key_identifier, false,
			     all.text, all.len);
}

/* The extensions that Go writes, in its order. */
static bool add_extensions(struct crypto *job, X509 *cert,
			   const struct certificate_request *request,
			   X509 *issuer)
{
	/* digitalSignature, keyEncipherment; of an authority keyCertSign. */
	static const char usage[] = { 0x03, 0x02, 0x05, (char)0xA0 };
	static const char signing[] = { 0x03, 0x02, 0x02, (char)0xA4 };
	/* serverAuth, clientAuth */
	static const char purposes[] = { 0x30, 0x14, 0x06, 0x08, 0x2B, 0x06,
					 0x01, 0x05, 0x05, 0x07, 0x03, 0x01,
					 0x06, 0x08, 0x2B, 0x06, 0x01, 0x05,
					 0x05, 0x07, 0x03, 0x02 };
	static const char authority[] = { 0x30, 0x03, 0x01, 0x01, (char)0xFF };
	static const char leaf[] = { 0x30, 0x00 };
	bool may_sign = request->authority;

	return add_extension(cert, NID_key_usage, true,
			     may_sign ? signing : usage, sizeof(usage)) &&
	       add_extension(cert, NID_ext_key_usage, false, purposes,
			     sizeof(purposes)) &&
	       add_extension(cert, NID_basic_constraints, true,
			     may_sign ? authority : leaf,
			     may_sign ? sizeof(authority) : sizeof(leaf)) &&
	       (!may_sign || add_own_id(cert)) &&
	       (!issuer || add_issuer_id(job, cert, issuer)) &&
	       add_names(job, cert, request);
}

bool certificate_draw(struct crypto *job, void *bytes, size_t len)
{
	return job->draw ? job->draw(job->context, bytes, len)
			 : random_bytes(bytes, len, job->diags);
}

static bool set_serial(struct crypto *job, X509 *cert)
{
	unsigned char bytes[SERIAL_BYTES];
	ASN1_INTEGER *serial;
	BIGNUM *number;
	bool set;

	if (!certificate_draw(job, bytes, sizeof(bytes)))
		return false;
	number = crypto.BN_bin2bn(bytes, sizeof(bytes), NULL);
	serial = crypto.BN_to_ASN1_INTEGER(number, NULL);
	set = serial && crypto.X509_set_serialNumber(cert, serial);
	crypto.ASN1_INTEGER_free(serial);
	crypto.BN_free(number);
	return set;
}

static bool set_fields(struct crypto *job, X509 *cert,
		       const struct certificate_request *request, X509 *issuer,
		       EVP_PKEY *key)
{
	X509_NAME *subject = crypto.X509_get_subject_name(cert);
	time_t now = job->now ? (time_t)*job->now : time(NULL);

	if (!set_serial(job, cert) || !crypto.X509_set_version(cert, 2) ||
	    !crypto.X509_set_pubkey(cert, key))
		return false;
	if (*request->name &&
	    !crypto.X509_NAME_add_entry_by_txt(
		    subject, "CN", MBSTRING_UTF8,
		    (const unsigned char *)request->name, -1, -1, 0))
		return fail(job, "the common name does not fit into a "
				 "certificate");
	if (!crypto.X509_time_adj_ex(crypto.X509_getm_notBefore(cert), 0, 0,
				     &now) ||
	    !crypto.X509_time_adj_ex(crypto.X509_getm_notAfter(cert),
				     (int)request->days, 0, &now))
		return fail(job, "the days do not fit into a certificate");
	return crypto.X509_set_issuer_name(
		cert, issuer ? crypto.X509_get_subject_name(issuer) : subject);
}

/* The new certificate in PEM, signed by the key of the issuer. */
static const char *make(struct crypto *job,
			const struct certificate_request *request,
			EVP_PKEY *key, X509 *issuer, EVP_PKEY *signer)
{
	const EVP_MD *digest =
		crypto.EVP_PKEY_get_base_id(signer) == EVP_PKEY_ED25519
			? NULL
			: crypto.EVP_sha256();
	X509 *cert = crypto.X509_new();
	const char *text = NULL;

	if (set_fields(job, cert, request, issuer, key) &&
	    add_extensions(job, cert, request, issuer) &&
	    crypto.X509_sign(cert, signer, digest))
		text = cert_text(job, cert);
	else if (!job->problem)
		fail(job, "error creating certificate: the key cannot sign "
			  "it");
	crypto.X509_free(cert);
	return text;
}

/* In PEM, as no thread may use what libcrypto has of another's. */
struct chart_keys {
	struct pool_lock *lock;
	struct arena *arena;
	const char *rsa[2]; /* of 2048 bits, of 4096 */
};

static void release_keys(void *what)
{
	struct chart_keys *keys = what;

	arena_free(keys->arena);
}

struct chart_keys *chart_keys_new(struct arena *arena)
{
	struct chart_keys *keys = arena_zalloc(arena, sizeof(*keys));

	keys->lock = pool_lock_new(arena);
	keys->arena = arena_new_small();
	arena_on_free(arena, release_keys, keys);
	return keys;
}

/* How far the bytes of a shared key were drawn. */
struct draws {
	struct arena *arena;
	const char *seed;
	uint64_t drawn;
};

static bool draw_same(void *context, void *bytes, size_t len)
{
	struct draws *draws = context;

	random_repeat(draws->arena, draws->seed, &draws->drawn, bytes, len);
	return true;
}

static EVP_PKEY *shared_key(struct crypto *job, const char **text, int bits)
{
	/* The same in each run, whichever chart is the first to ask. */
	struct draws draws = { job->arena, bits > 2048 ? "4096" : "2048", 0 };
	struct crypto own = *job;
	EVP_PKEY *key;
	const char *made;

	if (*text)
		return read_key(job, *text);
	own.draw = draw_same;
	own.context = &draws;
	key = certificate_rsa_key(&own, bits);
	job->problem = own.problem;
	made = key ? key_text(job, key) : NULL;
	if (made)
		*text = arena_strdup(job->keys->arena, made);
	return key;
}

static EVP_PKEY *rsa_key(struct crypto *job, int bits)
{
	struct chart_keys *keys = job->keys;
	EVP_PKEY *key;

	if (!keys)
		return certificate_rsa_key(job, bits);
	pool_lock(keys->lock);
	key = shared_key(job, &keys->rsa[bits > 2048], bits);
	pool_unlock(keys->lock);
	return key;
}

bool certificate_make(struct crypto *job,
		      const struct certificate_request *request,
		      struct certificate *result)
{
	EVP_PKEY *key = NULL, *signer = NULL;
	X509 *issuer = NULL;

	result->cert = NULL;
	if (!load(job))
		return false;
	if (request->days > 1000000 || request->days < -1000000)
		return fail(job, "the days do not fit into a certificate");
	key = request->key ? read_key(job, request->key) : rsa_key(job, 2048);
	if (!key)
		goto out;
	if (request->issuer) {
		issuer = read_cert(job, request->issuer->cert);
		signer = issuer ? read_key(job, request->issuer->key) : NULL;
		if (!signer)
			goto out;
	}
	result->cert = make(job, request, key, issuer, signer ? signer : key);
	result->key = result->cert ? key_text(job, key) : NULL;
out:
	crypto.X509_free(issuer);
	crypto.EVP_PKEY_free(signer);
	crypto.EVP_PKEY_free(key);
	return result->cert != NULL;
}

bool certificate_check(struct crypto *job,
		       const struct certificate *certificate)
{
	EVP_PKEY *key = NULL;
	X509 *cert;

	if (!load(job))
		return false;
	cert = read_cert(job, certificate->cert);
	if (cert)
		key = read_key(job, certificate->key);
	if (cert && !key)
		job->problem =
			arena_join(job->arena,
				   "error parsing private key: ", job->problem);
	crypto.X509_free(cert);
	crypto.EVP_PKEY_free(key);
	return key != NULL;
}

/* First parameters that many keys could share, then one key of them. */
static EVP_PKEY *new_dsa_key(void)
{
	EVP_PKEY_CTX *context =
		crypto.EVP_PKEY_CTX_new_from_name(NULL, "DSA", NULL);
	EVP_PKEY *parameters = NULL, *key = NULL;

	if (crypto.EVP_PKEY_paramgen_init(context) > 0 &&
	    crypto.EVP_PKEY_CTX_set_dsa_paramgen_bits(context, 2048) > 0 &&
	    crypto.EVP_PKEY_CTX_set_dsa_paramgen_q_bits(context, 256) > 0)
		crypto.EVP_PKEY_generate(context, &parameters);
	crypto.EVP_PKEY_CTX_free(context);
	if (!parameters)
		return NULL;
	context = crypto.EVP_PKEY_CTX_new_from_pkey(NULL, parameters, NULL);
	if (crypto.EVP_PKEY_keygen_init(context) > 0)
		crypto.EVP_PKEY_generate(context, &key);
	crypto.EVP_PKEY_CTX_free(context);
	crypto.EVP_PKEY_free(parameters);
	return key;
}

/* Any 32 bytes are one. */
static EVP_PKEY *new_ed25519_key(struct crypto *job)
{
	unsigned char bytes[32];
	EVP_PKEY *key;

	if (!certificate_draw(job, bytes, sizeof(bytes)))
		return NULL;
	key = crypto.EVP_PKEY_new_raw_private_key_ex(NULL, "ED25519", NULL,
						     bytes, sizeof(bytes));
	memset(bytes, 0, sizeof(bytes));
	return key;
}

static EVP_PKEY *new_key(struct crypto *job, const char *type)
{
	if (strcmp(type, "rsa") == 0)
		return rsa_key(job, 4096);
	if (strcmp(type, "ecdsa") == 0)
		return crypto.EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
	if (strcmp(type, "ed25519") == 0)
		return new_ed25519_key(job);
	return new_dsa_key();
}

const char *certificate_new_key(struct crypto *job, const char *type)
{
	const char *text = NULL;
	EVP_PKEY *key;

	if (!load(job))
		return NULL;
	key = new_key(job, type);
	if (key)
		text = key_text(job, key);
	else if (strcmp(type, "rsa") != 0)
		fail(job, "failed to generate private key");
	crypto.EVP_PKEY_free(key);
	return text;
}

bool certificate_aes(struct crypto *job, const struct aes *aes,
		     const unsigned char *text, size_t len,
		     unsigned char *result)
{
	EVP_CIPHER_CTX *context;
	int written = 0, last = 0;
	bool done;

	if (!load(job))
		return false;
	context = crypto.EVP_CIPHER_CTX_new();
	done = crypto.EVP_CipherInit_ex(context, crypto.EVP_aes_256_cbc(), NULL,
					aes->key, aes->iv, aes->encrypt) &&
	       crypto.EVP_CIPHER_CTX_set_padding(context, 0) &&
	       crypto.EVP_CipherUpdate(context, result, &written, text,
				       (int)len) &&
	       crypto.EVP_CipherFinal_ex(context, result + written, &last);
	crypto.EVP_CIPHER_CTX_free(context);
	return done || fail(job, "the cipher AES-256 is not available");
}

bool certificate_scrypt(struct crypto *job, const struct text *password,
			const struct text *salt, unsigned char key[64])
{
	if (!load(job))
		return false;
	/* 128 * r * (N + p) bytes and some. */
	if (crypto.EVP_PBE_scrypt(password->at, password->len,
				  (const unsigned char *)salt->at, salt->len,
				  32768, 8, 2, 64u << 20, key, 64))
		return true;
	return fail(job, "failed to derive password: scrypt is not "
			 "available");
}
