#include "overlays/crds.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "overlays/accumulator.h"
#include "overlays/decode.h"
#include "overlays/fieldspec.h"
#include "overlays/layer.h"
#include "overlays/load.h"
#include "overlays/node.h"
#include "overlays/run.h"
#include "overlays/specs.h"

enum {
	DEPTH_MAX = 64 /* of types within types */
};

struct crd_walk {
	struct overlay_run *run;
	struct specs *specs;
	const struct value *types;
	const char *kind;
	int depth;
	const char *stack[DEPTH_MAX]; /* types on the way: no loops */
};

static bool fail(struct overlay_run *run, const struct value *entry,
		 const char *why)
{
	const char *name = value_string_or(entry, "");

	return overlay_fail(run, &entry->origin,
			    overlay_text(run,
					 "unable to parse open API definition "
					 "from '%s': %s",
					 name, why),
			    "\"%s\" holds no OpenAPI definitions by type name",
			    name);
}

static const struct fieldspec *spec_of(const struct crd_walk *walk,
				       const char *path)
{
	struct fieldspec *spec = fieldspec_new(walk->run, path);

	spec->kind = walk->kind;
	return spec;
}

static bool add(const struct crd_walk *walk, enum specs_table table,
		const char *path)
{
	return specs_add(walk->run, walk->specs, table, spec_of(walk, path));
}

/* An extension counts if it is a text; NULL: it does not. */
static const char *extension(const struct value *property, const char *name)
{
	const struct value *value = value_get(property, name);

	return value && value->kind == VALUE_STRING ? value_string(value)
						    : NULL;
}

/*
 * x-kubernetes-object-ref-*: the property names an object.  Kustomize takes
 * all of "apps/v1" for a version, which nothing has.
 */
static bool add_reference(const struct crd_walk *walk,
			  const struct value *property, const char *path)
{
	const char *version =
		extension(property, "x-kubernetes-object-ref-api-version");
	const char *kind = extension(property, "x-kubernetes-object-ref-kind");
	const char *key =
		extension(property, "x-kubernetes-object-ref-name-key");
	const struct name_target target = { .group = "",
					    .version = version,
					    .kind = kind };

	if (!kind || !version)
		return true;
	return specs_add_referrer(
		walk->run, walk->specs, &target,
		spec_of(walk, overlay_text(walk->run, "%s/%s", path,
					   key ? key : "name")));
}

static bool add_property(const struct crd_walk *walk,
			 const struct value *property, const char *path)
{
	if (extension(property, "x-kubernetes-annotation") &&
	    !add(walk, SPECS_COMMON_ANNOTATIONS, path))
		return false;
	if (extension(property, "x-kubernetes-label-selector") &&
	    !add(walk, SPECS_COMMON_LABELS, path))
		return false;
	if (extension(property, "x-kubernetes-identity") &&
	    !add(walk, SPECS_NAME_PREFIX, path))
		return false;
	return add_reference(walk, property, path);
}

static const struct value *schema_of(const struct value *type)
{
	const struct value *schema = value_get(type, "Schema");

	return schema ? schema : value_get(type, "schema");
}

static bool walk_type(struct crd_walk *walk, const char *name, const char *path)
{
	const struct value *schema = schema_of(value_get(walk->types, name));
	const struct value *properties = value_get(schema, "properties");
	const struct value_entry *entry;
	int i;

	for (i = 0; i < walk->depth; i++)
		if (strcmp(walk->stack[i], name) == 0)
			return true;
	if (walk->depth == DEPTH_MAX)
		return true;
	walk->stack[walk->depth++] = name;
	value_foreach (entry, properties) {
		const char *own = *path ? overlay_text(walk->run, "%s/%s", path,
						       entry->key)
					: entry->key;
		const char *reference =
			node_member(walk->run->arena, entry->value, "$ref");

		if (!add_property(walk, entry->value, own))
			return false;
		if (*reference && !walk_type(walk, reference, own))
			return false;
	}
	walk->depth--;
	return true;
}

