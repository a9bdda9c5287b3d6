/*
 * The names that exist in a bundle: of its objects, of what operators make of
 * them, and of what the project says is elsewhere.  Built on the first
 * question of a run; for lints/reference.c and the indexes.
 */
#ifndef LINTS_NAMES_H
#define LINTS_NAMES_H

#include <stdbool.h>

#include "base/vec.h"

struct lint_run;
struct object;

VEC_TYPE(lint_name_list, const char *);

/* The names of a kind in a namespace, in order; NULL: there are none. */
const struct lint_name_list *
lint_names_of(struct lint_run *run, const char *kind, const char *name_space);

/* An object of the kind with this name in any namespace; or NULL. */
const struct object *lint_names_anywhere(struct lint_run *run,
					 const char *group, const char *kind,
					 const char *name);

/* Made by something, or declared to be elsewhere. */
bool lint_names_made(struct lint_run *run, const char *kind,
		     const char *name_space, const char *name);

/*
 * Whether an object of the set has others applied in the namespace ("": in
 * none; "*": in any), which stand in another set: a HelmRelease, Application.
 */
bool lint_names_filled(struct lint_run *run, const char *name_space);

/* The project says that all objects of the kind are here. */
bool lint_names_complete(struct lint_run *run, const char *kind);

#endif
