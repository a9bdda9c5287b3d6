/*
 * Where nodes lie in their object: the path of a finding.
 *
 * The first questions about an object search for the node; when there are
 * many, the whole object is written down once, so that a thousand findings in
 * one object do not cost a thousand walks.
 */
#ifndef LINTS_WHERE_H
#define LINTS_WHERE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "base/table.h"

struct lint_run;
struct object;
struct value;
struct value_entry;

struct lint_where {
	const struct object *object; /* that was asked about last */
	size_t asked;
	bool written;
	struct table nodes; /* the address of a node to what is above it */
};

struct lint_spot_at {
	struct str path;
	const struct value_entry *entry; /* its key, if a map holds it */
};

/* False: the node is not in the object. */
bool lint_locate(struct lint_run *run, const struct object *object,
		 const struct value *node, struct lint_spot_at *spot);

#endif
