/*
 * Patches of either form: loaded, aimed, applied.
 */
#ifndef OVERLAYS_PATCH_H
#define OVERLAYS_PATCH_H

#include <stdbool.h>

#include "base/attr.h"
#include "overlays/stream.h"

struct accumulator;
struct object;
struct origin;
struct overlay_run;
struct selector;
struct source;
struct value;

/* The text of a patch: a file, or a string of the kustomization. */
MUST_USE bool patch_load(struct overlay_run *run, const struct value *path,
			 const struct value *text,
			 const struct source **source);

struct patch_options {
	bool name_change;
	bool kind_change;
	bool strings; /* labels and annotations become strings first */
};

/* Merge a strategic-merge patch onto one resource. */
MUST_USE bool patch_merge(struct overlay_run *run, struct object *object,
			  const struct object *patch,
			  const struct patch_options *options);

/*
 * The one resource that a patch without target is for, by present or former
 * ids; NULL is reported (and a fact).
 */
struct object *patch_target(struct overlay_run *run, struct accumulator *acc,
			    const struct object *patch);

/* Apply JSON operations to one resource. */
MUST_USE bool patch_operate(struct overlay_run *run, struct object *object,
			    const struct value *operations);

/*
 * Kustomize then writes its notes of former ids beside the annotations; to it
 * no name is the way to set a scalar, and with such a key nothing is written.
 * False: patchesJson6902 (`strict`) takes that for an error.
 */
MUST_USE bool patch_keep_annotations(struct overlay_run *run,
				     struct object *object, bool strict);

/* "trouble configuring builtin KIND with config: ..." around what fails. */
void patch_push_config(struct overlay_run *run, const char *kind,
		       const struct value *config);

/* Empty, as Go leaves it out of what it prints; a map never is. */
bool patch_says_nothing(const struct value *value);

/* The fields of an entry as kustomize shows them: without empty ones. */
struct value *patch_shown(struct overlay_run *run, const struct value *value);
const char *patch_config_text(struct overlay_run *run,
			      const struct value *config);

/* Note whether an entry selected a resource. */
void patch_aimed(struct overlay_run *run, const struct value *entry,
		 struct accumulator *acc, const struct selector *selector,
		 size_t found);

/* Kustomize writes them again, as strings, behind a JSON patch of `patches`. */
void patch_annotations_anew(struct overlay_run *run, struct object *object);

#endif
