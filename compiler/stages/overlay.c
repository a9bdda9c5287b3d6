/*
 * overlay: the kustomizations and Components of `overlay:`, one by one.
 */
#include "compiler/job.h"
#include "compiler/resolve.h"
#include "compiler/run.h"
#include "compiler/stage.h"
#include "lints/lint.h"
#include "model/bundle.h"
#include "model/value.h"
#include "overlays/overlay.h"

/* A finding that no profile and no ignore changes: it stops the target. */
static bool is_empty(struct job *job)
{
	struct diag *diag;

	diag_error(&job->diags,
		   job->target->key ? &job->target->key->origin : NULL,
		   "target '%s' renders no object", job_name(job));
	diag_help(&job->diags,
		  "an empty bundle would delete what is deployed; say "
		  "allowEmpty: true if that is meant");
	diag = *vec_last(&job->diags.diags);
	diag->rule = lint_target_empty.name;
	diag->code = lint_target_empty.code;
	return false;
}

static bool run(struct job *job)
{
	struct resolver resolver = resolve_for_job(job);
	struct overlay_options options = resolve_overlay_options(job);
	size_t i;

	options.resolver = &resolver;
	for (i = 0; i < job->sources.count; i++)
		options.crd_merge_keys |= job->sources.items[i].crd_merge_keys;
	for (i = 0; i < job->overlays.count; i++) {
		const struct job_values *overlay = &job->overlays.items[i];
		struct tree_stat stat;
		enum tree_status status =
			tree_view_stat(&job->view, overlay->path, &stat);

		if (status != TREE_OK)
			return diag_error(
				&job->diags, &overlay->at->origin,
				"cannot read %s: %s",
				tree_view_display(&job->view, overlay->path),
				tree_status_text(status));
		job->bundle = overlay_apply(job->arena, &options, job->bundle,
					    overlay->path);
		if (!job->bundle)
			return false;
	}
	if (job->bundle->objects.count || job->allow_empty)
		return true;
	return is_empty(job);
}

const struct stage stage_overlay = {
	.name = "overlay",
	.help = "Kustomizations and Components of `overlay:` are applied.",
	.run = run,
};
