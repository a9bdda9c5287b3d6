/*
 * Where the nodes of a generated object stand in the text they were last read
 * from.
 *
 * What a patch has made neither ConfigMap nor Secret is hashed as go-yaml's
 * nodes in memory, encoded as JSON: with the line, the column, the style and
 * the tag of each node, and with the annotations in which kustomize keeps its
 * own notes, in the order in which they were set.  A JSON patch prints the
 * object and reads it again, a strategic merge brings nodes from the text of
 * the patch, and what a transformer sets stands nowhere: line 0, column 0.
 *
 * Only objects that want a hash have places.
 */
#ifndef OVERLAYS_NODE_PLACES_H
#define OVERLAYS_NODE_PLACES_H

struct object;
struct overlay_run;
struct patch_options;
struct str;
struct value;

/* All annotations were set anew: sorted, and behind the other metadata. */
void node_places_annotated(struct overlay_run *run,
			   const struct object *object);

/* Call before and after an annotation is set beside the others. */
void node_places_noted(struct overlay_run *run, const struct object *object);

/* A JSON patch has printed the object and read it again. */
void node_places_printed(struct overlay_run *run, struct object *object);

/* A strategic merge will take nodes of `copy`, which was read as `patch`. */
void node_places_lent(struct overlay_run *run, const struct object *object,
		      struct value *copy, const struct value *patch,
		      const struct patch_options *options);

/* The merge is done; these members have been set anew. */
void node_places_merged(struct overlay_run *run, const struct object *object,
			const struct patch_options *options);

/* Append the nodes as JSON. */
void node_places_write(struct overlay_run *run, const struct object *object,
		       struct str *out);

#endif
