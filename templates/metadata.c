#include "templates/metadata.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/number.h"
#include "base/source.h"
#include "base/str.h"
#include "base/table.h"
#include "base/utf8.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "templates/semver.h"

const struct metadata_row metadata_rows[] = {
#define FIELD(json, go, type) { #json, #go, METADATA_TYPE_##type },
	METADATA_FIELDS(FIELD)
#undef FIELD
		{ NULL, NULL, METADATA_TYPE_STRING }
};

const struct metadata_row maintainer_rows[] = {
	{ "name", "Name", METADATA_TYPE_STRING },
	{ "email", "Email", METADATA_TYPE_STRING },
	{ "url", "URL", METADATA_TYPE_STRING },
	{ NULL, NULL, METADATA_TYPE_STRING }
};

const struct metadata_row dependency_rows[] = {
	{ "name", "Name", METADATA_TYPE_STRING },
	{ "version", "Version", METADATA_TYPE_STRING },
	{ "repository", "Repository", METADATA_TYPE_STRING },
	{ "condition", "Condition", METADATA_TYPE_STRING },
	{ "tags", "Tags", METADATA_TYPE_STRINGS },
	{ "enabled", "Enabled", METADATA_TYPE_BOOL },
	{ "import-values", "ImportValues", METADATA_TYPE_ANY_LIST },
	{ "alias", "Alias", METADATA_TYPE_STRING },
	{ NULL, NULL, METADATA_TYPE_STRING }
};

struct decoder {
	struct arena *arena;
	struct diag_sink *diags;
	const char *prefix;
	const char *package;
	bool failed; /* the first wrong type is the one Go reports */
};

static struct value *wrong_type(struct decoder *decoder,
				const struct value *value, const char *path,
				const char *wants)
{
	if (!decoder->failed) {
		diag_error(decoder->diags, &value->origin,
			   "%s is %s; %s is needed", strchr(path, '.') + 1,
			   json_type_name(value), wants);
		diag_native(decoder->diags,
			    "%serror unmarshaling JSON: while decoding JSON: "
			    "json: cannot unmarshal %s into Go struct field %s "
			    "of type %s",
			    decoder->prefix, json_type_name(value), path,
			    wants);
	}
	decoder->failed = true;
	return NULL;
}

/* Where text is wanted numbers and booleans are taken as Go prints them. */
static struct value *decode_string(struct decoder *decoder, struct value *value,
				   const char *path)
{
	char text[NUMBER_ROOM];
	size_t len = 0;

	switch ((enum value_kind)value->kind) {
	case VALUE_STRING:
		return value;
	case VALUE_BOOL:
		return value_new_string(decoder->arena, &value->origin,
					value->boolean ? "true" : "false",
					value->boolean ? 4 : 5);
	case VALUE_INT:
		len = number_format_int(text, value->integer);
		break;
	case VALUE_UINT:
		len = number_format_uint(text, value->natural);
		break;
	case VALUE_FLOAT:
		len = number_format_float(text, value->real, 'g', -1);
		break;
	case VALUE_NULL:
	case VALUE_BYTES:
	case VALUE_LIST:
	case VALUE_MAP:
	case VALUE_OPAQUE:
		return wrong_type(decoder, value, path, "string");
	}
	return value_new_string(decoder->arena, &value->origin, text, len);
}

static struct value *decode_strings(struct decoder *decoder,
				    struct value *value, const char *path)
{
	struct value *list;
	uint32_t i;

	if (!value_is_list(value))
		return wrong_type(decoder, value, path, "[]string");
	list = value_new_list(decoder->arena, &value->origin);
	list->type = VALUE_TYPE_STRINGS;
	for (i = 0; i < value->list->count; i++) {
		struct value *item = value->list->items[i];

		item = value_is_null(item)
			       ? value_new_cstring(decoder->arena,
						   &value->origin, "")
			       : decode_string(decoder, item, path);
		if (!item)
			return NULL;
		value_append(decoder->arena, list, item);
	}
	return list;
}

static struct value *decode_string_map(struct decoder *decoder,
				       struct value *value, const char *path)
{
	struct value_entry *entry;
	struct value *map;

	if (!value_is_map(value))
		return wrong_type(decoder, value, path, "map[string]string");
	map = value_new_map(decoder->arena, &value->origin);
	map->type = VALUE_TYPE_STRINGS;
	value_foreach (entry, value) {
		struct value *text = entry->value;

		text = value_is_null(text)
			       ? value_new_cstring(decoder->arena,
						   &entry->origin, "")
			       : decode_string(decoder, text, path);
		if (!text)
			return NULL;
		value_setn(decoder->arena, map, entry->key, entry->len,
			   &entry->origin, text);
	}
	return map;
}

