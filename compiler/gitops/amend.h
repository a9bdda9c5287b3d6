/*
 * Options of deployers as changes to a kustomization, and to what it made.
 */
#ifndef COMPILER_GITOPS_AMEND_H
#define COMPILER_GITOPS_AMEND_H

struct arena;
struct job;
struct value;

/* Set a field, replacing what is there. */
void gitops_set(struct arena *arena, struct value *document, const char *field,
		struct value *value);

/* Extend a list by the items of another. */
void gitops_append(struct arena *arena, struct value *document,
		   const char *field, const struct value *items);

/* Add entries of `images`; those of a name that is there are merged. */
void gitops_images(struct arena *arena, struct value *document,
		   const struct value *images);

/*
 * The entries of `components` in an object's options.  With
 * ignoreMissingComponents only those that are there, seen from `dir`.
 */
struct value *gitops_components(struct arena *arena, struct job *job,
				const struct value *options, const char *dir);

/* Set labels and annotations of commonMetadata on all objects of the job. */
void gitops_common_metadata(struct job *job, const struct value *metadata);

#endif
