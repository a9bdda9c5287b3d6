/*
 * New RSA keys.  Private to certificate.c.
 *
 * OpenSSL 3 looks at each candidate for a prime with an algorithm whose time
 * shows nothing, for two thirds of the time that a key takes, before it asks
 * whether the candidate may be a prime.  Here a sieve comes first, the tests
 * of the few numbers that are left are OpenSSL's, and so is all that is done
 * with the primes.
 */
#ifndef TEMPLATES_CERTIFICATE_RSA_H
#define TEMPLATES_CERTIFICATE_RSA_H

struct crypto;
struct evp_pkey_st; /* EVP_PKEY */

/* `bits` is 2048 or 4096.  NULL: as certificate.h says. */
struct evp_pkey_st *certificate_rsa_key(struct crypto *crypto, int bits);

#endif
