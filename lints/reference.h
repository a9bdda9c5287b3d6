/*
 * References by name, and whether one into nothing is worth a word.
 *
 *	struct lint_reference ref = { "", "Secret", name_space, name };
 *
 *	if (lint_dangles(run, &ref)) {
 *		lint_report(run, at, "... '%s', which does not exist", name);
 *		lint_help_create(run, &ref);
 *	}
 *
 * What is linted is seldom all there is, so a missing object is reported only
 * where it was declared that all are here, where something with nearly that
 * name is here, or where a chart or an overlay has others of the kind.  Into a
 * namespace that a HelmRelease or the like fills, that is no reason either.
 */
#ifndef LINTS_REFERENCE_H
#define LINTS_REFERENCE_H

#include <stdbool.h>

#include "model/object.h"

struct lint_run;
struct object;
struct value;

struct lint_reference {
	const char *group;
	const char *kind;
	const char *name_space; /* "" for kinds of the cluster */
	const char *name;
};

/* Parameters of rules about references; read by lint_dangles. */
#define LINT_REFERENCE_PARAMS                                                  \
	{ "ignore", LINT_PARAM_PATTERNS, "[]",                                 \
	  "Patterns over Kind/name of what is not looked for." },              \
	{                                                                      \
		"complete", LINT_PARAM_TEXTS, "[]",                            \
			"Kinds of which all objects are here."                 \
	}

/* The object, or NULL. */
const struct object *lint_referred(struct lint_run *run,
				   const struct lint_reference *ref);

/* Something makes it, the project has it elsewhere, or it is to be ignored. */
bool lint_is_elsewhere(struct lint_run *run, const struct lint_reference *ref);

/* Nothing has the name, and that is to be reported. */
bool lint_dangles(struct lint_run *run, const struct lint_reference *ref);

/* The one name of the kind in the namespace that is nearly it; or NULL. */
const char *lint_near_name(struct lint_run *run,
			   const struct lint_reference *ref);

/* " (did you mean 'x'?)" or "". */
const char *lint_did_you_mean(struct lint_run *run, const char *near);

/* The help of most such findings: create it or correct the name. */
void lint_help_create(struct lint_run *run, const struct lint_reference *ref);

/*
 * Whether a ConfigMap or Secret lacks the key; false for those that something
 * else fills.
 */
bool lint_lacks_key(const struct object *object, const char *key);

/* The one key that is nearly it; or NULL. */
const char *lint_near_key(struct lint_run *run, const struct object *object,
			  const char *key);

/* Ingress, in both of the groups it has been in. */
extern const struct group_kind lint_ingress_kinds[];

/* Call for each backend of an Ingress: that of all others, then the rules'. */
void lint_each_backend(struct lint_run *run, const struct object *ingress,
		       void (*check)(struct lint_run *run,
				     const struct value *backend));

#endif
