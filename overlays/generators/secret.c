/*
 * secretGenerator: a Secret from literals, files and env files.
 */
#include <string.h>

#include "model/value.h"
#include "overlays/generate.h"
#include "overlays/node.h"
#include "overlays/pairs_source.h"
#include "overlays/resource.h"
#include "overlays/run.h"

static bool generate(struct overlay_run *run, const struct value *args,
		     struct stream_objects *objects)
{
	struct source_pairs pairs = { 0 };
	struct object *object = source_object(run, "Secret", args);
	const struct value *wanted = value_get(args, "type");
	const char *type = node_member(run->arena, args, "type");
	size_t len = value_is_string(wanted) ? wanted->len : strlen(type);
	struct value *data;
	size_t i;

	if (!object || !source_pairs_load(run, args, &pairs))
		return false;
	if (!len) {
		type = "Opaque";
		len = strlen(type);
	}
	node_set_text(
		run->arena, object->root, "type",
		node_scalar(run->arena, &args->origin, type, len, NODE_STRING));
	data = node_member_map(run->arena, object->root, "data", &args->origin);
	for (i = 0; i < pairs.count; i++) {
		const struct source_pair *pair = &pairs.items[i];
		struct value *value;

		if (value_get(data, pair->key))
			return source_repeats(run, args, pair);
		value = source_base64(run, pair);
		value->flags |= VALUE_FLAG_SECRET;
		node_set_text(run->arena, data, pair->key, value);
	}
	source_finish(run, args, object);
	vec_push(run->arena, objects, object);
	return true;
}

const struct generator generator_secret = {
	.field = "secretGenerator",
	.kind = "SecretGenerator",
	.summary = "Make a Secret from literals, files and env files.",
	.generate = generate,
};
