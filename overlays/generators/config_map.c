/*
 * configMapGenerator: a ConfigMap from literals, files and env files.
 */
#include <string.h>

#include "base/utf8.h"
#include "overlays/generate.h"
#include "overlays/node.h"
#include "overlays/pairs_source.h"
#include "overlays/resource.h"
#include "overlays/run.h"

/* What is no UTF-8 cannot stand under data. */
static bool add(struct overlay_run *run, const struct value *args,
		struct value *root, const struct source_pair *pair)
{
	bool text = utf8_valid(pair->text, pair->len);
	struct value *map = node_member_map(
		run->arena, root, text ? "data" : "binaryData", &pair->origin);
	struct value *value;

	if (value_get(value_get(root, "data"), pair->key) ||
	    value_get(value_get(root, "binaryData"), pair->key))
		return source_repeats(run, args, pair);
	if (text)
		value = node_scalar(run->arena, &pair->origin, pair->text,
				    pair->len, NODE_STRING);
	else
		value = source_base64(run, pair);
	node_set_text(run->arena, map, pair->key, value);
	return true;
}

static bool generate(struct overlay_run *run, const struct value *args,
		     struct stream_objects *objects)
{
	struct source_pairs pairs = { 0 };
	struct object *object = source_object(run, "ConfigMap", args);
	size_t i;

	if (!object || !source_pairs_load(run, args, &pairs))
		return false;
	for (i = 0; i < pairs.count; i++)
		if (!add(run, args, object->root, &pairs.items[i]))
			return false;
	source_finish(run, args, object);
	vec_push(run->arena, objects, object);
	return true;
}

const struct generator generator_config_map = {
	.field = "configMapGenerator",
	.kind = "ConfigMapGenerator",
	.summary = "Make a ConfigMap from literals, files and env files.",
	.generate = generate,
};
