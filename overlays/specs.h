/*
 * All tables of field specs: the built-in ones, what `configurations` and
 * `crds` add, and what the bases added.
 */
#ifndef OVERLAYS_SPECS_H
#define OVERLAYS_SPECS_H

#include <stdbool.h>

#include "base/attr.h"
#include "overlays/fieldspec.h"

struct overlay_run;
struct source;
struct specs;
struct value;

enum specs_table {
	SPECS_NAME_PREFIX,
	SPECS_NAME_SUFFIX,
	SPECS_NAMESPACE,
	SPECS_COMMON_LABELS,
	SPECS_LABELS,
	SPECS_TEMPLATE_LABELS,
	SPECS_CLAIM_LABELS,
	SPECS_COMMON_ANNOTATIONS,
	SPECS_VAR_REFERENCE,
	SPECS_IMAGES,
	SPECS_REPLICAS,
	SPECS_TABLES
};

/* The fields that hold names of one kind of target. */
struct name_target {
	const char *group; /* "": any */
	const char *version;
	const char *kind;
	struct fieldspecs referrers;
};

VEC_TYPE(name_targets, struct name_target *);

/* Empty ones, and the built-in ones. */
struct specs *specs_new(struct overlay_run *run);
struct specs *specs_builtin(struct overlay_run *run);

/*
 * Add all of `from` and sort, as the order decides which of two rows that take
 * one another in is kept by the next merge.  A conflict is reported.
 */
MUST_USE bool specs_merge(struct overlay_run *run, struct specs *specs,
			  const struct specs *from);

MUST_USE bool specs_add(struct overlay_run *run, struct specs *specs,
			enum specs_table table, const struct fieldspec *spec);

/* Add a referrer; targets merge by equal group, version and kind. */
MUST_USE bool specs_add_referrer(struct overlay_run *run, struct specs *specs,
				 const struct name_target *target,
				 const struct fieldspec *spec);

/* What is there, until something is added. */
const struct fieldspecs *specs_table(struct overlay_run *run,
				     const struct specs *specs,
				     enum specs_table table);
const struct name_targets *specs_targets(struct overlay_run *run,
					 const struct specs *specs);

/* Add what a configuration file says, decoded. */
MUST_USE bool specs_configure(struct overlay_run *run, struct specs *specs,
			      const struct value *configuration);

#endif