static struct value *decode(struct decoder *decoder, struct value *value,
			    enum metadata_type type, const char *path);

static const char *struct_name(const struct metadata_row *rows)
{
	return rows == maintainer_rows   ? "Maintainer"
	       : rows == dependency_rows ? "Dependency"
					 : "Metadata";
}

/* The type of Go that the rows are, in its errors. */
static const char *go_name(const struct decoder *decoder, const char *of,
			   const struct metadata_row *rows)
{
	return arena_printf(decoder->arena, "%s%s.%s", of, decoder->package,
			    struct_name(rows));
}

/* Keys of JSON match without regard to case; the last one wins. */
static struct value *decode_struct(struct decoder *decoder, struct value *value,
				   const struct metadata_row *rows,
				   const char *path)
{
	struct value *map = value_new_map(decoder->arena, &value->origin);
	const struct metadata_row *row;
	struct value_entry *entry;

	if (!value_is_map(value))
		return wrong_type(decoder, value, path,
				  go_name(decoder, "", rows));
	value_foreach (entry, value) {
		struct value *field;
		const char *name;

		for (row = rows; row->json; row++)
			if (strcasecmp(row->json, entry->key) == 0)
				break;
		if (!row->json || value_is_null(entry->value))
			continue;
		/* Go names the innermost struct and all keys. */
		name = arena_printf(decoder->arena, "%s%s.%s",
				    struct_name(rows), strchr(path, '.'),
				    row->json);
		field = decode(decoder, entry->value, row->type, name);
		if (field)
			value_setn(decoder->arena, map, row->json,
				   strlen(row->json), &entry->origin, field);
	}
	return map;
}

/* A null item stays null: the check complains about it later. */
static struct value *decode_structs(struct decoder *decoder,
				    struct value *value,
				    const struct metadata_row *rows,
				    const char *path)
{
	struct value *list;
	uint32_t i;

	if (!value_is_list(value))
		return wrong_type(decoder, value, path,
				  go_name(decoder, "[]*", rows));
	list = value_new_list(decoder->arena, &value->origin);
	for (i = 0; i < value->list->count; i++) {
		struct value *item = value->list->items[i];

		if (!value_is_null(item))
			item = decode_struct(decoder, item, rows, path);
		if (!item)
			return NULL;
		value_append(decoder->arena, list, item);
	}
	return list;
}

static struct value *decode(struct decoder *decoder, struct value *value,
			    enum metadata_type type, const char *path)
{
	switch (type) {
	case METADATA_TYPE_STRING:
		return decode_string(decoder, value, path);
	case METADATA_TYPE_BOOL:
		if (!value_is_bool(value))
			return wrong_type(decoder, value, path, "bool");
		return value;
	case METADATA_TYPE_STRINGS:
		return decode_strings(decoder, value, path);
	case METADATA_TYPE_STRING_MAP:
		return decode_string_map(decoder, value, path);
	case METADATA_TYPE_MAINTAINERS:
		return decode_structs(decoder, value, maintainer_rows, path);
	case METADATA_TYPE_DEPENDENCIES:
		return decode_structs(decoder, value, dependency_rows, path);
	case METADATA_TYPE_ANY_LIST:
		break;
	}
	if (!value_is_list(value))
		return wrong_type(decoder, value, path, "[]interface {}");
	return value;
}

static const char *text_of_field(const struct value *entry, const char *name)
{
	return value_string_or(value_get(entry, name), "");
}

static void take_dependencies(struct arena *arena, struct metadata *metadata)
{
	const struct value *list = metadata->fields[METADATA_Dependencies];
	const struct value *item;

	memset(&metadata->dependencies, 0, sizeof(metadata->dependencies));
	metadata->has_dependencies = list != NULL;
	list_foreach (item, list) {
		struct dependency *entry = arena_zalloc(arena, sizeof(*entry));

		entry->name = text_of_field(item, "name");
		entry->version = text_of_field(item, "version");
		entry->repository = text_of_field(item, "repository");
		entry->condition = text_of_field(item, "condition");
		entry->alias = text_of_field(item, "alias");
		entry->tags = value_get(item, "tags");
		entry->import_values = value_get(item, "import-values");
		entry->node = item;
		vec_push(arena, &metadata->dependencies, entry);
	}
}

