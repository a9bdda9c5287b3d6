/*
 * Rules over rendered objects.
 *
 * A rule is one file rules/x.c with one const descriptor, one row RULE(x) in
 * rules.def and one case file.  It has one check, or is raised by a kind of
 * fact that an engine noticed.  The run walks bundle, objects and containers
 * once; `kinds` keeps a rule from costing anything where none occurs.
 *
 *	static void check(struct lint_run *run, const struct container_ref *c)
 *	{
 *		const struct value *probe = value_get(c->spec, "livenessProbe");
 *
 *		if (!probe)
 *			lint_report_absent(run, c->spec, "livenessProbe",
 *					   "container has no ...");
 *	}
 *
 * The second half is the door that compiler/ uses.
 */
#ifndef LINTS_LINT_H
#define LINTS_LINT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/diag.h"
#include "base/fact.h"
#include "lints/rule.h"
#include "model/object.h"
#include "model/podspec.h"

struct arena;
struct bundle;
struct limits;
struct lint_run;
struct lint_schemas;
struct origin;
struct str;
struct value;

/* For rules. */

struct lint_versions {
	unsigned oldest; /* minors: 29 is 1.29 */
	unsigned newest;
};

struct lint_run {
	struct arena *arena; /* until the run is over; reports copy */
	struct bundle *bundle;
	const struct lint_config *config;
	const struct lint_rule *rule;       /* that is running */
	const struct lint_setting *setting; /* of that rule */
	const struct object *object;        /* that is being visited, or NULL */
	const struct container_ref *container; /* the same */
	struct lint_versions kubernetes;
	struct lint_index *index; /* lints/index.h; built on first use */
	struct lint_names *names; /* lints/reference.h; the same */
	struct lint_found *found; /* what was reported */
	const struct lint_schemas *schemas; /* of custom resources */
};

/* Report at a node; its origin becomes the places of the finding. */
void lint_report(struct lint_run *run, const struct value *at,
		 const char *format, ...) PRINTF_LIKE(3, 4);
void lint_report_as(struct lint_run *run, enum diag_severity severity,
		    const struct value *at, const char *format, ...)
	PRINTF_LIKE(4, 5);
/* For rules that see the whole bundle. */
void lint_report_in(struct lint_run *run, const struct object *object,
		    const struct value *at, const char *format, ...)
	PRINTF_LIKE(4, 5);
/*
 * `field` is missing in the map `parent`, which is the place to edit; "": a key
 * that is no part of a path.
 */
void lint_report_absent(struct lint_run *run, const struct value *parent,
			const char *field, const char *format, ...)
	PRINTF_LIKE(4, 5);
/* A place that the rule knows, so that nothing is searched for. */
struct lint_spot {
	const char *path;
	const struct origin *origin;
	bool key;  /* about a key, or something absent */
	bool soft; /* a warning, whatever the rule's severity */
};

void lint_vreport_spot(struct lint_run *run, const struct lint_spot *spot,
		       const char *format, va_list args) PRINTF_LIKE(3, 0);
/* Additions to the finding reported last. */
void lint_related(struct lint_run *run, const struct value *at,
		  const char *format, ...) PRINTF_LIKE(3, 4);
void lint_help(struct lint_run *run, const char *format, ...) PRINTF_LIKE(2, 3);
/* It is about the key, whoever made the value behind it. */
void lint_at_key(struct lint_run *run);
/* It is about where the text stands, if a template elsewhere has made it. */
void lint_at_use(struct lint_run *run);
/* It is about a part of the text at which it was reported. */
void lint_at_part(struct lint_run *run, const struct value *text, size_t begin,
		  size_t len);

int64_t lint_param_int(const struct lint_run *run, const char *name);
double lint_param_number(const struct lint_run *run, const char *name);
bool lint_param_bool(const struct lint_run *run, const char *name);
const char *lint_param_text(const struct lint_run *run, const char *name);
/* NULL at the end; and whether one of them is this. */
const char *const *lint_param_texts(const struct lint_run *run,
				    const char *name);
bool lint_param_lists(const struct lint_run *run, const char *name,
		      const char *text);
/* Whether one of the patterns is found in the text. */
bool lint_param_matches(const struct lint_run *run, const char *name,
			const char *text);
/* Whether there is a pattern at all; whether the rule has the parameter. */
bool lint_param_has_pattern(const struct lint_run *run, const char *name);
bool lint_has_param(const struct lint_run *run, const char *name);

/* Whether another rule is on, whose finding says more than this one's. */
bool lint_is_on(const struct lint_run *run, enum lint_rule_at rule);

/* Whether any of the run's versions lies in [oldest, newest]. */
bool lint_in(const struct lint_run *run, unsigned oldest, unsigned newest);

/* The door. */

/* What a target checks and how; made once per target and environment. */
struct lint_config;

struct lint_layers {
	/* `lint:` sections, the weakest first: project, environment, target */
	const struct value *const *sections;
	size_t count;
	const char *profile;     /* --profile; or NULL */
	const char *const *only; /* --only, NULL at the end; or NULL */
	size_t only_count;
	const char *pss_version; /* --pss-version; or NULL */
	const char *target;      /* for ignores that name one */
	const char *environment; /* "" without environments */
	struct lint_versions kubernetes;
	const struct limits *limits; /* or NULL */
	bool whole;           /* a chart or an overlay, not loose files */
	bool require_schemas; /* what is not checked is an error */
	const struct lint_schemas *schemas; /* NULL: of the bundle itself */
	const struct lint_initial *initial; /* NULL: its own */
	/* Where names of files begin, as patterns see it; NULL: as they do. */
	const char *here;
	const char *today; /* "2027-01-31", for ignores that end; or NULL */
	/* What charts are given: their own values and those of the target. */
	const struct value *const *values;
	size_t value_count;
};

/* NULL: an unknown rule, profile or parameter has been reported. */
MUST_USE struct lint_config *lint_configure(struct arena *arena,
					    struct diag_sink *diags,
					    const struct lint_layers *layers);

/*
 * Schemas of custom resources, for all jobs of a run.  One thread fills them
 * between producing and checking; from then on they do not change.
 */
struct lint_schemas *lint_schemas_new(struct arena *arena);

/* A CustomResourceDefinition of a file, or a List of them; or nothing. */
void lint_schemas_add(struct lint_schemas *schemas, const struct value *root);

/* Those of a bundle; they win for its own objects. */
void lint_schemas_add_bundle(struct lint_schemas *schemas,
			     const struct bundle *bundle);

/* When all are added: make the schemas that the bundle's objects need. */
void lint_schemas_need(struct lint_schemas *schemas,
		       const struct bundle *bundle);

/* Whether there is a schema for the object; else it is only counted. */
bool lint_has_schema(const struct lint_schemas *schemas,
		     const struct bundle *bundle, const struct object *object);

/* Rules in CEL for the bundle's objects, not evaluated: once for a kind. */
size_t lint_schemas_rules(const struct lint_schemas *schemas,
			  const struct bundle *bundle);

/*
 * Run all rules of the configuration; findings are appended to `sink` in a
 * fixed order (object, rule).
 */
void lint_bundle(const struct lint_config *config, struct bundle *bundle,
		 const struct fact_log *facts, struct diag_sink *sink);

/*
 * Compare two quantities or numbers (500m, 1Gi, 3): -1, 0 or 1 in `*order`.
 * False: one of them is none.
 */
bool lint_compare_quantities(const struct value *a, const struct value *b,
			     int *order);

#endif
