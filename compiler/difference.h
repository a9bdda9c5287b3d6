/*
 * What differs between two renderings: objects added, removed and changed,
 * field by field, with the place that made the change.
 *
 *	struct difference difference;
 *
 *	difference_init(&difference, arena);
 *	difference_add(&difference, &pair);	for each target and environment
 *	difference_write_text(&out, &difference, &style);
 *
 * Objects are matched by their ids, whatever their order; a name with the
 * hash of a generator by what it was called before.  Lists of maps are matched
 * by the keys of their items.  The same change in several targets and
 * environments is one change that names them.  Values are kept, not copied:
 * both sides have to live as long as the difference.
 */
#ifndef COMPILER_DIFFERENCE_H
#define COMPILER_DIFFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "base/table.h"
#include "base/vec.h"
#include "compiler/finding.h"

struct arena;
struct bundle;
struct job;
struct object;
struct value;

enum change_kind {
	CHANGE_ADDED,
	CHANGE_REMOVED,
	CHANGE_CHANGED
};

/* What a reviewer should look at twice, the worst first. */
enum change_risk {
	RISK_IMMUTABLE, /* the API server will refuse it */
	RISK_REMOVED,
	RISK_SELECTOR,
	RISK_ACCESS, /* RBAC grants more */
	RISK_IMAGE,
	RISK_REPLICAS,
	RISK_RESOURCES,
	RISK_NONE,
	RISK_COUNT = RISK_NONE
};

VEC_TYPE(change_places, struct finding_where);

struct field_change {
	enum change_kind kind;
	const char *path;        /* spec.containers[app].image */
	const struct value *old; /* NULL: added */
	const struct value *new; /* NULL: removed */
	bool secret;             /* neither is to be shown */
	enum change_risk risk;
	const char *breach; /* the rule of the project it breaks, or NULL */
	struct change_places where;
};

struct object_change {
	enum change_kind kind;
	const struct object *old; /* of the first place */
	const struct object *new;
	struct job *old_job;
	struct job *new_job;
	VEC(struct field_change *) fields;
	struct table by_text;  /* fields again, by what they say */
	struct table by_value; /* and by the address of the new value */
	enum change_risk risk; /* the worst */
	const char *breach;    /* of the object as a whole */
	struct change_places where;
	/* Others with just these changes, if it is the first of them. */
	VEC(const struct object_change *) alike;
	bool is_alike; /* another one shows it */
};

struct difference {
	struct arena *arena;
	VEC(struct object_change *) changes; /* in the order of the new side */
	struct table folded;
	size_t counts[3]; /* objects by kind of change, folded */
	size_t risks[RISK_COUNT];
	size_t pairs; /* compared */
	size_t breaches;
	const struct value *rules; /* `compare:` of the project, or NULL */
	bool across; /* two environments or targets, not two times */
};

/* One target in one environment, before and after; one side may be NULL. */
struct difference_pair {
	struct job *old;
	struct job *new;
	const char *target;
	const char *environment;
};

void difference_init(struct difference *difference, struct arena *arena);
void difference_add(struct difference *difference,
		    const struct difference_pair *pair);

/* When all pairs are in: find objects that changed alike. */
void difference_finish(struct difference *difference);

/* "immutable", "removed", ... */
const char *change_risk_name(enum change_risk risk);

/*
 * For difference/ alone: what the project says of a difference, by the last
 * rule that fits.  False: it may differ; `*breach` is the rule that it breaks,
 * or NULL.  `field` NULL: the object is on one side only.
 */
bool change_counts(const struct difference *difference,
		   const struct object *object,
		   const struct field_change *field, const char **breach);

/* For difference/ alone: what a change of this field risks. */
enum change_risk change_risk_of(const struct object *object,
				const struct field_change *field);

struct difference_style {
	bool colour;
	size_t width;
};

struct difference_format {
	const char *name;
	void (*write)(struct str *out, const struct difference *difference,
		      const struct difference_style *style);
};

/* NULL at the end. */
extern const struct difference_format *const difference_formats[];

#define DIFFERENCE_FORMAT(x)                                                   \
	extern const struct difference_format difference_##x;
#include "compiler/difference/formats.def"
#undef DIFFERENCE_FORMAT

struct diag_sink;
struct run;

/* The format of a name, NULL for the default; NULL: reported. */
const struct difference_format *difference_format_find(struct diag_sink *diags,
						       const char *name);

/* Print to standard output; the exit status. */
int difference_print(struct run *run, const struct difference *difference,
		     const struct difference_format *format);

/* Shared by the formats. */

/*
 * A copy in which nothing secret is left; `below` all is.  `change`: of whose
 * object it is, to tell what has changed; or NULL.
 */
struct value *difference_hidden(struct arena *arena,
				const struct object_change *change,
				const struct value *value, bool below);

/* The same of a whole object. */
struct value *difference_hidden_object(struct arena *arena,
				       const struct object_change *change,
				       const struct object *object);

/* A value on one line, cut at `most` bytes; secrets masked. */
void difference_put_value(struct str *out, const struct value *value,
			  bool secret, size_t most);
/* "Deployment/web, Service/web": it and those alike */
void difference_put_objects(struct str *out,
			    const struct object_change *change);
/* "shop@prod, shop@staging" */
void difference_put_where(struct str *out, const struct change_places *where);
/* "prod": what is less than where the object changed; false: nothing. */
bool difference_put_only(struct str *out, const struct object_change *change,
			 const struct field_change *field);
/* "values/prod.yaml:3:11" of the line that made the change; false: unknown. */
bool difference_put_place(struct str *out, const struct field_change *field);
/* "1 object added, 2 changed in 3 of 4 targets" */
void difference_put_summary(struct str *out,
			    const struct difference *difference);

#endif
