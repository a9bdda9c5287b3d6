#include "compiler/schema_file.h"

#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "model/json.h"
#include "model/value.h"
#include "model/value_path.h"
#include "model/yaml_read.h"
#include "model/yaml_split.h"

bool schema_file_has_name(const char *path)
{
	static const char *const ends[] = { ".json", ".jsonl", ".yaml", ".yml",
					    NULL };
	size_t i, len = strlen(path);

	for (i = 0; ends[i]; i++)
		if (len > strlen(ends[i]) &&
		    strcmp(path + len - strlen(ends[i]), ends[i]) == 0)
			return true;
	return false;
}

bool schema_file_may_define(const struct source *file)
{
	return strstr(file->text, "CustomResourceDefinition") != NULL;
}

static void add(struct arena *arena, struct run_values *definitions,
		struct value *root)
{
	const char *api = value_string_or(value_get(root, "apiVersion"), "");
	struct value *item;

	if (value_equals_string(value_get(root, "kind"),
				"CustomResourceDefinition") &&
	    strncmp(api, "apiextensions.k8s.io/", 21) == 0)
		vec_push(arena, definitions, root);
	list_foreach (item, value_get(root, "items"))
		add(arena, definitions, item);
}

static bool read_yaml(struct arena *arena, const struct source *file,
		      const struct limits *limits, struct diag_sink *diags,
		      struct run_values *definitions)
{
	const struct yaml_options options = { .dialect = YAML_HELM,
					      .limits = limits,
					      .json_numbers = true };
	struct yaml_documents documents = { 0 };
	struct yaml_problem problem;
	struct value *root;
	uint32_t bad;
	size_t i;

	yaml_split(arena, file, YAML_SPLIT_PLAIN, &documents, &bad);
	for (i = 0; i < documents.count; i++) {
		root = yaml_read(arena, file, documents.items[i].begin,
				 documents.items[i].end, &options, &problem);
		if (!root)
			return yaml_problem_report(diags, file, &problem);
		add(arena, definitions, root);
	}
	return true;
}

/* Our own form: a definition a line. */
static bool read_lines(struct arena *arena, const struct source *file,
		       struct diag_sink *diags, struct run_values *definitions)
{
	struct json_problem problem;
	struct value *root;
	size_t begin = 0;

	while (begin < file->len) {
		const char *feed =
			memchr(file->text + begin, '\n', file->len - begin);
		size_t end = feed ? (size_t)(feed - file->text) : file->len;
		struct origin at;

		if (end > begin) {
			root = json_read(arena, file, begin, end, true,
					 &problem);
			at = origin_at(file, (uint32_t)problem.offset,
				       (uint32_t)problem.offset);
			if (!root)
				return diag_error(diags, &at, "%s",
						  problem.text);
			add(arena, definitions, root);
		}
		begin = end + 1;
	}
	return true;
}

bool schema_file_read(struct arena *arena, const struct source *file,
		      const struct limits *limits, struct diag_sink *diags,
		      struct run_values *definitions)
{
	size_t len = strlen(file->name);

	if (len > 6 && strcmp(file->name + len - 6, ".jsonl") == 0)
		return read_lines(arena, file, diags, definitions);
	return read_yaml(arena, file, limits, diags, definitions);
}

/* What checks of objects ask of a schema. */
static const char *const kept[] = { "default",
				    "enum",
				    "exclusiveMaximum",
				    "exclusiveMinimum",
				    "format",
				    "maxItems",
				    "maxLength",
				    "maxProperties",
				    "maximum",
				    "minItems",
				    "minLength",
				    "minProperties",
				    "minimum",
				    "multipleOf",
				    "nullable",
				    "pattern",
				    "required",
				    "type",
				    "uniqueItems",
				    "x-kubernetes-embedded-resource",
				    "x-kubernetes-int-or-string",
				    "x-kubernetes-list-map-keys",
				    "x-kubernetes-list-type",
				    "x-kubernetes-map-type",
				    "x-kubernetes-preserve-unknown-fields",
				    "x-kubernetes-validations",
				    NULL };

static void copy_keys(struct arena *arena, struct value *to,
		      const struct value *from, const char *const *keys)
{
	for (; *keys; keys++) {
		struct value *value = value_get(from, *keys);

		if (value)
			value_set(arena, to, *keys, value);
	}
}

static struct value *shorten(struct arena *arena, struct value *schema);

/* A list or a map of schemas. */
static struct value *shorten_all(struct arena *arena, struct value *all)
{
	const struct value_entry *entry;
	struct value *copy, *item;

