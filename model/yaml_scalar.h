/*
 * What a plain scalar means, per dialect.
 */
#ifndef MODEL_YAML_SCALAR_H
#define MODEL_YAML_SCALAR_H

#include <stdbool.h>
#include <stddef.h>

#include "model/value.h"

struct arena;

enum yaml_dialect {
	YAML_HELM,      /* go-yaml v2, YAML 1.1: yes, 0755, sexagesimal not */
	YAML_KUSTOMIZE, /* kustomize's own: true and false only, octal 0644 */
	YAML_CORE,      /* the YAML 1.2 core schema, for the project file */
};

/*
 * Fill in kind, tag and the number of a plain scalar.  The text stays with the
 * value.  In YAML_HELM numbers are as go-yaml gives them (int64, uint64,
 * float64); what helm makes of them on the way through JSON is
 * yaml_json_numbers().
 */
void yaml_resolve(enum yaml_dialect dialect, const char *text, size_t len,
		  struct value *value);

/* Whether it could be one of "true", "Off", "null"; false is certain. */
bool yaml_may_be_word(const char *text, size_t len);

/* !!int and its like. */
const char *yaml_tag_name(enum value_tag tag);

/*
 * YAML_KUSTOMIZE: whether a string may be printed under its tag.  One written
 * as `!!int x` may not; the fault is go-yaml's text.
 */
bool yaml_tag_is_borne_out(const struct value *value);
const char *yaml_tag_fault(struct arena *arena, const struct value *value);

/* Whether the text, written plain, would be read back as a string (1.1). */
bool yaml_reads_as_string(const char *text, size_t len);

/* [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)? */
bool yaml_is_sexagesimal(const char *text, size_t len);

/*
 * What sigs.k8s.io/yaml makes of a tree on its way through JSON: all numbers
 * become float64, keys strings.  In place, before anybody shares it.
 * False: a key or number JSON does not know; `*error` is Go's text.
 */
bool yaml_json_numbers(struct arena *arena, struct value *value,
		       const char **error);

#endif
