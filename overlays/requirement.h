/*
 * Label selectors of Kubernetes: a=b, a!=b, a in (b, c), a, !a, a>1.
 */
#ifndef OVERLAYS_REQUIREMENT_H
#define OVERLAYS_REQUIREMENT_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/vec.h"

struct origin;
struct overlay_run;
struct value;

enum requirement_operator {
	REQUIREMENT_EXISTS,
	REQUIREMENT_ABSENT,
	REQUIREMENT_IN,
	REQUIREMENT_NOT_IN,
	REQUIREMENT_ABOVE,
	REQUIREMENT_BELOW,
};

struct requirement {
	const char *key;
	enum requirement_operator operator;
	VEC(const char *) values;
};

VEC_TYPE(requirements, struct requirement);

MUST_USE bool requirements_read(struct overlay_run *run, const char *text,
				const struct origin *at,
				struct requirements *requirements);

/* Whether a map of labels satisfies all of them. */
bool requirements_match(struct overlay_run *run,
			const struct requirements *requirements,
			const struct value *labels);

#endif
