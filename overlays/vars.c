#include "overlays/vars.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/str.h"
#include "base/table.h"
#include "model/value.h"
#include "model/yaml_scalar.h"
#include "overlays/accumulator.h"
#include "overlays/extent.h"
#include "overlays/field_path.h"
#include "overlays/fieldspec.h"
#include "overlays/hint.h"
#include "overlays/layer.h"
#include "overlays/node.h"
#include "overlays/refusal.h"
#include "overlays/run.h"
#include "overlays/specs.h"

struct var {
	const char *name;
	const char *shown; /* as Go's %v prints it */
	const char *path;
	struct object *object; /* NULL: nothing matched */
	const struct value *config;
	const struct value *value; /* once resolved */
	bool used;
};

struct resolver_of_vars {
	struct overlay_run *run;
	struct table by_name;
};

static struct resource_id target_of(struct overlay_run *run,
				    const struct value *config)
{
	const struct value *ref = value_get(config, "objref");
	const char *api_version = node_member(run->arena, ref, "apiVersion");
	const char *slash = strchr(api_version, '/');
	struct resource_id id = {
		.group = node_member(run->arena, ref, "group"),
		.version = node_member(run->arena, ref, "version"),
		.kind = node_member(run->arena, ref, "kind"),
		.name = node_member(run->arena, ref, "name"),
		.name_space = node_member(run->arena, ref, "namespace"),
	};

	if (!*api_version)
		return id;
	id.group = "";
	id.version = api_version;
	if (slash) {
		id.group = arena_strndup(run->arena, api_version,
					 (size_t)(slash - api_version));
		id.version = slash + 1;
	}
	return id;
}

/* An empty namespace stands for any. */
static bool is_target(struct overlay_run *run, const struct object *object,
		      const struct resource_id *id)
{
	const char *key = resource_id_key(run, id);
	bool any = !*id->name_space &&
		   !scope_is_cluster(run, id->group, id->version, id->kind);
	size_t i;

	if (strcmp(object->group, id->group) != 0 ||
	    strcmp(object->version, id->version) != 0)
		return false;
	if (any ? strcmp(object->name, id->name) == 0 &&
			    strcmp(object->kind, id->kind) == 0
		: strcmp(resource_key(run, object), key) == 0)
		return true;
	for (i = 0; i < object->former_count; i++) {
		const struct object_former *former = &object->former[i];

		if (any ? strcmp(former->name, id->name) == 0 &&
				    strcmp(former->kind, id->kind) == 0
			: strcmp(resource_former_key(run, object, i), key) == 0)
			return true;
	}
	return false;
}

static bool find_target(struct overlay_run *run, struct accumulator *acc,
			struct var *var, const struct resource_id *id)
{
	const struct object_set *named = accumulator_named(acc, id->name);
	size_t count = 0, i;

	for (i = 0; named && i < named->objects.count; i++) {
		if (!is_target(run, named->objects.items[i], id))
			continue;
		count++;
		var->object = named->objects.items[i];
	}
	if (count < 2)
		return true;
	return overlay_fail(run, &var->config->origin,
			    overlay_text(run,
					 "found %zu resId matches for var %s "
					 "(unable to disambiguate)",
					 count, var->shown),
			    "several resources are what the var \"%s\" names",
			    var->name);
}

bool vars_add(struct overlay_run *run, struct accumulator *acc, struct var *var)
{
	size_t i;

	for (i = 0; i < acc->vars.count; i++)
		if (strcmp(acc->vars.items[i]->name, var->name) == 0)
			return overlay_fail(run, &var->config->origin,
					    overlay_text(run,
							 "var '%s' already "
							 "encountered",
							 var->name),
					    "there is a var \"%s\" already",
					    var->name);
	vec_push(run->arena, &acc->vars, var);
	return true;
}

