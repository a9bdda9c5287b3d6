/*
 * What a target checks and how: rules on or off, severities, parameters, and
 * what is ignored.  Immutable once made, so that jobs may share it.
 */
#ifndef LINTS_CONFIG_H
#define LINTS_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/vec.h"
#include "lints/lint.h"

struct arena;
struct regex;
struct value;
struct value_entry;

/* One parameter of one rule, in the type that its row says. */
struct lint_argument {
	int64_t integer;
	double number;
	bool boolean;
	union {
		const char *text;
		const struct value *tree;
	};
	const char *const *texts;    /* NULL at the end */
	const struct regex *pattern; /* all texts in one; or NULL */
};

struct lint_setting {
	bool on;
	bool has_severity; /* the user's, for all cases of the rule */
	enum diag_severity severity;
	const struct lint_argument *arguments; /* like the rule's params */
};

/* An entry of `ignore:`; a NULL field matches anything. */
struct lint_ignore {
	const char *const *rules; /* words; NULL at the end */
	const char *kind;
	const char *name;
	const char *name_space;
	const char *path; /* of a source of the finding */
	const char *reason;
	const char *by; /* FILE:LINE */
	const struct value *item;
};

/* Another choice of rules for what comes from some source files. */
struct lint_region {
	const char *pattern;
	struct lint_setting *settings;
};

struct lint_config {
	struct lint_setting *settings;   /* parallel to lint_rules */
	VEC(struct lint_region) regions; /* the last that matches wins */
	VEC(struct lint_ignore) ignores;
	const char *const
		*externals; /* "Secret/db"; NULL at the end; or NULL */
	bool all_complete;  /* a preset of a tool that knows the set only */
	bool by_kind; /* a preset of a tool that does not look at groups */
	const char *const *complete; /* kinds of which all are in the set */
	/* Maps of group/Kind to the path of a pod template, weakest first. */
	VEC(const struct value *) workloads;
	/* Entries of `ignore:` whose last day is over. */
	VEC(const struct value *) expired;
	const struct lint_layers *layers;
	struct lint_versions kubernetes;
	struct arena *arena;
};

/* lints/arguments.c: values of parameters. */

/* Parallel to lint_rules: what their parameters are at first. */
struct lint_initial {
	const struct lint_argument *arguments[LINT_RULES];
};

/* Those of a setting, not shared with others, so that they may be set. */
struct lint_argument *lint_arguments_own(struct arena *arena,
					 const struct lint_rule *rule,
					 struct lint_setting *setting);

/* Set a parameter to a text as the rows of rules write them. */
void lint_argument_preset(struct arena *arena, const struct lint_rule *rule,
			  struct lint_setting *setting, const char *name,
			  const char *text);

/*
 * lints/profile.c: the parameters that a preset has of its own.  Most have
 * none, and then nobody has to ask rule by rule.
 */
bool lint_profile_has_arguments(const char *profile);
void lint_profile_arguments(struct arena *arena, const char *profile,
			    const struct lint_rule *rule,
			    struct lint_setting *setting);

/* Whether a profile gives another tool's verdicts. */
bool lint_profile_is_preset(const char *profile);

/* Take `value` for the parameter `name`; false if it was reported. */
MUST_USE bool lint_argument_set(struct arena *arena, struct diag_sink *diags,
				const struct lint_rule *rule,
				struct lint_argument *arguments,
				const struct value_entry *entry);

/* lints/ignore.c: entries of `ignore:`. */

/* Whether a pattern of `paths:` or of an ignore means this file. */
bool lint_path_matches(const struct lint_config *config, const char *pattern,
		       const char *name);

/* A text or a list of texts; NULL if there is nothing. */
const char *const *lint_words_of(struct arena *arena,
				 const struct value *value);

MUST_USE bool lint_ignores_read(struct arena *arena, struct diag_sink *diags,
				struct lint_config *config,
				const struct value *list);

/* Mark the finding if an entry leaves it out. */
void lint_ignore_apply(const struct lint_config *config,
		       const struct lint_rule *rule, struct diag *diag);

/* The name that a word may have meant; or NULL. */
const char *lint_nearest_rule(struct arena *arena, const char *word);

/* Report that no rule has this name, with what it may have meant. */
bool lint_unknown_rule(struct arena *arena, struct diag_sink *diags,
		       const struct origin *at, const char *word);

/* On somewhere: in the whole, or for what comes from some paths. */
bool lint_config_is_on(const struct lint_config *config, size_t rule);

/* How many rules a word names. */
size_t lint_rules_named(const char *word);

#endif
