/*
 * The resource files of a kustomization, read by several threads before it is
 * their turn.
 *
 * What is wrong with one is found once more, and told, when its turn comes:
 * so this changes neither an order nor a message.
 */
#ifndef OVERLAYS_AHEAD_H
#define OVERLAYS_AHEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/table.h"
#include "base/vec.h"

struct overlay_run;
struct source;
struct value;

VEC_TYPE(ahead_trees, struct value *);

struct ahead_file {
	struct source *source;
	struct ahead_trees trees; /* of all documents */
	bool taken;
};

struct ahead {
	struct table files; /* by the name that the entry has */
};

/* Read what `entries` name of local files, if that is worth threads. */
void ahead_read(struct overlay_run *run, const struct value *entries,
		struct ahead *ahead);

/* A file that was read, whom it is given to; NULL: it was not. */
const struct ahead_file *ahead_take(struct ahead *ahead, const char *name);

#endif
