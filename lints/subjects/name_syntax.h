/*
 * What the API server accepts as names.  Each function gives the reason why
 * a name is refused, or NULL.
 */
#ifndef LINTS_SUBJECTS_NAME_SYNTAX_H
#define LINTS_SUBJECTS_NAME_SYNTAX_H

#include <stddef.h>

struct arena;

enum lint_name_syntax {
	LINT_NAME_SUBDOMAIN, /* labels and dots, at most 253 */
	LINT_NAME_LABEL,     /* at most 63: letters, digits, '-' */
	LINT_NAME_SERVICE,   /* the same, beginning with a letter */
	LINT_NAME_SEGMENT,   /* anything that can stand in a path */
};

const char *lint_name_refused(struct arena *arena, enum lint_name_syntax syntax,
			      const char *name);

/* Keys of labels: [prefix/]name.  Values of labels. */
const char *lint_name_refused_key(struct arena *arena, const char *key);
const char *lint_name_refused_label(struct arena *arena, const char *value);

/* Keys of ConfigMaps and Secrets. */
const char *lint_name_refused_data(struct arena *arena, const char *key);

/* Names of ports: at most 15 of a-z, 0-9 and '-', one of them a letter. */
const char *lint_name_refused_port(struct arena *arena, const char *name);

/* The name in lower case with '-' for what is not allowed. */
const char *lint_name_repaired(struct arena *arena, const char *name);

#endif
