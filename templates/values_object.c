#include "templates/values_object.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "templates/func.h"
#include "templates/object.h"
#include "templates/values.h"

/* The same map without methods. */
static const struct value *fn_as_map(struct call *call)
{
	struct value *map = value_copy(call->arena, call->receiver);

	map->type = VALUE_TYPE_PLAIN;
	map->class = NULL;
	return map;
}

/* Helm names the part of the path where it stopped. */
static const struct value *fn_table(struct call *call)
{
	const char *path = call_string(call, 0);
	const struct value *at = call->receiver;
	struct value *table;

	for (;;) {
		size_t len = strcspn(path, ".");

		at = value_getn(at, path, len);
		if (!value_is_map(at))
			return call_fail(call, "\"%.*s\" is not a table",
					 (int)len, path);
		if (!path[len])
			break;
		path += len + 1;
	}
	table = value_copy(call->arena, at);
	table->type = VALUE_TYPE_NAMED;
	table->class = call->receiver->class;
	return table;
}

static const struct value *fn_path_value(struct call *call)
{
	const char *path = call_string(call, 0);
	const struct value *found = values_path(call->receiver, path);
	const char *last = strrchr(path, '.');

	if (!*path)
		return call_fail(call, "YAML path cannot be empty");
	if (!found || value_is_map(found))
		return call_fail(call, "\"%s\" is not a value",
				 last ? last + 1 : path);
	return found;
}

static const struct value *fn_yaml(struct call *call)
{
	const struct mark_context marks = { call->frame, call->begin };
	const char *error = "";
	struct str out;

	call_str(call, &out);
	if (!yaml_emit(&out, call->receiver, YAML_FORM_HELM, &marks, &error))
		return call_fail(call, "%s", error);
	return call_give_str(call, &out);
}

/* It wants a writer, and no template has one. */
static const struct value *fn_encode(struct call *call)
{
	return call_fail(call, "wrong type for value; expected io.Writer");
}

static const struct func methods[] = {
	{ .name = "AsMap",
	  .run = fn_as_map,
	  .usage = "AsMap",
	  .help = "The map without its methods." },
	{ .name = "Encode",
	  .takes = { ARG_OPAQUE },
	  .run = fn_encode,
	  .usage = "Encode WRITER",
	  .help = "Of no use in templates." },
	{ .name = "PathValue",
	  .takes = { ARG_STRING },
	  .run = fn_path_value,
	  .usage = "PathValue PATH",
	  .help = "What stands at a path with dots; an error if nothing "
		  "does." },
	{ .name = "Table",
	  .takes = { ARG_STRING },
	  .run = fn_table,
	  .usage = "Table PATH",
	  .help = "The map at a path with dots; an error if there is none." },
	{ .name = "YAML",
	  .run = fn_yaml,
	  .usage = "YAML",
	  .help = "The map as YAML." },
	{ .name = NULL }
};

/* Indexed by dialect. */
static const struct object_class classes[] = {
	{ .model = { .go_type = "chartutil.Values" },
	  .kind = "map",
	  .methods = methods },
	{ .model = { .go_type = "common.Values" },
	  .kind = "map",
	  .methods = methods },
};

struct value *values_object(struct arena *arena, const struct value *map,
			    enum chart_dialect dialect)
{
	struct value *object = value_copy(arena, map);

	object->type = VALUE_TYPE_NAMED;
	object->class = &classes[dialect].model;
	return object;
}
