/*
 * What repairing references needs to find fast: resources by former name, and
 * the fields of a kind that hold names.
 */
#ifndef OVERLAYS_NAME_INDEX_H
#define OVERLAYS_NAME_INDEX_H

#include <stdbool.h>
#include <stddef.h>

struct accumulator;
struct fieldspec;
struct fieldspec_paths;
struct name_target;
struct object;
struct object_set;
struct origin;
struct overlay_run;

struct name_row {
	const struct name_target *target;
	const struct fieldspec *spec;
};

struct name_rows {
	struct name_row *items;
	size_t count;
	size_t room;
	struct fieldspec_paths *paths; /* of the rows' specs, in order */
};

struct name_index;

struct name_index *name_index_new(struct overlay_run *run,
				  struct accumulator *acc);

/* Whether an object that was first in `first` is in `now` (NULL: anywhere). */
bool name_index_was_in(const struct name_index *index, const char *first,
		       const char *now);

/* The same, where `now` is what stands in the object. */
bool name_index_was_written(const struct name_index *index, const char *first,
			    const char *now);

/* Objects that were once called so; NULL if there are none. */
const struct object_set *name_index_find(const struct name_index *index,
					 const char *name);

/* Rows of the tables for an object by its first id, in order. */
const struct name_rows *name_index_rows(const struct name_index *index,
					const struct object *object);

/* Who wrote the present name of an object. */
const struct origin *name_writer(const struct object *object);

#endif
