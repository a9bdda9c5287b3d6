/*
 * TOML in and out, as Helm's toToml and fromToml have it.
 */
#ifndef TEMPLATES_TOML_H
#define TEMPLATES_TOML_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct source;
struct str;
struct value;

/*
 * Append.  Maps lead their tables behind their plain keys; what holds null is
 * left out.  False: `*error` is the encoder's text.
 */
bool toml_write(struct str *out, const struct value *value, const char **error);

/* A date or a time of day, or both. */
struct toml_time {
	int64_t seconds; /* from 1970, as clocks of UTC */
	int32_t nanoseconds;
	int32_t offset;   /* east of UTC */
	const char *zone; /* "UTC", "datetime-local", ...; "": by the offset */
};

/* Who makes values of them. */
struct toml_times {
	struct value *(*make)(void *context, const struct toml_time *time);
	void *context;
};

/* NULL: `*error` is the decoder's text. */
struct value *toml_read(struct arena *arena, const struct source *source,
			const struct toml_times *times, const char **error);

#endif