bool vars_record(struct overlay_run *run, struct accumulator *acc)
{
	const struct value *list = value_get(run->layer->fields, "vars");
	const struct value *config;
	size_t first = acc->vars.count, i;

	list_foreach (config, list) {
		struct var *var = arena_zalloc(run->arena, sizeof(*var));
		const struct resource_id id = target_of(run, config);
		const char *path = node_member(
			run->arena, value_get(config, "fieldref"), "fieldPath");

		var->config = config;
		var->name = node_member(run->arena, config, "name");
		var->path = *path ? path : "metadata.name";
		var->shown = overlay_text(run, "{%s %s.%s.%s {%s}}", var->name,
					  *id.kind ? id.kind : "[noKind]",
					  *id.version ? id.version : "[noVer]",
					  *id.group ? id.group : "[noGrp]",
					  var->path);
		if (!find_target(run, acc, var, &id))
			return false;
		vec_push(run->arena, &acc->vars, var);
	}
	/* Equal names are refused only now: what matches is looked at first. */
	for (i = first; i < acc->vars.count; i++) {
		struct var *var = acc->vars.items[i];
		size_t count = acc->vars.count;
		bool fresh;

		acc->vars.count = i;
		fresh = vars_add(run, acc, var);
		acc->vars.count = count;
		if (!fresh)
			return false;
	}
	return true;
}

/* ports[0] is two parts. */
static struct path_parts split_path(struct overlay_run *run, const char *path)
{
	const struct path_parts whole = field_path_split(run, path);
	struct path_parts parts = { 0 };
	size_t i;

	for (i = 0; i < whole.count; i++) {
		const char *part = whole.items[i];
		const char *open = strchr(part, '[');
		size_t len = strlen(part);

		if (!open || open == part || part[len - 1] != ']') {
			vec_push(run->arena, &parts, part);
			continue;
		}
		vec_push(
			run->arena, &parts,
			arena_strndup(run->arena, part, (size_t)(open - part)));
		vec_push(run->arena, &parts,
			 arena_strndup(run->arena, open + 1,
				       (size_t)(part + len - 2 - open)));
	}
	return parts;
}

/*
 * A float as it is printed where it is put: without an exponent.  One that is
 * a whole number above those with a sign then is no float any more.
 */
static struct value *float_of(struct overlay_run *run,
			      const struct value *value, double real)
{
	struct value *made = value_new_float(run->arena, &value->origin, real);
	struct value probe = { .kind = VALUE_NULL };
	char text[NUMBER_ROOM];
	size_t len = number_format_float(text, real, 'f', -1);

	made->tag = VALUE_TAG_FLOAT;
	made->len = (uint32_t)len;
	made->text = arena_strndup(run->arena, text, len);
	yaml_resolve(YAML_KUSTOMIZE, text, len, &probe);
	if (probe.kind == VALUE_UINT) {
		made->kind = VALUE_STRING;
		made->string = made->text;
		made->segments = NULL;
	}
	return made;
}

/*
 * What kustomize makes of a value: whole numbers have ten digits for it, times
 * and nulls are taken as they are written.  NULL: it cannot.
 */
static const struct value *decoded(struct overlay_run *run,
				   const struct value *value)
{
	const char *text = node_text(run->arena, value);
	struct value *made;
	int64_t integer;
	double real;

	if (!node_is_scalar(value))
		return refusal_untrue(value) ? NULL : value;
	switch (node_tag(value)) {
	case VALUE_TAG_INT:
		if (refusal_untrue(value) ||
		    number_parse_int(text, strlen(text), 10, &integer) !=
			    NUMBER_OK)
			return NULL;
		made = value_new_int(run->arena, &value->origin, integer);
		made->tag = VALUE_TAG_INT;
		return made;
	case VALUE_TAG_FLOAT:
		if (refusal_untrue(value) ||
		    number_parse_float(text, strlen(text), &real) != NUMBER_OK)
			return NULL;
		return float_of(run, value, real);
	case VALUE_TAG_BOOL:
		if (refusal_untrue(value))
			return NULL;
		made = value_new_bool(run->arena, &value->origin,
				      strchr("tT", *text) != NULL);
		made->tag = VALUE_TAG_BOOL;
		return made;
	case VALUE_TAG_NONE:
	case VALUE_TAG_NULL:
	case VALUE_TAG_STR:
	case VALUE_TAG_BINARY:
	case VALUE_TAG_TIMESTAMP:
	case VALUE_TAG_MERGE:
	case VALUE_TAG_SEQ:
	case VALUE_TAG_MAP:
	case VALUE_TAG_CUSTOM:
		break;
	}
	return value;
}

