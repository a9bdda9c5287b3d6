/*
 * Creation rules of SOPS: `.sops.yaml` says which files are kept encrypted,
 * and which keys of them.
 */
#ifndef COMPILER_SOPS_H
#define COMPILER_SOPS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/table.h"

struct arena;
struct fact_log;
struct run;
struct tree_view;

struct sops_rule;

struct sops {
	struct arena *arena;
	struct tree_view *view;
	struct table dirs; /* folder to the rules that hold in it, or NULL */
};

void sops_init(struct sops *sops, struct arena *arena, struct tree_view *view);

/*
 * The rule for a file, NULL if none names its path.  `*general`: it covers
 * whatever lies there, so it says how to encrypt and not what.
 */
const struct sops_rule *sops_rule_for(struct sops *sops, const char *path,
				      bool *general);

/*
 * Note what jobs have read that should be encrypted and is not, and rules
 * that cannot be read, among the facts of the first job that has.  Between
 * the phases.
 */
void sops_check(struct run *run);

#endif
