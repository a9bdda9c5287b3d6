/*
 * A project file for what is there: which targets and environments the names
 * of folders and values files tell of, and the text of plimsoll.yaml.
 */
#ifndef COMPILER_INIT_H
#define COMPILER_INIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/vec.h"
#include "compiler/options.h"
#include "compiler/project.h"

struct arena;
struct run;
struct str;
struct value;

/* A path in which ${env} may stand, and the environments it is there for. */
struct init_path {
	const char *text;
	struct option_texts environments;
};

/* What is left out, since it cannot be built yet. */
struct init_left {
	const char *path; /* as the project file excludes it */
	const char *name; /* a folder, or values of a chart, or the file */
	const char *why;
	bool is_file; /* of manifests */
};

VEC_TYPE(init_lefts, struct init_left);

struct init_target {
	const char *name;
	enum source_kind kind;
	const char *path;                 /* as the project file names it */
	struct option_texts environments; /* whose ${env} is in the path */
	struct option_texts files;        /* of manifests: as it names them */
	struct option_texts found;        /* each of them */
	struct init_lefts left_out;       /* of them */
	VEC(struct init_path) values;     /* of a chart */
	const char *broken;      /* why it cannot be a target yet; or NULL */
	const char *broken_help; /* what mends that; or NULL */
	bool empty;              /* no objects are all that is amiss */
	size_t family;           /* its number from 1; 0: it stands alone */
};

/* Targets whose name captures a part of the path. */
struct init_family {
	const char *name;
	enum source_kind kind;
	const char *path;
	const char *values; /* lines, behind the path */
	struct option_texts exclude;
	size_t members;
	const char *first; /* a path that is there */
};

struct init_plan {
	struct arena *arena;
	struct option_texts environments; /* dev before prod */
	VEC(struct init_target) targets;
	VEC(struct init_family) families;
	struct option_texts kustomizations; /* folders that have one */
	struct option_texts charts;
	bool discover; /* GitOps objects say what is applied where */
	bool rest;     /* what no family captures is found */
	struct init_lefts left_out;   /* of what is found */
	struct option_texts unplaced; /* "file: why" */
	const char *from;             /* another linter's file; or NULL */
	const struct value *lint;     /* what it comes to */
};

/* The plan for all that discovery made jobs of. */
void init_plan(struct init_plan *plan, struct run *run);

/* A folder that says nothing of what is in it: overlays, environments. */
bool init_is_holder(const char *name);

/* Find families among the targets that render; or forget them. */
void init_fold(struct init_plan *plan);
void init_unfold(struct init_plan *plan);

/* Whether discovery finds a target, and nothing more has to be said of it. */
bool init_is_found(const struct init_plan *plan,
		   const struct init_target *target);

/*
 * How many declared targets a run could not build, each marked with its first
 * error.  `*again`: of others some files are left out.
 */
size_t init_mark_broken(struct init_plan *plan, struct run *run, bool *again);

/* What was found and cannot be built would be in the way of each build. */
void init_leave_out(struct init_plan *plan, struct run *run);

/* What does not render, and what was found and has no place. */
void init_say_rest(struct str *out, const struct init_plan *plan);

/* The project file. */
void init_write(struct str *out, const struct init_plan *plan, bool output);

#endif