static bool find_value(struct overlay_run *run, struct var *var)
{
	struct path_parts parts = split_path(run, var->path);
	const char *wrong;

	field_path_trim(run, &parts);
	while (var->object && resource_of(var->object)->successor)
		var->object = resource_of(var->object)->successor;
	if (var->object)
		var->value =
			field_path_find(run, var->object->root, &parts, &wrong);
	if (var->value)
		var->value = decoded(run, var->value);
	if (var->value)
		return true;
	return overlay_fail(
		run, &var->config->origin,
		overlay_text(run,
			     var->object ? "field specified in var '%s' not "
					   "found in corresponding resource"
					 : "var '%s' cannot be mapped to a "
					   "field in the set of known "
					   "resources",
			     var->shown),
		var->object ? "the resource of the var \"%s\" has no field %s"
			    : "there is no resource for the var \"%s\" (%s)",
		var->name, var->path);
}

/* As Go's %v prints it; null is the text that it is written as. */
static void put_value(struct overlay_run *run, struct str *out,
		      const struct value *value)
{
	char room[NUMBER_ROOM];

	if (value->kind == VALUE_INT)
		str_put(out, room, number_format_int(room, value->integer));
	else if (value->kind == VALUE_FLOAT)
		str_put(out, room,
			number_format_float(room, value->real, 'g', -1));
	else if (value->kind == VALUE_BOOL)
		str_puts(out, value->boolean ? "true" : "false");
	else
		str_puts(out, node_text(run->arena, value));
}

/* The name in "(name)"; NULL: there is none. */
static const char *name_at(struct overlay_run *run, const char *text)
{
	const char *end = *text == '(' ? strchr(text, ')') : NULL;

	return end ? arena_strndup(run->arena, text + 1,
				   (size_t)(end - text - 1))
		   : NULL;
}

/* NULL: it would be too long, which has been said. */
static const char *expanded(struct resolver_of_vars *resolver,
			    const struct origin *at, const char *text)
{
	struct overlay_run *run = resolver->run;
	const char *last = strrchr(text, ')');
	struct str out;

	str_init(&out, run->arena);
	while (*text) {
		size_t len = out.len;
		const char *name;
		struct var *var;

		if (*text != '$' || !text[1]) {
			str_putc(&out, *text++);
			continue;
		}
		name = last && text < last ? name_at(run, text + 1) : NULL;
		if (!name) {
			/* "$$" is one "$"; anything else stays. */
			str_putc(&out, '$');
			if (text[1] != '$')
				str_putc(&out, text[1]);
			text += 2;
			continue;
		}
		text += strlen(name) + 3;
		var = table_gets(&resolver->by_name, name);
		/* A list or a map is put nowhere. */
		if (!var || !node_is_scalar(var->value)) {
			str_printf(&out, "$(%s)", name);
			continue;
		}
		var->used = true;
		put_value(run, &out, var->value);
		if (!extent_allows_text(run, at, out.len - len))
			return NULL;
	}
	return str_text(&out);
}

/* Text that is nothing but one var takes its type, too. */
static struct var *whole_var(struct resolver_of_vars *resolver,
			     const char *text)
{
	const char *name =
		*text == '$' ? name_at(resolver->run, text + 1) : NULL;

	if (!name || text[strlen(name) + 3])
		return NULL;
	return table_gets(&resolver->by_name, name);
}