	if (value_is_list(all)) {
		copy = value_new_list(arena, NULL);
		list_foreach (item, all)
			value_append(arena, copy, shorten(arena, item));
		return copy;
	}
	copy = value_new_map(arena, NULL);
	value_foreach (entry, all)
		value_set(arena, copy, entry->key,
			  shorten(arena, entry->value));
	return copy;
}

static struct value *shorten(struct arena *arena, struct value *schema)
{
	static const char *const one[] = { "additionalProperties", "items",
					   "not", NULL };
	static const char *const many[] = { "allOf", "anyOf", "oneOf",
					    "properties", NULL };
	const char *const *key;
	struct value *copy, *inner;

	if (!value_is_map(schema))
		return schema;
	copy = value_new_map(arena, NULL);
	copy_keys(arena, copy, schema, kept);
	for (key = one; *key; key++)
		if ((inner = value_get(schema, *key)))
			value_set(arena, copy, *key, shorten(arena, inner));
	for (key = many; *key; key++)
		if ((inner = value_get(schema, *key)))
			value_set(arena, copy, *key, shorten_all(arena, inner));
	return copy;
}

/* What controllers write is not checked, so that it need not be known. */
static void drop_status(struct arena *arena, struct value *schema)
{
	struct value *fields = value_get(schema, "properties");
	struct value *any;

	if (!value_get(fields, "status"))
		return;
	any = value_new_map(arena, NULL);
	value_set(arena, any, "type", value_new_cstring(arena, NULL, "object"));
	value_set(arena, any, "x-kubernetes-preserve-unknown-fields",
		  value_new_bool(arena, NULL, true));
	value_set(arena, fields, "status", any);
}

static struct value *shorten_version(struct arena *arena,
				     const struct value *spec,
				     const struct value *version)
{
	static const char *const keys[] = { "deprecated", "deprecationWarning",
					    "name",       "served",
					    "storage",    "subresources",
					    NULL };
	struct value *copy = value_new_map(arena, NULL);
	struct value *own = value_at(version, "schema.openAPIV3Schema");
	struct value *holder;

	copy_keys(arena, copy, version, keys);
	if (!own)
		own = value_at(spec, "validation.openAPIV3Schema");
	if (!own)
		return copy;
	own = shorten(arena, own);
	drop_status(arena, own);
	holder = value_new_map(arena, NULL);
	value_set(arena, holder, "openAPIV3Schema", own);
	value_set(arena, copy, "schema", holder);
	return copy;
}

/* v1beta1 may have one version without a list. */
static struct value *shorten_versions(struct arena *arena,
				      const struct value *spec)
{
	struct value *list = value_new_list(arena, NULL);
	struct value *only = value_get(spec, "version");
	const struct value *item;
	struct value *version;

	list_foreach (item, value_get(spec, "versions"))
		value_append(arena, list, shorten_version(arena, spec, item));
	if (value_count(list) || !value_is_string(only))
		return list;
	version = shorten_version(arena, spec, NULL);
	value_set(arena, version, "name", only);
	value_set(arena, version, "served", value_new_bool(arena, NULL, true));
	value_set(arena, version, "storage", value_new_bool(arena, NULL, true));
	value_append(arena, list, version);
	return list;
}

void schema_file_write(struct arena *arena, struct str *out,
		       const struct value *definition)
{
	static const char *const spec_keys[] = { "group",
						 "preserveUnknownFields",
						 "scope", NULL };
	static const char *const name_keys[] = { "kind", "plural", NULL };
	static const char *const top_keys[] = { "apiVersion", "kind", NULL };
	const struct value *spec = value_get(definition, "spec");
	struct value *root = value_new_map(arena, NULL);
	struct value *metadata = value_new_map(arena, NULL);
	struct value *names = value_new_map(arena, NULL);
	struct value *copy = value_new_map(arena, NULL);
	struct value *name = value_at(definition, "metadata.name");
	const char *error;

	copy_keys(arena, root, definition, top_keys);
	if (name)
		value_set(arena, metadata, "name", name);
	value_set(arena, root, "metadata", metadata);
	copy_keys(arena, copy, spec, spec_keys);
	copy_keys(arena, names, value_get(spec, "names"), name_keys);
	value_set(arena, copy, "names", names);
	value_set(arena, copy, "versions", shorten_versions(arena, spec));
	value_set(arena, root, "spec", copy);
	if (json_write(out, root, NULL, NULL, &error))
		str_putc(out, '\n');
}
