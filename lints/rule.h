/*
 * The descriptor of a rule, and the catalogue of all of them.
 */
#ifndef LINTS_RULE_H
#define LINTS_RULE_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/fact.h"
#include "model/object.h"
#include "model/podspec.h"

struct lint_run;

enum lint_group {
	LINT_INPUT,       /* PL0 */
	LINT_RELIABILITY, /* PL1 */
	LINT_RESOURCES,   /* PL2 */
	LINT_SECURITY,    /* PL3 */
	LINT_SECRETS,     /* PL4 */
	LINT_NETWORK,     /* PL5 */
	LINT_RBAC,        /* PL6 */
	LINT_REFERENCES,  /* PL7 */
	LINT_METADATA,    /* PL8 */
	LINT_API,         /* PL9 */
	LINT_PACK,        /* PLX */
};

enum lint_param_type {
	LINT_PARAM_INT,
	LINT_PARAM_NUMBER,
	LINT_PARAM_BOOL,
	LINT_PARAM_TEXT,
	LINT_PARAM_TEXTS,
	LINT_PARAM_PATTERNS, /* regular expressions: any may match */
	LINT_PARAM_CHECKS    /* lints/schema_checks.h: JSON Schemas */
};

struct lint_param {
	const char *name;
	enum lint_param_type type;
	const char *initial; /* as it would be written in YAML */
	const char *help;
};

/* The same check elsewhere: "kube-linter", "no-liveness-probe". */
struct lint_alias {
	char tool[24]; /* "" ends the table */
	char check[64];
	char rule[36];
};

/* The bit of a kind of fact in raised_by. */
#define LINT_FACT(x) (1u << FACT_##x)

struct lint_rule {
	const char *name;
	const char *code;
	enum lint_group group;
	enum diag_severity severity;
	const char *summary; /* whole sentences */
	const char *why;
	const char *fix; /* its first sentence is the help of findings */
	bool core;
	bool opt_in; /* off but in profiles that say so */
	const char *since;
	const struct lint_param *params; /* ends with a NULL name */
	const struct group_kind *kinds;  /* ends with a NULL kind; or NULL */
	void (*check_bundle)(struct lint_run *run);
	void (*check_object)(struct lint_run *run, const struct object *object);
	void (*check_pod)(struct lint_run *run, const struct podspec *pod);
	void (*check_container)(struct lint_run *run,
				const struct container_ref *container);
	unsigned raised_by; /* LINT_FACT bits: what engines noticed */
	bool by_schema;     /* raised by the one schema walk */
};

#define RULE(x) extern const struct lint_rule lint_##x;
#include "lints/rules.def"
#undef RULE

/* A rule's place in lint_rules. */
enum lint_rule_at {
#define RULE(x) LINT_RULE_##x,
#include "lints/rules.def"
#undef RULE
	LINT_RULES
};

/* In the order of rules.def; NULL at the end. */
extern const struct lint_rule *const lint_rules[];

/* "reliability" */
const char *lint_group_name(enum lint_group group);

/* Sorted by tool and check; a NULL tool ends the table. */
extern const struct lint_alias lint_aliases[];

/* Whether that tool does not make the check unless it is told to. */
bool lint_check_is_optional(const char *tool, const char *check);

/*
 * Whether a word (id, code, prefix of codes, group, alias, tool/alias) names
 * the rule.
 */
bool lint_rule_is(const struct lint_rule *rule, const char *word);

/* Whether a built-in profile has the rule on; false for unknown profiles. */
bool lint_profile_has(const char *profile, const struct lint_rule *rule);

/* The built-in profiles, NULL at the end. */
extern const char *const lint_profiles[];

/* What the parameters of all rules are at first; for all configurations. */
struct lint_initial *lint_initial_new(struct arena *arena);

#endif
