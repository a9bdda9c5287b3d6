/*
 * What the units of this folder share: one unit is one kind of object.
 */
#ifndef COMPILER_GITOPS_PRIVATE_H
#define COMPILER_GITOPS_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/table.h"
#include "base/vec.h"
#include "compiler/gitops/gitops.h"

struct arena;
struct job;
struct object;
struct origin;
struct run;
struct source;
struct value;

/* An object of a kind that is followed, and the job whose bundle holds it. */
struct gitops_found {
	struct gitops *gitops;
	struct job *job;
	const struct object *object;
	const struct gitops_kind *kind;
	const struct followed *parent;
	bool last; /* nothing more will be found: no reason to wait */
};

VEC_TYPE(gitops_founds, struct gitops_found);

/* What was not followed, where it stands, and why. */
struct gitops_skipped {
	const struct job *job;
	const char *place;
	const char *why;
};

struct gitops {
	struct run *run;
	struct arena *arena;
	struct table catalogue;     /* "GROUP KIND NAME" to the objects */
	VEC(struct job *) unlisted; /* that the catalogue lacks as yet */
	struct table followed;      /* settings to struct followed */
	VEC(struct gitops_skipped) skipped;
	struct table names; /* of targets */
	struct gitops_founds waiting;
	struct followed asking; /* what the object at hand has asked for */
	struct {
		const char **items; /* sorted by their walk */
		size_t count;
	} files, dirs; /* of the tree, for generators */
	bool walked;
	struct {
		const char **items;
		size_t count;
		bool known; /* they were looked for */
		bool given; /* the project file says them */
	} urls;             /* of this repository */
};

enum gitops_answer {
	GITOPS_DONE, /* followed, counted or reported */
	GITOPS_WAIT, /* it refers to what a later round may bring */
};

/* A kind of object that is followed; one unit, one row in kinds.def. */
struct gitops_kind {
	const char *group;
	const char *kind;
	enum gitops_answer (*follow)(const struct gitops_found *found);
	/* The bundle of a job of this kind; NULL: it makes further objects. */
	bool (*produce)(struct job *job, const struct followed *followed);
};

#define GITOPS(x) extern const struct gitops_kind gitops_##x;
#include "compiler/gitops/kinds.def"
#undef GITOPS

/* Follow. */

/* How the object is called in reports: Application argocd/shop. */
const char *gitops_name(struct arena *arena, const struct object *object);

/* Where it was first written. */
struct origin gitops_origin(const struct object *object);

/* The same as FILE:LINE; "" if nobody wrote it. */
const char *gitops_place(struct arena *arena, const struct object *object);

/* Count it, with the reason as the end of a sentence. */
enum gitops_answer gitops_skip(const struct gitops_found *found,
			       const char *format, ...) PRINTF_LIKE(2, 3);

/* A finding at a place of the object: what it names is not there. */
enum gitops_answer gitops_broken(const struct gitops_found *found,
				 const struct value *at, const char *format,
				 ...) PRINTF_LIKE(3, 4);

/*
 * Add a target, unless the same settings are followed already: an object that
 * applies itself ends there.  `settings` are all that decides on the result.
 */
enum gitops_answer gitops_add(const struct gitops_found *found,
			      const char *settings, const void *plan);

/* The name of a target: that of the object, below what held it. */
const char *gitops_target_name(struct gitops *gitops, const struct job *maker,
			       const struct object *object);

/* Look at an object that stands in no bundle: an ApplicationSet made it. */
void gitops_look_at(const struct gitops_found *maker,
		    const struct object *object);

/* What others may refer to in the bundle of a job can be found from now on. */
void gitops_index(struct gitops *gitops, struct job *job);

/* A text as a source of its own that leads back to where it stands. */
struct source *gitops_text(struct arena *arena, const struct value *value,
			   const char *text);

/* An object by name: that of the nearest folder, if there are several. */
const struct object *gitops_find(const struct gitops_found *found,
				 const char *group, const char *kind,
				 const char *name_space, const char *name);

/*
 * Whether fields of `map` that are there have the kinds they should have.  If
 * not, the object is counted.  `fields` ends with a NULL name.
 */
struct gitops_field {
	const char *name;
	char kind; /* s: string, l: list, m: map, b: boolean */
};

bool gitops_check(const struct gitops_found *found, const struct value *map,
		  const struct gitops_field *fields);

/* Repository. */

/* Whether an address is that of this repository. */
bool gitops_is_here(struct gitops *gitops, const char *url);

/*
 * The folder that a path of a source of Flux is in this repository.  NULL:
 * `*answer` says whether to wait, or that it was counted.
 */
const char *gitops_source_path(const struct gitops_found *found,
			       const struct value *ref, const char *path,
			       enum gitops_answer *answer);

/* What a source of Flux leaves out of its artifact; NULL: what is usual. */
const char *gitops_source_ignore(const struct gitops_found *found,
				 const struct value *ref);

/*
 * A path of the repository's root, cleaned.  NULL: it is not there, which has
 * been counted or reported; `at` is the node that names it.
 */
const char *gitops_path(const struct gitops_found *found, const char *path,
			const struct value *at);

/* The same for a path in a source of Flux, which may hold more. */
const char *gitops_path_in(const struct gitops_found *found,
			   const struct value *ref, const char *path,
			   const struct value *at);

/*
 * A copy of a chart from elsewhere, under the name that `helm pull` gives it:
 * NAME-VERSION(.tgz) in charts/ or vendor/.  NULL: there is none.
 */
const char *gitops_chart_copy(const struct gitops_found *found,
			      const char *name, const char *version);

/* A pattern whose stars go across folders, for GLOB_GOBWAS. */
const char *gitops_wide_pattern(struct arena *arena, const char *pattern);

/* Kustomizations. */

/* The folder's kustomization file, or NULL. */
const char *gitops_kustomization(struct job *job, const char *dir);

/*
 * A kustomization of all that is below a folder without one, as Flux makes
 * it: manifests, and folders that have one of their own.
 */
struct gitops_folder {
	const struct origin *at;
	const char *ignore; /* lines of the source; NULL: what is usual */
};

struct value *gitops_generate(struct job *job, struct arena *arena,
			      const char *dir, const struct gitops_folder *how);

#endif
