/*
 * Services by their own labels, for what selects Services.
 */
#ifndef LINTS_SUBJECTS_SERVICE_LABELS_H
#define LINTS_SUBJECTS_SERVICE_LABELS_H

#include <stdbool.h>

#include "base/table.h"
#include "base/vec.h"
#include "lints/subjects/selector.h"

struct lint_run;
struct object;

struct lint_services {
	struct table by_label; /* namespace, key, value to a list */
	struct table all;      /* namespace to a list; "*": of each */
};

VEC_TYPE(lint_service_list, const struct object *);

void lint_services_build(struct lint_run *run, struct lint_services *services);

/* Whether a namespace ("*": any) has Services at all. */
bool lint_services_exist(const struct lint_services *services,
			 const char *name_space);

/* Those of a namespace ("*": of all) that a selector matches, appended. */
void lint_services_select(struct lint_run *run,
			  const struct lint_services *services,
			  const char *name_space,
			  const struct lint_selector *selector,
			  struct lint_service_list *matched);

#endif
