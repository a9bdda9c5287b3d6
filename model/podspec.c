#include "model/podspec.h"

#include <string.h>

#include "base/attr.h"
#include "model/kinds.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static const char *const lists[] = { "containers", "initContainers",
				     "ephemeralContainers", NULL };

bool podspec_template_of(const struct object *object, struct podspec *pod)
{
	const char *path = object->pod_path ? object->pod_path
			   : object->known  ? object->known->pod_path
					    : "";
	const struct value *parent = object->root;
	const char *dot;

	if (!*path)
		return false;
	pod->object = object;
	pod->path = path;
	pod->spec = value_at(object->root, path);
	if (!value_is_map(pod->spec))
		pod->spec = NULL;
	/* Metadata stand beside the pod spec: walk to its parent. */
	while ((dot = strchr(path, '.')) != NULL) {
		parent = value_getn(parent, path, (size_t)(dot - path));
		path = dot + 1;
	}
	pod->metadata = value_get(parent, "metadata");
	return value_is_map(parent);
}

bool podspec_of(const struct object *object, struct podspec *pod)
{
	return podspec_template_of(object, pod) && pod->spec;
}

static enum container_role role_of(const struct container_ref *container)
{
	if (container->list == lists[0])
		return CONTAINER_REGULAR;
	if (container->list == lists[2])
		return CONTAINER_EPHEMERAL;
	if (value_equals_string(value_get(container->spec, "restartPolicy"),
				"Always"))
		return CONTAINER_SIDECAR;
	return CONTAINER_INIT;
}

/* The container at or behind the present index, through all three lists. */
static void settle(struct container_ref *container)
{
	size_t list = 0;

	while (lists[list] != container->list)
		list++;
	for (; lists[list]; list++, container->index = 0) {
		const struct value *items =
			value_get(container->pod, lists[list]);

		container->list = lists[list];
		for (; container->index < value_count(items);
		     container->index++) {
			container->spec = value_item(items, container->index);
			if (value_is_map(container->spec)) {
				container->role = role_of(container);
				return;
			}
		}
	}
	container->spec = NULL;
}

void podspec_first(const struct podspec *pod, struct container_ref *container)
{
	memset(container, 0, sizeof(*container));
	container->object = pod->object;
	container->pod = pod->spec;
	container->path = pod->path;
	container->list = lists[0];
	settle(container);
}

void podspec_next(struct container_ref *container)
{
	container->index++;
	settle(container);
}

const char *container_name(const struct container_ref *container)
{
	static const char *const numbers[] = { "#1", "#2", "#3", "#4", "#5",
					       "#6", "#7", "#8", "#9" };
	size_t last = ARRAY_COUNT(numbers) - 1;
	const char *name =
		value_string_or(value_get(container->spec, "name"), "");

	if (*name)
		return name;
	return numbers[container->index < last ? container->index : last];
}
