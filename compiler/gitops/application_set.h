/*
 * The parts of an ApplicationSet: generators give maps of parameters, the
 * template is filled with each.
 */
#ifndef COMPILER_GITOPS_APPLICATION_SET_H
#define COMPILER_GITOPS_APPLICATION_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/table.h"
#include "base/vec.h"

struct arena;
struct gitops_found;
struct value;

struct application_set {
	const struct gitops_found *found;
	struct arena *arena;
	bool go;            /* Go templates, not {{name}} alone */
	bool strict;        /* missingkey=error */
	struct table cache; /* texts to struct template_set */
	size_t count;       /* of parameter maps made so far */
	bool stopped;       /* they were too many */
};

/*
 * Parameters of one application.  Without Go templates the map is flat and
 * its values are strings: "path.basename".
 */
struct set_entry {
	struct value *params;
	const struct value *template; /* of the generator; or NULL */
};

VEC_TYPE(set_entries, struct set_entry);

/*
 * What a generator gives, appended.  `outer` are parameters that it may use,
 * those of a matrix; or NULL.  False: reported or counted.
 */
MUST_USE bool set_generate(struct application_set *set,
			   const struct value *generator,
			   const struct value *outer,
			   struct set_entries *entries);

/* A generator `git`, its templates filled already. */
MUST_USE bool set_generate_git(struct application_set *set,
			       const struct value *git,
			       struct set_entries *entries);

/* Append parameters; false: too many, reported. */
MUST_USE bool set_add(struct application_set *set, struct set_entries *entries,
		      struct value *params);

/* The pairs of `values:`, filled with the parameters they are added to. */
MUST_USE bool set_add_values(struct application_set *set, struct value *params,
			     const struct value *values);

/* A copy with all texts filled; NULL: reported. */
MUST_USE struct value *set_fill(struct application_set *set,
				const struct value *tree,
				const struct value *params);

/* Nested maps and lists as one map: {a: {b: [1]}} is {"a.b.0": "1"}. */
struct value *set_flatten(struct application_set *set,
			  const struct value *params);

#endif
