/*
 * Sources into objects: what the stages load and render do with one source
 * of a job, for those that make sources of their own.
 */
#ifndef COMPILER_RENDER_H
#define COMPILER_RENDER_H

#include <stdbool.h>

#include "base/attr.h"

struct job;
struct job_source;
struct overlay_amend;

/* Read a chart and its values; false: reported. */
MUST_USE bool load_chart(struct job *job, struct job_source *source);

/* Append the objects of a chart that was loaded. */
MUST_USE bool render_chart(struct job *job, struct job_source *source);

/* Append those of a kustomization; `amend` or NULL. */
MUST_USE bool render_kustomization(struct job *job, struct job_source *source,
				   const struct overlay_amend *amend);

/* Append those of the files that were read. */
MUST_USE bool render_files(struct job *job, struct job_source *source);

#endif
