/*
 * The kustomization file of a folder: found, read, decoded, mended.
 */
#ifndef OVERLAYS_KUSTOMIZATION_H
#define OVERLAYS_KUSTOMIZATION_H

#include <stdbool.h>

#include "base/attr.h"
#include "overlays/decode.h"

struct layer;
struct overlay_run;
struct source;
struct value;

/* Shapes that plugin configurations and other files share. */
extern const struct decode_struct shape_kustomization;
extern const struct decode_struct shape_configuration;
extern const struct decode_struct shape_replacement;

/* Of a built-in kind of plugin; NULL: it is not decoded by a table. */
const struct decode_struct *shape_of_plugin(const char *kind);

/* Fill in `layer` from the file in its root. */
MUST_USE bool kustomization_load(struct overlay_run *run, struct layer *layer);

/* The same for a document in memory (generators given inline). */
struct source *kustomization_find(struct overlay_run *run, const char *dir,
				  const char **file);

#endif