static bool replace(struct resolver_of_vars *resolver, struct value **slot)
{
	struct overlay_run *run = resolver->run;
	const struct value *old = *slot;
	const char *text = old->string;
	struct var *var = whole_var(resolver, text);
	const char *next;
	struct value *value;

	if (var && node_is_scalar(var->value) &&
	    var->value->kind != VALUE_NULL) {
		var->used = true;
		value = value_copy(run->arena, var->value);
		if (value->kind == VALUE_STRING &&
		    value->tag != VALUE_TAG_FLOAT)
			value->tag = VALUE_TAG_STR;
		value->flags &= (uint8_t) ~(VALUE_FLAG_EXPLICIT_TAG |
					    VALUE_FLAG_TAG_OF_TEXT);
		value->style = VALUE_STYLE_PLAIN;
		*slot = value_replace(run->arena, old, value);
		return true;
	}
	next = expanded(resolver, &old->origin, text);
	if (!next)
		return false;
	if (strcmp(next, text) == 0) {
		/* It is written all the same, and loses its quotes. */
		(*slot)->style = VALUE_STYLE_PLAIN;
		(*slot)->tag = VALUE_TAG_STR;
		return true;
	}
	*slot = value_replace(run->arena, old,
			      node_scalar(run->arena, &old->origin, next,
					  strlen(next), NODE_STRING));
	return true;
}

static bool is_text(const struct value *value)
{
	return value_is_string(value) &&
	       (value->tag == VALUE_TAG_STR || value->tag == VALUE_TAG_NONE);
}

static bool expand(struct overlay_run *run, struct object *object,
		   struct value **slot, void *context)
{
	struct value_entry *entry;
	uint32_t i;

	(void)object;
	if (is_text(*slot) && !replace(context, slot))
		return false;
	value_foreach (entry, *slot)
		if (is_text(entry->value) && !replace(context, &entry->value))
			return false;
	for (i = 0; i < (value_is_list(*slot) ? (*slot)->list->count : 0);
	     i++) {
		struct value **item = &(*slot)->list->items[i];

		if (!is_text(*item))
			return overlay_fail(run, &(*item)->origin,
					    "invalid value type expect a "
					    "string",
					    "vars are replaced in lists of "
					    "strings only");
		if (!replace(context, item))
			return false;
	}
	return true;
}

static void warn_unused(struct overlay_run *run, const struct accumulator *acc)
{
	struct str names;
	size_t i, unused = 0;

	str_init(&names, run->arena);
	for (i = 0; i < acc->vars.count; i++) {
		const struct var *var = acc->vars.items[i];

		if (var->used) {
			fact_add(run->facts, FACT_MATCHED, &var->config->origin,
				 "%s", "");
			continue;
		}
		str_printf(&names, "%s%s", unused++ ? "," : "", var->name);
		fact_add(run->facts, FACT_TRANSFORM_MATCHES_NOTHING,
			 &var->config->origin, "the var \"%s\" is used nowhere",
			 var->name);
	}
	if (unused)
		overlay_warn(run,
			     "well-defined vars that were never replaced: "
			     "%s",
			     str_text(&names));
}

static void hint_target(struct overlay_run *run, struct accumulator *acc,
			const struct var *var)
{
	const struct value *target = value_get(var->config, "objref");

	if (!var->object)
		hint_error(run,
			   hint_for(acc,
				    node_member(run->arena, target, "kind"),
				    node_member(run->arena, target, "name")));
}

bool vars_resolve(struct overlay_run *run, struct accumulator *acc)
{
	struct resolver_of_vars resolver = { .run = run };
	const struct fieldspec_action action = { expand, &resolver, VALUE_NULL,
						 NULL };
	const struct fieldspecs *fields;
	struct object *object;
	bool done = true;
	size_t i;

	if (!acc->vars.count)
		return true;
	table_init(&resolver.by_name, run->arena);
	for (i = 0; i < acc->vars.count; i++) {
		if (!find_value(run, acc->vars.items[i])) {
			hint_target(run, acc, acc->vars.items[i]);
			return false;
		}
		table_puts(&resolver.by_name, acc->vars.items[i]->name,
			   acc->vars.items[i]);
	}
	fields = specs_table(run, acc->specs, SPECS_VAR_REFERENCE);
	accumulator_foreach(object, acc)
	{
		done = fieldspecs_apply(run, object, fields, &action);
		if (!done)
			break;
	}
	/* Also where the rest is not looked at any more. */
	warn_unused(run, acc);
	return done;
}
