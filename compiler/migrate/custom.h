/*
 * One custom check of kube-linter while it is read.
 */
#ifndef COMPILER_MIGRATE_CUSTOM_H
#define COMPILER_MIGRATE_CUSTOM_H

#include "compiler/migrate/migrate.h"

struct custom {
	struct migration *m;
	const struct value *check;
	const char *name;
	const char *template;
	const struct value *params;
	struct value *setting; /* of the rule that it became; or NULL */
};

/* Report that something (NULL: the check) has no counterpart. */
void custom_left_out(struct custom *c, const struct value *at, const char *why);

/* The map of the rule's setting; NULL: taken by another, and reported. */
struct value *custom_setting(struct custom *c, const char *rule);

/* All rules of the template, as they are without parameters. */
void custom_switch_on(struct custom *c);

/* kube_linter_range.c: cpu-requirements and memory-requirements. */
void custom_requirements(struct custom *c);

/* Turn the parameters into those of the rules. */
void custom_params(struct custom *c);

#endif