static bool is_kind(const struct value *type)
{
	const struct value *properties =
		value_get(schema_of(type), "properties");

	return value_get(properties, "kind") &&
	       value_get(properties, "apiVersion") &&
	       value_get(properties, "metadata");
}

static bool walk_types(struct overlay_run *run, struct specs *specs,
		       const struct value *types)
{
	const struct value_entry *entry;

	value_foreach (entry, types) {
		const char *dot = strrchr(entry->key, '.');
		struct crd_walk walk = {
			.run = run,
			.specs = specs,
			.types = types,
			.kind = dot ? dot + 1 : entry->key,
		};

		if (is_kind(entry->value) && !walk_type(&walk, entry->key, ""))
			return false;
	}
	return true;
}

/* Kustomize takes a text that begins with a brace for JSON. */
static bool misfit(struct overlay_run *run, const struct value *entry,
		   const struct value *value, const char *into)
{
	const struct source *source = origin_source(&value->origin);
	bool json = source && source->len && *source->text == '{';

	return fail(run, entry,
		    overlay_text(run, "%sjson: cannot unmarshal %s into Go %s",
				 json ? ""
				      : "error unmarshaling JSON: while "
					"decoding JSON: ",
				 json_type_name(value), into));
}

static bool is_map(const struct value *value)
{
	return !value || value_is_null(value) || value_is_map(value);
}

static bool check_schema(struct overlay_run *run, const struct value *entry,
			 const struct value *schema)
{
	const struct value *properties = value_get(schema, "properties");
	const struct value_entry *property;

	if (!is_map(schema))
		return misfit(run, entry, schema, "struct spec.Schema");
	if (!is_map(properties))
		return misfit(run, entry, properties,
			      "map[string]spec.Schema within \"/properties\"");
	value_foreach (property, properties)
		if (!is_map(property->value))
			return misfit(run, entry, property->value,
				      "struct spec.Schema within "
				      "\"/properties\"");
	return true;
}

/* A manifest of a CRD is not what is wanted here. */
static bool check_types(struct overlay_run *run, const struct value *entry,
			const struct value *types)
{
	const struct value_entry *type;

	if (!is_map(types))
		return misfit(run, entry, types,
			      "value of type accumulator.nameToApiMap");
	value_foreach (type, types) {
		if (!is_map(type->value))
			return misfit(run, entry, type->value,
				      "value of type "
				      "accumulator.OpenAPIDefinition");
		if (!check_schema(run, entry, schema_of(type->value)))
			return false;
	}
	return true;
}

static bool add_file(struct overlay_run *run, struct specs *specs,
		     const struct value *entry)
{
	const struct yaml_options options = { .dialect = YAML_HELM,
					      .limits = run->options->limits };
	struct yaml_problem problem = { 0 };
	const struct value *types;
	struct source *source;

	if (!load_file(run, value_string_or(entry, ""), &entry->origin,
		       SOURCE_KUSTOMIZATION, &source))
		return false;
	types = yaml_read(run->arena, source, 0, source->len, &options,
			  &problem);
	if (!types)
		return fail(
			run, entry,
			overlay_text(run, "error converting YAML to JSON: %s",
				     yaml_problem_go(run->arena, &problem)));
	return check_types(run, entry, types) && walk_types(run, specs, types);
}

bool crds_add(struct overlay_run *run, struct accumulator *acc)
{
	const struct value *list = value_get(run->layer->fields, "crds");
	struct specs *specs = specs_new(run);
	const struct value *entry;
	struct str names;

	if (!value_count(list))
		return true;
	str_init(&names, run->arena);
	list_foreach (entry, list)
		str_printf(&names, "%s%s", entry_at ? " " : "",
			   value_string_or(entry, ""));
	native_push(run,
		    overlay_text(run, "loading CRDs [%s]: ", str_text(&names)),
		    "");
	list_foreach (entry, list)
		if (!add_file(run, specs, entry))
			return false;
	native_pop(run);
	return specs_merge(run, acc->specs, specs);
}
