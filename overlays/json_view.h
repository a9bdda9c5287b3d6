/*
 * A tree as it is after a hop through JSON, which Kustomize makes for JSON
 * patches and for the items of lists: types are decided, styles are gone.
 */
#ifndef OVERLAYS_JSON_VIEW_H
#define OVERLAYS_JSON_VIEW_H

#include <stdbool.h>

#include "base/attr.h"
#include "model/value.h"

struct overlay_run;
struct value;

/*
 * Replace `*tree` by its JSON view; maps and lists change in place, and all
 * numbers become what a float64 can hold.
 */
MUST_USE bool json_view(struct overlay_run *run, struct value **tree);

/* A flag of floats: it was an integer, and no patch has been over it yet. */
enum {
	JSON_VIEW_INTEGER = VALUE_FLAG_NIL
};

/*
 * The style of a string that kustomize prints as YAML and reads again: plain
 * where that is safe.
 */
enum value_style json_view_style(const char *text, size_t len);

/* The same for texts that never were JSON: integers stay as they are. */
MUST_USE bool json_view_integers(struct overlay_run *run, struct value **tree);

/* Style and tag of a string that was printed so and read again. */
void json_view_restyle(struct value *string);

#endif
