/*
 * Pods in custom resources that an operator makes pods of: a template for each
 * group of workers, a pod spec among other fields.
 *
 * Operators fill in much, so that only what is written is judged: containers
 * that name an image, and of the pod what makes it dangerous or dangle.
 */
#ifndef LINTS_SUBJECTS_CUSTOM_PODS_H
#define LINTS_SUBJECTS_CUSTOM_PODS_H

#include <stdbool.h>

struct lint_rule;
struct lint_run;
struct object;
struct podspec;
struct value;

/*
 * Call `visit` for each pod that an object of the kind keeps at `paths`, as
 * model/custom_kinds.h writes them.
 */
void lint_custom_pods(struct lint_run *run, const struct object *object,
		      const char *paths,
		      void (*visit)(struct lint_run *run,
				    const struct podspec *pod, void *context),
		      void *context);

/* Whether the rule may be asked about such a pod. */
bool lint_judges_custom_pods(const struct lint_rule *rule);

/* Whether it is a container of its own, and no addition to one. */
bool lint_is_whole_container(const struct value *container);

#endif
