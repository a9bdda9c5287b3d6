/*
 * The sources of an Application of Argo CD, as they are rendered.
 */
#ifndef COMPILER_GITOPS_APPLICATION_H
#define COMPILER_GITOPS_APPLICATION_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/vec.h"
#include "compiler/gitops/values.h"

struct arena;
struct gitops_found;
struct job;
struct str;
struct value;

struct application_source {
	enum {
		APPLICATION_HELM,
		APPLICATION_KUSTOMIZE,
		APPLICATION_DIRECTORY,
	} kind;
	const struct value *node; /* its map */
	const char *dir;
	const char *name; /* of the Application */
	const char *project;
	const char *destination; /* the namespace of all sources */
	const char *release;
	const char *name_space;
	struct gitops_layers layers; /* of a chart */
	const char **api_versions;   /* NULL at the end */
	VEC(const char *) files;     /* of a directory */
};

VEC_TYPE(application_sources, struct application_source);

/*
 * Gather what each kind needs.  False: the source cannot be followed, which
 * has been counted.  `sources` are all of the object: values files may stand
 * in another one.
 */
bool application_helm(const struct gitops_found *found,
		      struct application_source *source,
		      const struct value *sources);
bool application_directory(const struct gitops_found *found,
			   struct application_source *source);

/*
 * A file that the object names: relative to the chart, "/..." from the root of
 * the repository, "$NAME/..." from that of another source.  NULL: counted.
 */
const char *application_file(const struct gitops_found *found,
			     const struct application_source *source,
			     const struct value *sources,
			     const struct value *file);

/* Its values files as layers of `source`; false: counted or reported. */
bool application_value_files(const struct gitops_found *found,
			     struct application_source *source,
			     const struct value *sources);

/* Names of the build environment replaced: $ARGOCD_APP_NAME. */
const char *application_expand(struct arena *arena,
			       const struct application_source *source,
			       const char *text);

/* Append the objects of a source to the job's bundle; false: reported. */
MUST_USE bool application_render_helm(struct job *job,
				      const struct application_source *source);
MUST_USE bool
application_render_kustomize(struct job *job,
			     const struct application_source *source);
MUST_USE bool
application_render_directory(struct job *job,
			     const struct application_source *source);

#endif
