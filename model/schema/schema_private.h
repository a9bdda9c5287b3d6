/*
 * What the files of model/schema/ share.
 */
#ifndef MODEL_SCHEMA_SCHEMA_PRIVATE_H
#define MODEL_SCHEMA_SCHEMA_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/table.h"
#include "base/vec.h"

struct arena;
struct str;
struct value;

enum schema_draft {
	DRAFT_4,
	DRAFT_6,
	DRAFT_7,
	DRAFT_2019,
	DRAFT_2020
};

/* A schema of its own: a document, or what an $id begins. */
struct schema_resource {
	const char *uri; /* absolute, without a fragment */
	const struct value *root;
	enum schema_draft draft;
	bool sound;            /* it names nothing, and needs no metaschema */
	bool meta;             /* one of the built-in ones */
	bool recursive;        /* $recursiveAnchor: true */
	struct table anchors;  /* name to struct value */
	struct table dynamics; /* names of $dynamicAnchor */
};

/* An error: a leaf, or a group whose causes are shown below it. */
struct schema_error {
	const char *pointer;
	const char *text; /* NULL: "validation failed" */
	const struct value *at;
	struct schema_error **causes;
	size_t count;
};

VEC_TYPE(schema_errors, struct schema_error *);

/* A schema on its way through a value. */
struct schema_visit {
	const struct value *schema;
	const struct value *value;
	const char *by; /* the keyword that referred to it, or NULL */
	bool first;     /* nothing before it is part of its way */
};

struct schema_run {
	struct arena *arena;
	const char *uri; /* of the document */
	const struct value *document;
	struct table resources; /* uri to struct schema_resource */
	struct table owners;    /* bytes of a pointer to its resource */
	struct table targets;   /* what references mean, resolved once */
	struct table places;    /* where what stands, once that is asked */
	struct table patterns;  /* text to struct regex */
	bool notes_seen;        /* some schema asks what others looked at */
	const char *broken;     /* the schema itself is wrong: Helm's words */
	const char *lost;       /* that the last reference led nowhere */
	bool without_remote;    /* what is not loaded takes any value */
	const char *unread;     /* the first of those */
	const struct limits *limits;
	uint64_t work;                  /* parts of steps so far */
	VEC(struct schema_visit) trail; /* being applied, the innermost last */
	const char *by;                 /* of the next visit */
	/* Being applied to a schema; what it contains may be of other drafts.
	 */
	const struct value *metaschema;
};

struct metaschema {
	const char *uri;
	const char *text;
};
extern const struct metaschema schema_metaschemas[];

/* Where a schema is being applied: resources entered, the newest first. */
struct schema_scope {
	struct schema_run *run;
	const struct schema_resource *resource;
	const struct schema_scope *outer;
};

/* A value, and its pointer as the way to it. */
struct schema_instance {
	const struct value *value;
	const struct schema_instance *outer; /* NULL: the pointer is "" */
	const char *key;                     /* NULL: an item */
	size_t index;
};

/* Which properties and items somebody has looked at (unevaluated*). */
struct schema_seen {
	struct table properties;
	size_t items;     /* all below this index */
	struct table odd; /* further indexes, as "7" */
	bool all_items;
};

void schema_seen_init(struct schema_seen *seen, struct arena *arena);

/* registry.c */

/* Register a document and all that is in it; NULL: `run->broken` says why. */
const struct schema_resource *schema_register(struct schema_run *run,
					      const char *uri,
					      const struct value *root,
					      bool meta);

/* The resource a subschema begins, or `otherwise`. */
const struct schema_resource *
schema_owner(const struct schema_run *run, const struct value *schema,
	     const struct schema_resource *otherwise);

/* The metaschema of a draft, registered. */
const struct schema_resource *schema_metaschema(struct schema_run *run,
						enum schema_draft draft);
const char *schema_draft_uri(enum schema_draft draft);

/* equal.c */

/* `b` is of the schema, if one of them is; what is compared is counted. */
bool schema_equals(struct schema_run *run, const struct value *a,
		   const struct value *b);

/* sound.c */

/* Whether any metaschema allows it; false: ask that of its draft. */
bool schema_is_sound(struct schema_run *run, const struct value *schema);

/* validate.c */

/* Apply a schema to a whole document; its errors are appended one by one. */
void schema_apply(const struct schema_scope *scope, const struct value *schema,
		  const struct schema_instance *instance,
		  struct schema_seen *seen, struct schema_errors *errors);

/* What schemas do within others: several errors become one group. */
bool schema_apply_grouped(const struct schema_scope *scope,
			  const struct value *schema,
			  const struct schema_instance *instance,
			  struct schema_seen *seen,
			  struct schema_errors *errors);

/* keywords of one kind of value: object.c, array.c */
struct schema_step {
	struct schema_run *run;
	const struct schema_scope *scope;
	enum schema_draft draft;
	const struct value *schema;
	const struct schema_instance *instance;
	struct schema_seen *seen;
	struct schema_errors *errors;
};

void schema_object(const struct schema_step *step);
void schema_object_unevaluated(const struct schema_step *step);
void schema_array(const struct schema_step *step);
void schema_array_unevaluated(const struct schema_step *step);

/* report.c */

void schema_fail(const struct schema_step *step, const char *format, ...)
	PRINTF_LIKE(2, 3);
/* The same, with errors of schemas below this one. */
void schema_fail_because(const struct schema_step *step, const char *text,
			 const struct schema_errors *causes);
struct schema_error *schema_error_new(struct schema_run *run,
				      const struct schema_instance *instance,
				      const char *text,
				      const struct schema_errors *causes);
/* 70,000 and 1.2×10⁰⁷, as an English printer of Go shows numbers. */
const char *schema_number(struct arena *arena, double number);
/* 'text' as Go quotes it, between single quotes. */
const char *schema_quote(struct arena *arena, const char *text, size_t len);
/* A constant as "value must be" shows it; NULL: it is no scalar. */
const char *schema_constant(struct arena *arena, const struct value *value);
void schema_print(struct arena *arena, struct str *out,
		  const struct schema_error *error, size_t indent);

/* format.c: NULL if the text is fine or the format unknown. */
const char *schema_format_error(struct arena *arena, const char *format,
				const char *text, size_t len);

/* Its JSON pointer in full. */
const char *schema_pointer(struct arena *arena,
			   const struct schema_instance *instance);

#endif
