/*
 * What a run failed of: found from the innermost template out, and reported
 * once as one diagnostic by exec_report().
 */
#ifndef TEMPLATES_FAILURE_H
#define TEMPLATES_FAILURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/origin.h"
#include "base/vec.h"
#include "templates/ast.h"

struct frame;

/* What one activation adds to the text of an error. */
struct failure_level {
	const char *location; /* FILE:LINE:COLUMN */
	const char *name;     /* of the template, in quotes */
	const char *node;
	const char *message; /* up to the text of the level below */
	struct origin at;
};

struct failure {
	VEC(struct failure_level) levels; /* the innermost first */
	const char *root;   /* what a function said; NULL: nothing */
	const char *plain;  /* our own words for it, or NULL */
	const char *help;   /* or NULL */
	const char *prefix; /* of the level below the next wrap; or NULL */
	const struct frame *frame; /* at work when it failed */
	bool unstructured;         /* Helm 4 prints it as Helm 3 does */
	bool stopped; /* by required or fail: root alone is shown */
	bool limited; /* by a limit: the run is at its end */
	/* Where all errors are wanted: */
	VEC(const struct template_tree *) trees; /* at work below the page */
	VEC(const char *) causes; /* chains that it may be about */
	uint32_t names;           /* of the chain that are at fault, and 1 */
	bool by_fail;
	bool told;              /* or silent */
	struct origin value_at; /* of the value it was about, if known */
	const char *value;      /* its key */
};

#endif