static bool decode_fields(struct decoder *decoder, struct value *root,
			  bool only_dependencies, struct metadata *metadata)
{
	struct value_entry *entry;
	size_t i;

	value_foreach (entry, root) {
		const char *path;

		for (i = 0; i < METADATA_COUNT; i++)
			if (strcasecmp(metadata_rows[i].json, entry->key) == 0)
				break;
		if (i == METADATA_COUNT || value_is_null(entry->value) ||
		    (only_dependencies && i != METADATA_Dependencies))
			continue;
		path = arena_printf(decoder->arena, "Metadata.%s",
				    metadata_rows[i].json);
		metadata->fields[i] = decode(decoder, entry->value,
					     metadata_rows[i].type, path);
	}
	return !decoder->failed;
}

bool metadata_read(struct arena *arena, struct diag_sink *diags,
		   const struct source *source, const char *prefix,
		   bool only_dependencies, struct metadata *metadata)
{
	const struct yaml_options options = { .dialect = YAML_HELM };
	struct decoder decoder = { arena, diags, prefix,
				   metadata->package ? metadata->package
						     : "chart",
				   false };
	struct yaml_problem problem;
	struct value *root =
		yaml_read(arena, source, 0, source->len, &options, &problem);

	if (!root) {
		yaml_problem_report(diags, source, &problem);
		diag_native(diags, "%serror converting YAML to JSON: %s",
			    prefix, yaml_problem_go(arena, &problem));
		return false;
	}
	if (!value_is_null(root) && !value_is_map(root)) {
		diag_error(diags, &root->origin,
			   "a map is needed, with name and version");
		diag_native(diags,
			    "%serror unmarshaling JSON: while decoding JSON: "
			    "json: cannot unmarshal %s into Go value of type "
			    "%s",
			    prefix, json_type_name(root),
			    metadata->go_type
				    ? metadata->go_type
				    : go_name(&decoder, "", metadata_rows));
		return false;
	}
	if (!decode_fields(&decoder, root, only_dependencies, metadata))
		return false;
	take_dependencies(arena, metadata);
	return true;
}

const char *metadata_string(const struct metadata *metadata,
			    enum metadata_field field)
{
	return value_string_or(metadata->fields[field], "");
}

static bool is_plain(const struct value *value)
{
	uint32_t i;

	for (i = 0; i < value->len; i++)
		if (value->string[i] < ' ' || value->string[i] == 0x7f)
			return false;
	return utf8_ascii_prefix(value->string, value->len) == value->len;
}

/* Each space becomes a plain one; what cannot be printed is dropped. */
static void sanitise(struct arena *arena, struct value **slot)
{
	struct value *value = *slot;
	struct str out;
	size_t i, size;

	if (!value_is_string(value) || is_plain(value))
		return;
	str_init(&out, arena);
	for (i = 0; i < value->len; i += size) {
		uint32_t rune =
			utf8_decode(value->string + i, value->len - i, &size);

		if (rune_is_space(rune))
			str_putc(&out, ' ');
		else if (rune_is_print(rune) && size == 1 && rune > 0x7f)
			str_puts(&out, "\xef\xbf\xbd");
		else if (rune_is_print(rune))
			str_put(&out, value->string + i, size);
	}
	*slot = value_new_string(arena, &value->origin, str_text(&out),
				 out.len);
}

static void sanitise_maintainers(struct arena *arena, struct value *list)
{
	uint32_t i;

	for (i = 0; i < value_count(list); i++) {
		struct value_entry *entry;

		value_foreach (entry, list->list->items[i])
			sanitise(arena, &entry->value);
	}
}

static void sanitise_all(struct arena *arena, struct metadata *metadata)
{
	static const enum metadata_field texts[] = {
		METADATA_Name,       METADATA_Description, METADATA_Home,
		METADATA_Icon,       METADATA_Condition,   METADATA_Tags,
		METADATA_AppVersion, METADATA_KubeVersion,
	};
	static const enum metadata_field lists[] = { METADATA_Sources,
						     METADATA_Keywords };
	size_t i;
	uint32_t item;

	for (i = 0; i < ARRAY_COUNT(texts); i++)
		if (metadata->fields[texts[i]])
			sanitise(arena, &metadata->fields[texts[i]]);
	for (i = 0; i < ARRAY_COUNT(lists); i++) {
		struct value *list = metadata->fields[lists[i]];

		for (item = 0; item < value_count(list); item++)
			sanitise(arena, &list->list->items[item]);
	}
	sanitise_maintainers(arena, metadata->fields[METADATA_Maintainers]);
}

