#include "overlays/schema_crd.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "model/object.h"
#include "model/value.h"
#include "overlays/accumulator.h"
#include "overlays/node.h"
#include "overlays/run.h"

/* What was found among the objects of one accumulator so far. */
struct schema_crds {
	const struct accumulator *acc;
	size_t seen;
	struct table kinds; /* group, version, kind to a schema */
};

static const char *key_of(struct overlay_run *run, const char *group,
			  const char *version, const char *kind)
{
	const char *const parts[] = { group, version, kind };

	return overlay_join(run, parts, "\n\n");
}

static void add_crd(struct overlay_run *run, struct table *kinds,
		    const struct value *root)
{
	const struct value *spec = value_get(root, "spec");
	const struct value *versions = value_get(spec, "versions"), *version;
	const struct value *common =
		value_get(value_get(spec, "validation"), "openAPIV3Schema");
	const char *group = node_member(run->arena, spec, "group");
	const char *kind =
		node_member(run->arena, value_get(spec, "names"), "kind");

	list_foreach (version, versions) {
		const struct value *schema = value_get(
			value_get(version, "schema"), "openAPIV3Schema");

		if (!schema)
			schema = common;
		if (schema)
			table_puts(
				kinds,
				key_of(run, group,
				       node_member(run->arena, version, "name"),
				       kind),
				(void *)schema);
	}
}

/* Objects are only added behind those that were seen, or taken out. */
static const struct table *crds(struct overlay_run *run)
{
	struct schema_crds *crds = run->crds;
	const struct accumulator *acc = run->acc;

	if (!crds || crds->acc != acc) {
		crds = arena_zalloc(run->arena, sizeof(*crds));
		crds->acc = acc;
		table_init(&crds->kinds, run->arena);
		run->crds = crds;
	}
	for (; crds->seen < acc->objects.count; crds->seen++) {
		const struct object *object = acc->objects.items[crds->seen];

		if (strcmp(object->kind, "CustomResourceDefinition") == 0)
			add_crd(run, &crds->kinds, object->root);
	}
	return &crds->kinds;
}

const struct value *schema_crd_find(struct overlay_run *run, const char *group,
				    const char *version, const char *kind)
{
	if (!run->options->crd_merge_keys || !run->acc)
		return NULL;
	return table_gets(crds(run), key_of(run, group, version, kind));
}

enum schema_list schema_crd_list(struct overlay_run *run,
				 const struct value *node,
				 const char *keys[SCHEMA_KEYS], size_t *count)
{
	const char *type =
		node_member(run->arena, node, "x-kubernetes-list-type");
	const struct value *list =
		value_get(node, "x-kubernetes-list-map-keys");
	const struct value *item;

	*count = 0;
	if (strcmp(type, "set") == 0)
		return SCHEMA_PRIMITIVE;
	if (strcmp(type, "map") != 0 || value_count(list) > SCHEMA_KEYS)
		return SCHEMA_REPLACED;
	list_foreach (item, list)
		if (value_is_string(item))
			keys[(*count)++] = item->string;
	return *count ? SCHEMA_KEYED : SCHEMA_REPLACED;
}
