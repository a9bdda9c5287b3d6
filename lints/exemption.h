/*
 * What leaves findings out, for who has seen all findings of a run: whether it
 * still leaves out any, and whether the rules it names exist.
 */
#ifndef LINTS_EXEMPTION_H
#define LINTS_EXEMPTION_H

#include <stdbool.h>

#include "base/origin.h"
#include "base/vec.h"

struct arena;
struct diag_sink;
struct fact_log;
struct lint_config;
struct source;

/* A comment in a source, or an entry of `ignore:`. */
struct lint_exemption {
	struct origin at;
	const char *by;           /* as diag->ignored_by says it */
	const char *const *words; /* rules; NULL at the end; none: all */
};

VEC_TYPE(lint_exemptions, struct lint_exemption);

/* Append the comments of a text that a person wrote. */
void lint_exemptions_of_source(struct arena *arena, const struct source *source,
			       struct lint_exemptions *all);

/* Append the entries of `ignore:` that hold under a configuration. */
void lint_exemptions_of_config(struct arena *arena,
			       const struct lint_config *config,
			       struct lint_exemptions *all);

/* Set on[i] for each rule that is on somewhere under the configuration. */
void lint_config_mark(const struct lint_config *config, bool *on);

/* Whether one of the rules that it names is on. */
bool lint_exemption_counts(const struct lint_exemption *exemption,
			   const bool *on);

/* Append a fact for each of its words that names no rule. */
void lint_exemption_unknown(const struct lint_exemption *exemption,
			    struct fact_log *facts);

/* Findings of what was noticed of the run as a whole. */
void lint_run_facts(const struct lint_config *config,
		    const struct fact_log *facts, struct diag_sink *sink);

#endif
