/*
 * The configurations of other linters, turned into a `lint:` section.
 *
 *	const struct value *root = yaml_read_reported(...);
 *	struct value *lint = migrate_config(arena, diags, root);
 *
 *	if (lint)
 *		yaml_emit(&out, lint, YAML_FORM_RAW, NULL, &error);
 *
 * Whatever has no counterpart is reported as a warning at its place in that
 * file, so that nothing of it gets lost unseen.
 */
#ifndef COMPILER_MIGRATE_MIGRATE_H
#define COMPILER_MIGRATE_MIGRATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct arena;
struct diag_sink;
struct lint_rule;
struct value;

/*
 * The section that says what `root` said to kube-linter (.kube-linter.yaml) or
 * to Polaris (polaris.yaml).  NULL: it is neither; that was reported.
 */
MUST_USE struct value *migrate_config(struct arena *arena,
				      struct diag_sink *diags,
				      const struct value *root);

/* For the readers of this folder. */

struct migration {
	struct arena *arena;
	struct diag_sink *diags;
	const char *tool;     /* "kube-linter": also the preset's name */
	struct value *rules;  /* of the section */
	struct value *ignore; /* the same */
};

void migrate_kube_linter(struct migration *m, const struct value *root);
void migrate_polaris(struct migration *m, const struct value *root);

/* kube_linter_custom.c: one entry of customChecks. */
void migrate_custom_check(struct migration *m, const struct value *check);

/* polaris_custom.c: customChecks, with the severities under `checks`. */
void migrate_polaris_custom(struct migration *m, const struct value *customs,
			    const struct value *levels);

/* The names of a tool's checks, sorted; NULL at the end. */
const char *const *migrate_checks(struct arena *arena, const char *tool);

/* Whether the check of that name is the rule's. */
bool migrate_is_check_of(const char *tool, const char *check,
			 const struct lint_rule *rule);

/* Whether some rule that is built does what the check does. */
bool migrate_is_built(const char *tool, const char *check);

/* Warn that `name`, "check", is not known, with what may have been meant. */
void migrate_unknown(struct migration *m, const struct value *at,
		     const char *what, const char *name,
		     const char *const *names);

/* Leave out findings of the words (NULL: all) for the fields given. */
struct value *migrate_ignore(struct migration *m, const char *reason);

/* Put a text under the key of a map. */
void migrate_put(struct migration *m, struct value *map, const char *key,
		 const char *text);

#endif
