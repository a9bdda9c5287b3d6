/*
 * sidecar-blocks-job: a proxy that never exits beside work that ends.
 */
#include "base/path.h"
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/image.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "names", LINT_PARAM_TEXTS,
	  "[istio-proxy, proxyv2, linkerd-proxy, cloud-sql-proxy, "
	  "cloudsql-proxy, "
	  "gce-proxy]",
	  "Names of containers, or last parts of images, that never exit." },
	{ .name = NULL }
};

static const struct group_kind kinds[] = { { "batch", "CronJob" },
					   { "batch", "Job" },
					   { NULL, NULL } };

static bool is_proxy(struct lint_run *run, const struct container_ref *c)
{
	struct lint_image image = lint_image_split(
		run->arena, value_string_or(value_get(c->spec, "image"), ""));

	return lint_param_lists(run, "names", container_name(c)) ||
	       lint_param_lists(run, "names", path_name(image.repository));
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	if (c->role == CONTAINER_REGULAR && is_proxy(run, c) &&
	    value_count(value_get(c->pod, "containers")) > 1)
		lint_report(run, c->spec,
			    "'%s' looks like a proxy that never exits: the %s "
			    "will never complete",
			    container_name(c), c->object->kind);
}

const struct lint_rule lint_sidecar_blocks_job = {
	.name = "sidecar-blocks-job",
	.code = "PL1113",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A Job runs a proxy that never exits as a regular "
		   "container.",
	.why = "A Job is complete when all its containers have exited.",
	.fix = "Move it to initContainers with restartPolicy: Always "
	       "(Kubernetes 1.29 and newer).",
	.params = params,
	.kinds = kinds,
	.check_container = check,
};
