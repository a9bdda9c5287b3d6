/*
 * Files that hold definitions of custom resources: manifests as anyone writes
 * them, and lines of JSON as `plimsoll schema import` does.
 */
#ifndef COMPILER_SCHEMA_FILE_H
#define COMPILER_SCHEMA_FILE_H

#include <stdbool.h>

#include "base/attr.h"
#include "compiler/run.h"

struct arena;
struct diag_sink;
struct limits;
struct source;
struct str;
struct value;

/* Whether the file's name ends as those of manifests do. */
bool schema_file_has_name(const char *path);

/* Whether a definition is mentioned in it at all. */
bool schema_file_may_define(const struct source *file);

/* Append each CustomResourceDefinition of the file.  False: reported. */
MUST_USE bool schema_file_read(struct arena *arena, const struct source *file,
			       const struct limits *limits,
			       struct diag_sink *diags,
			       struct run_values *definitions);

/* Append a definition in the compact form: a line of JSON. */
void schema_file_write(struct arena *arena, struct str *out,
		       const struct value *definition);

#endif