struct check {
	struct arena *arena;
	struct diag_sink *diags;
	const struct origin *at;
	const char *prefix;
};

static bool complain(const struct check *check, const struct value *at,
		     const char *format, ...) PRINTF_LIKE(3, 4);

static bool complain(const struct check *check, const struct value *at,
		     const char *format, ...)
{
	const char *text;
	va_list args;

	va_start(args, format);
	text = arena_vprintf(check->arena, format, args);
	va_end(args);
	diag_error(check->diags, at ? &at->origin : check->at, "%s", text);
	diag_native(check->diags, "%svalidation: %s", check->prefix, text);
	return false;
}

static bool check_name(const struct check *check, struct value *node)
{
	const char *name = value_string_or(node, ""), *slash;

	if (!*name)
		return complain(check, node, "chart.metadata.name is required");
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return complain(check, node,
				"chart.metadata.name \"%s\" is not allowed",
				name);
	slash = strrchr(name, '/');
	if (slash)
		return complain(check, node,
				"chart.metadata.name \"%s\" is invalid", name);
	return true;
}

static bool has_nulls(const struct value *list)
{
	const struct value *item;

	list_foreach (item, list) {
		if (value_is_null(item))
			return true;
	}
	return false;
}

static bool check_entry(const struct check *check,
			const struct dependency *entry, struct table *names)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
	const char *key = *entry->alias ? entry->alias : entry->name;

	if (entry->alias[strspn(entry->alias, allowed)])
		return complain(check, entry->node,
				"dependency \"%s\" has disallowed characters "
				"in the alias",
				entry->name);
	if (table_gets(names, key))
		return complain(check, entry->node,
				"more than one dependency with name or alias "
				"\"%s\"",
				key);
	table_puts(names, key, (void *)entry);
	return true;
}

static bool check_dependencies(const struct check *check,
			       const struct metadata *metadata)
{
	struct table names;
	size_t i;

	if (has_nulls(metadata->fields[METADATA_Maintainers]))
		return complain(check, metadata->fields[METADATA_Maintainers],
				"maintainers must not contain empty or null "
				"nodes");
	if (has_nulls(metadata->fields[METADATA_Dependencies]))
		return complain(check, metadata->fields[METADATA_Dependencies],
				"dependencies must not contain empty or null "
				"nodes");
	table_init(&names, check->arena);
	for (i = 0; i < metadata->dependencies.count; i++)
		if (!check_entry(check, metadata->dependencies.items[i],
				 &names))
			return false;
	return true;
}

bool metadata_check(struct arena *arena, struct diag_sink *diags,
		    struct metadata *metadata, const struct origin *at,
		    const char *prefix)
{
	const struct check check = { arena, diags, at, prefix };
	struct value **fields = metadata->fields;
	const char *version, *type;
	struct semver parsed;

	sanitise_all(arena, metadata);
	if (!*metadata_string(metadata, METADATA_APIVersion))
		return complain(&check, NULL,
				"chart.metadata.apiVersion is required");
	if (!check_name(&check, fields[METADATA_Name]))
		return false;
	version = metadata_string(metadata, METADATA_Version);
	if (!*version)
		return complain(&check, NULL,
				"chart.metadata.version is required");
	if (!semver_parse(&parsed, arena, version, strlen(version)))
		return complain(&check, fields[METADATA_Version],
				"chart.metadata.version \"%s\" is invalid",
				version);
	type = metadata_string(metadata, METADATA_Type);
	if (*type && strcmp(type, "application") && strcmp(type, "library"))
		return complain(&check, fields[METADATA_Type],
				"chart.metadata.type must be application or "
				"library");
	return check_dependencies(&check, metadata);
}

struct metadata *metadata_copy(struct arena *arena,
			       const struct metadata *metadata, bool deep)
{
	struct metadata *copy = arena_alloc(arena, sizeof(*copy));
	size_t i;

	*copy = *metadata;
	if (!deep)
		return copy;
	memset(&copy->dependencies, 0, sizeof(copy->dependencies));
	for (i = 0; i < metadata->dependencies.count; i++) {
		struct dependency *entry = arena_alloc(arena, sizeof(*entry));

		*entry = *metadata->dependencies.items[i];
		vec_push(arena, &copy->dependencies, entry);
	}
	return copy;
}
