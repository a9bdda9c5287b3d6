/*
 * Wherever an object keeps labels, annotations and what selects by them.
 */
#ifndef LINTS_SUBJECTS_LABELS_H
#define LINTS_SUBJECTS_LABELS_H

#include "base/vec.h"

struct lint_run;
struct object;
struct value;

enum lint_label_use {
	LINT_LABELS,
	LINT_ANNOTATIONS,
	LINT_SELECTS, /* the labels that a selector wants */
	LINT_NODES,   /* a nodeSelector */
};

struct lint_label_map {
	enum lint_label_use use;
	const struct value *map;
};

VEC_TYPE(lint_label_maps, struct lint_label_map);

/*
 * Those of the object, of its templates, and its own selector, appended.
 * Fields of custom resources are left alone but for metadata.
 */
void lint_label_maps_of(struct lint_run *run, const struct object *object,
			struct lint_label_maps *maps);

/* "label", "annotation", "selector", "nodeSelector" */
const char *lint_label_use_name(enum lint_label_use use);

#endif
