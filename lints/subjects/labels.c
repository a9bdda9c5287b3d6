#include "lints/subjects/labels.h"

#include <string.h>

#include "lints/lint.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static void add(struct lint_run *run, struct lint_label_maps *maps,
		enum lint_label_use use, const struct value *map)
{
	struct lint_label_map item = { use, map };

	if (value_is_map(map))
		vec_push(run->arena, maps, item);
}

static void add_metadata(struct lint_run *run, struct lint_label_maps *maps,
			 const struct value *metadata)
{
	add(run, maps, LINT_LABELS, value_get(metadata, "labels"));
	add(run, maps, LINT_ANNOTATIONS, value_get(metadata, "annotations"));
}

/* Services and ReplicationControllers select by a plain map. */
static void add_selector(struct lint_run *run, struct lint_label_maps *maps,
			 const struct object *object)
{
	static const struct group_kind plain[] = { { "", "Service" },
						   { "",
						     "ReplicationController" },
						   { NULL, NULL } };
	const struct value *selector = value_at(object->root, "spec.selector");

	if (object_is_one_of(object, plain)) {
		add(run, maps, LINT_SELECTS, selector);
		return;
	}
	add(run, maps, LINT_SELECTS, value_get(selector, "matchLabels"));
	add(run, maps, LINT_SELECTS,
	    value_at(object->root, "spec.podSelector.matchLabels"));
}

void lint_label_maps_of(struct lint_run *run, const struct object *object,
			struct lint_label_maps *maps)
{
	const struct value *own = value_get(object->root, "metadata");
	const struct value *claim;
	struct podspec pod;

	add_metadata(run, maps, own);
	if (!object->known)
		return;
	add_selector(run, maps, object);
	if (!podspec_of(object, &pod))
		return;
	if (pod.metadata != own)
		add_metadata(run, maps, pod.metadata);
	add_metadata(run, maps,
		     value_at(object->root, "spec.jobTemplate.metadata"));
	list_foreach (claim,
		      value_at(object->root, "spec.volumeClaimTemplates"))
		add_metadata(run, maps, value_get(claim, "metadata"));
	add(run, maps, LINT_NODES, value_get(pod.spec, "nodeSelector"));
}

const char *lint_label_use_name(enum lint_label_use use)
{
	static const char *const names[] = { "label", "annotation", "selector",
					     "nodeSelector" };

	return names[use];
}
