/*
 * The keys of plimsoll.yaml as data: what they take, what they mean, and
 * whether they work yet.  Validation, did-you-mean and the published JSON
 * Schema all come from these rows.
 */
#ifndef COMPILER_PROJECT_KEYS_H
#define COMPILER_PROJECT_KEYS_H

#include <stdbool.h>

#include "base/attr.h"

struct diag_sink;
struct str;
struct value;

/* What a value may be; several bits are alternatives. */
enum key_takes {
	TAKES_TEXT = 1, /* a string; numbers count by their source text */
	TAKES_BOOL = 2,
	TAKES_NUMBER = 4,
	TAKES_LIST = 8, /* of what `items` says */
	TAKES_MAP = 16, /* of `keys`, or free with `values` */
	TAKES_NULL = 32,
	TAKES_ANY = 64,
};

struct project_key {
	const char *name; /* NULL ends a table */
	unsigned takes;
	const struct project_key *keys;   /* known keys of a map */
	const struct project_key *values; /* each value of a free map */
	const struct project_key *items;  /* each item of a list */
	const char *const *words;         /* the texts allowed; NULL: any */
	const char *help;
	bool later; /* parsed, but not built yet: an error says so */
};

/* The whole file. */
extern const struct project_key project_root_key;

/* Check a tree against its row; everything wrong is reported. */
MUST_USE bool project_validate(struct diag_sink *diags,
			       const struct value *value,
			       const struct project_key *key);

/* The JSON Schema of the file. */
void project_schema(struct str *out);

#endif
