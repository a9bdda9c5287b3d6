/*
 * Keys, certificates and ciphers for template functions, on libcrypto, which
 * is loaded when one of these is called first.
 *
 * NULL or false: either `problem` holds the words of the error, or it is NULL
 * and the reason was reported already (no library, no random bytes).
 */
#ifndef TEMPLATES_CERTIFICATE_H
#define TEMPLATES_CERTIFICATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct chart_keys;
struct diag_sink;
struct text;

struct crypto {
	struct arena *arena;
	struct diag_sink *diags;
	const char *problem;     /* out */
	const int64_t *now;      /* seconds since 1970; NULL: ask */
	struct chart_keys *keys; /* RSA keys to be shared; NULL: all are new */
	/* Bytes that repeat themselves; NULL: those of the system. */
	bool (*draw)(void *context, void *bytes, size_t len);
	void *context; /* of draw */
};

/* Both in PEM. */
struct certificate {
	const char *cert;
	const char *key;
};

struct certificate_request {
	const char *name;       /* the common name, or "" */
	const char *const *ips; /* in text */
	size_t ip_count;
	const char *const *dns;
	size_t dns_count;
	int64_t days;
	bool authority;  /* it may sign others */
	const char *key; /* in PEM; NULL: a new RSA key of 2048 bits */
	const struct certificate *issuer; /* NULL: it signs itself */
};

/* Random bytes; false: reported. */
bool certificate_draw(struct crypto *crypto, void *bytes, size_t len);

bool certificate_make(struct crypto *crypto,
		      const struct certificate_request *request,
		      struct certificate *result);

/* A certificate and a key that somebody else made: are they such? */
bool certificate_check(struct crypto *crypto,
		       const struct certificate *certificate);

/* Whether the text is an address that a certificate can hold. */
bool certificate_is_ip(const char *text);

/* A new key in PEM; `type` is rsa, dsa, ecdsa or ed25519. */
const char *certificate_new_key(struct crypto *crypto, const char *type);

struct aes {
	bool encrypt;
	unsigned char key[32];
	unsigned char iv[16];
};

/* AES-256 in CBC mode without padding; `len` is a multiple of 16. */
bool certificate_aes(struct crypto *crypto, const struct aes *aes,
		     const unsigned char *text, size_t len,
		     unsigned char *result);

/* scrypt with N 32768, r 8, p 2. */
bool certificate_scrypt(struct crypto *crypto, const struct text *password,
			const struct text *salt, unsigned char key[64]);

#endif
