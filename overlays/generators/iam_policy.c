/*
 * IAMPolicyGenerator: a service account bound to one of a cloud.
 */
#include <string.h>

#include "base/arena.h"
#include "model/value.h"
#include "overlays/generate.h"
#include "overlays/node.h"
#include "overlays/resource.h"
#include "overlays/run.h"

static bool generate(struct overlay_run *run, const struct value *args,
		     struct stream_objects *objects)
{
	const struct origin *by = &args->origin;
	const struct value *here = value_get(args, "kubernetesService");
	const struct value *there = value_get(args, "serviceAccount");
	const char *cloud = node_member(run->arena, args, "cloud");
	const char *space = node_member(run->arena, here, "namespace");
	struct value *root = value_new_map(run->arena, by);
	struct value *metadata, *annotations;

	if (strcmp(cloud, "gke") != 0)
		return overlay_fail(run, by,
				    overlay_text(run,
						 "cloud provider %s not "
						 "supported yet",
						 cloud),
				    "the cloud \"%s\" is not known; gke is",
				    cloud);
	node_set_string(run->arena, root, "apiVersion", by, "v1");
	node_set_string(run->arena, root, "kind", by, "ServiceAccount");
	metadata = node_member_map(run->arena, root, "metadata", by);
	annotations = node_member_map(run->arena, metadata, "annotations", by);
	node_set_string(run->arena, metadata, "name", by,
			node_member(run->arena, here, "name"));
	if (*space)
		node_set_string(run->arena, metadata, "namespace", by, space);
	node_set_string(
		run->arena, annotations, "iam.gke.io/gcp-service-account", by,
		overlay_text(run, "%s@%s.iam.gserviceaccount.com",
			     node_member(run->arena, there, "name"),
			     node_member(run->arena, there, "projectId")));
	vec_push(run->arena, objects, resource_new(run, root));
	return true;
}

const struct generator generator_iam_policy = {
	.kind = "IAMPolicyGenerator",
	.summary = "Make a ServiceAccount that stands for one of a cloud.",
	.generate = generate,
};
