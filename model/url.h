/*
 * URLs taken apart and put together as Go's net/url does.
 */
#ifndef MODEL_URL_H
#define MODEL_URL_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct str;

/* Texts are decoded but for query and opaque; "" where absent. */
struct url {
	const char *scheme;
	const char *opaque;
	const char *user;     /* NULL: no user part */
	const char *password; /* NULL: none */
	const char *host;     /* with the port */
	const char *path;
	const char *raw_path; /* as written, or "" */
	const char *query;
	const char *fragment;
	bool omit_host;   /* scheme:/path */
	bool force_query; /* it ended in a lone '?' */
};

/* False: `*problem` is Go's text, beginning with 'parse "URL": '. */
bool url_parse(struct url *url, struct arena *arena, const char *text,
	       size_t len, const char **problem);

void url_put(struct str *out, const struct url *url);

/* Where a reference leads from an absolute URL, as ResolveReference of Go. */
void url_resolve(struct url *result, struct arena *arena,
		 const struct url *base, const struct url *reference);

/* user or user:password, escaped; nothing if there is none. */
void url_put_user(struct str *out, const struct url *url);

/* The host without port and brackets. */
const char *url_hostname(struct arena *arena, const struct url *url);

#endif
