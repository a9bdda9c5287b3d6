/*
 * Applications of Argo CD, and what ApplicationSets make of them.
 */
#ifndef LINTS_SUBJECTS_ARGOCD_H
#define LINTS_SUBJECTS_ARGOCD_H

#include "base/vec.h"
#include "model/object.h"

struct arena;
struct value;

VEC_TYPE(lint_app_names, const char *);

/* Both kinds, for rules about the source of an Application. */
extern const struct group_kind lint_app_kinds[];

/*
 * The spec of an Application, or of the template of an ApplicationSet; NULL:
 * patches or the templates of generators may complete the template.
 */
const struct value *lint_app_spec(const struct object *object);

/*
 * The names of the Applications that an ApplicationSet makes, as far as lists
 * that are written out tell them.
 */
void lint_app_names(struct arena *arena, const struct object *set,
		    struct lint_app_names *names);

#endif
