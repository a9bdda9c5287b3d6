/*
 * What the parts of the schema walk share: where it is, and how it reports.
 */
#ifndef LINTS_SCHEMA_WALK_H
#define LINTS_SCHEMA_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/vec.h"
#include "lints/lint.h"
#include "lints/schema/fields.h"

struct schema_node;
struct value;
struct value_entry;

struct schema_walk {
	struct lint_run *run;
	const struct object *object;
	unsigned oldest; /* minors, in which the kind is served */
	unsigned newest;
	VEC(const char *) hinted;             /* fields that stand elsewhere */
	const struct value_entry *unindented; /* the one reported last */
	bool soft;   /* what is reported next is a warning */
	bool custom; /* a custom resource */
	bool known;  /* one whose schema is inside, of some version of it */
};

enum schema_part {
	SCHEMA_PART_VALUE,
	SCHEMA_PART_KEY,   /* what is wrong is the key */
	SCHEMA_PART_ABSENT /* the key is not there; the value is the map's */
};

/* A node, and the way to it. */
struct schema_at {
	const struct schema_at *up; /* NULL: the object */
	const struct value *value;
	const struct value_entry *entry;  /* its key; NULL: an item */
	size_t index;                     /* of an item */
	const struct schema_def *def;     /* NULL: not of an object */
	const struct schema_field *field; /* of the nearest field; or NULL */
	const struct schema_node *node;   /* of a custom resource; or NULL */
	enum schema_part part;
	unsigned depth;
};

/* "spec.template.spec"; "" for the object itself. */
const char *schema_path(const struct schema_walk *walk,
			const struct schema_at *at);

/* Report at the node, if the rule is on; false: it is off. */
bool schema_report(struct schema_walk *walk, enum lint_rule_at rule,
		   const struct schema_at *at, const char *format, ...)
	PRINTF_LIKE(4, 5);

/* Whether a hint has named the field: then it is not missing. */
bool schema_is_hinted(const struct schema_walk *walk, const char *name);

/* Whether another rule says more about what is found. */
bool schema_yields(const struct schema_walk *walk, enum lint_rule_at rule);

/* Whether a value may be a secret. */
bool schema_hides(const struct schema_walk *walk, const struct schema_at *at);

/* A value as messages show it: 'text', 3, a list; of a secret only its kind. */
const char *schema_shown(const struct schema_walk *walk,
			 const struct schema_at *at);

/*
 * lints/schema/unknown.c: a key that is no field of `owner`; `tail` adds where
 * it belongs.
 */
bool schema_report_unknown(struct schema_walk *walk, const struct schema_at *at,
			   const struct value_entry *entry, const char *owner,
			   const char *tail);

/* What SOPS added to the object: accepted, if it is whole. */
bool schema_is_sops(const struct schema_at *at, const char *key);
void schema_sops(struct schema_walk *walk, const struct schema_at *root);

void schema_unknown(struct schema_walk *walk, const struct schema_at *at,
		    const struct value_entry *entry);

/* lints/schema/validate.c: an object of the definition in `at`. */
void schema_fields_of(struct schema_walk *walk, struct schema_at *at);

/* An object by the schema of its kind, if there is one. */
void schema_whole(struct schema_walk *walk, struct schema_at *at,
		  const struct object *object);

/* A field is absent; how its owner is called. */
void schema_lacks(struct schema_walk *walk, const struct schema_at *at,
		  const char *owner, const char *name);

/* lints/schema/custom.c: a node of a custom resource. */
void schema_custom(struct schema_walk *walk, struct schema_at *at,
		   const struct schema_node *node);

/* lints/schema/custom_unknown.c: a key that is none of its fields. */
void schema_custom_unknown(struct schema_walk *walk, const struct schema_at *at,
			   const struct value_entry *entry);

/* Remember fields that a hint names: they are not missing as well. */
void schema_hint(struct schema_walk *walk, const char *path);

/* lints/schema/choices.c: fields that exclude or need one another. */
void schema_choices(struct schema_walk *walk, struct schema_at *at,
		    const struct schema_node *node);

/*
 * lints/schema/scalar.c: texts, numbers and booleans; false: another type was
 * found and reported.
 */
bool schema_scalar(struct schema_walk *walk, const struct schema_at *at,
		   const struct schema_type *type);

/* lints/schema/forms.c: bounds of numbers, forms of texts. */
void schema_form(struct schema_walk *walk, const struct schema_at *at,
		 const struct schema_type *type);

/* lints/schema/deprecated.c */
void schema_deprecated(struct schema_walk *walk, const struct schema_at *at);

/* lints/schema/items.c: items of a list that have to differ. */
void schema_items(struct schema_walk *walk, const struct schema_at *at);
void schema_custom_items(struct schema_walk *walk, const struct schema_at *at,
			 const struct schema_node *node);

/* lints/schema/refuse.c: what depends on several fields. */
void schema_refusals(struct schema_walk *walk, const struct schema_at *at);

/* "minReady is ...": a whole number expected, got ... */
void schema_wrong_type(struct schema_walk *walk, const struct schema_at *at,
		       const char *expected);

#endif
