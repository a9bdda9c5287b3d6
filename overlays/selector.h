/*
 * Which resources a patch or a replacement is for.
 */
#ifndef OVERLAYS_SELECTOR_H
#define OVERLAYS_SELECTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/vec.h"
#include "overlays/requirement.h"
#include "overlays/stream.h"

struct accumulator;
struct object;
struct overlay_run;
struct regex;
struct value;

/* One field: anything, a plain text, or an anchored pattern. */
struct selector_field {
	const char *text; /* NULL: anything, or a pattern */
	const struct regex *regex;
};

enum selector_part {
	SELECTOR_GROUP,
	SELECTOR_VERSION,
	SELECTOR_KIND,
	SELECTOR_NAME,
	SELECTOR_NAMESPACE,
	SELECTOR_PARTS
};

struct selector {
	struct selector_field parts[SELECTOR_PARTS];
	struct requirements labels;
	struct requirements annotations;
	bool has_id; /* any of the parts is set */
	bool has_labels;
	bool has_annotations;
};

/* Compile; `exact` takes the texts literally (5.5 replacements). */
MUST_USE bool selector_read(struct overlay_run *run, const struct value *value,
			    bool exact, struct selector *selector);

bool selector_part_matches(const struct selector *selector,
			   enum selector_part part, const char *text);

/* Labels and annotations alone. */
bool selector_meta_matches(struct overlay_run *run,
			   const struct selector *selector,
			   const struct object *object);

/* Resources by present or first name and namespace, in order. */
void selector_select(struct overlay_run *run, const struct selector *selector,
		     struct accumulator *acc, struct stream_objects *objects);

/* The objects that can match by name: all, or those of a plain name. */
void selector_candidates(struct overlay_run *run,
			 const struct selector *selector,
			 struct accumulator *acc,
			 struct stream_objects *objects);

#endif
