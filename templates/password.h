/*
 * Hashed and derived passwords.
 */
#ifndef TEMPLATES_PASSWORD_H
#define TEMPLATES_PASSWORD_H

#include <stdint.h>

struct arena;
struct diag_sink;
struct text;

enum {
	PASSWORD_SALT = 16
};

/*
 * bcrypt with cost 10, on libcrypt, which is loaded by the first that needs
 * it.  The password is at most 72 bytes long.  NULL: reported.
 */
const char *password_bcrypt(struct arena *arena, struct diag_sink *diags,
			    const char *password,
			    const unsigned char salt[PASSWORD_SALT]);

/*
 * Master Password, version 0: a password for a site from the master's key.
 * NULL: there is no such kind of password.
 */
const char *password_derive(struct arena *arena, const char *kind,
			    const unsigned char key[64],
			    const struct text *site, uint32_t counter);

/* What the master's key is derived from beside the password. */
struct text password_salt(struct arena *arena, const struct text *user);

#endif
