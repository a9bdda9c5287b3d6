#include "lints/schema_checks.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/edit_distance.h"
#include "base/str.h"
#include "base/table.h"
#include "lints/config.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "model/bundle.h"
#include "model/object.h"
#include "model/podspec.h"
#include "model/schema/schema.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	PATH_ROOM = 256 /* of where a pod template is */
};

static const char *const target_names[] = {
	[LINT_CHECK_OBJECT] = "object",
	[LINT_CHECK_CONTROLLER] = "controller",
	[LINT_CHECK_TEMPLATE] = "pod-template",
	[LINT_CHECK_POD] = "pod-spec",
	[LINT_CHECK_CONTAINER] = "container",
	[LINT_CHECK_TARGETS] = NULL,
};

static bool has_only(struct diag_sink *diags, const struct value *map,
		     const char *const *keys, const char *what)
{
	const struct value_entry *entry;
	const char *near;
	size_t i;

	if (!value_is_map(map))
		return diag_error(diags, &map->origin, "%s is a map", what);
	value_foreach (entry, map) {
		for (i = 0; keys[i] && strcmp(keys[i], entry->key) != 0; i++)
			continue;
		if (keys[i])
			continue;
		diag_error(diags, &entry->origin, "%s has no key '%s'", what,
			   entry->key);
		near = edit_nearest_of(entry->key, keys);
		if (near)
			diag_help(diags, "did you mean '%s'?", near);
		return false;
	}
	return true;
}

static bool is_schema(struct arena *arena, struct diag_sink *diags,
		      const struct value *schema)
{
	const char *fault;

	if (!schema)
		return true;
	if (!value_is_map(schema))
		return diag_error(diags, &schema->origin,
				  "a schema is a map, not a %s",
				  value_kind_name(schema->kind));
	fault = schema_fault(arena, schema);
	return !fault || diag_error(diags, &schema->origin,
				    "this is no JSON Schema: %s", fault);
}

static bool is_target(struct diag_sink *diags, const struct value *target)
{
	const char *word = value_string(target);
	size_t i;

	if (!target)
		return true;
	for (i = 0; word && target_names[i]; i++)
		if (strcmp(target_names[i], word) == 0)
			return true;
	return diag_error(diags, &target->origin,
			  "the target of a check is object, controller, "
			  "pod-template, pod-spec or container");
}

static bool are_kinds(struct diag_sink *diags, const struct value *kinds)
{
	const struct value *item;

	if (!kinds)
		return true;
	if (!value_is_list(kinds))
		return diag_error(diags, &kinds->origin,
				  "kinds is a list: [Deployment]");
	list_foreach (item, kinds)
		if (!value_is_string(item))
			return diag_error(diags, &item->origin,
					  "a kind is a text: "
					  "apps/Deployment");
	return true;
}

static bool is_requirement(struct arena *arena, struct diag_sink *diags,
			   const struct value *requires)
{
	static const char *const keys[] = { "kind", "schema", NULL };

	if (!requires)
		return true;
	if (!has_only(diags, requires, keys, "what a check requires"))
		return false;
	if (!value_is_string(value_get(requires, "kind")))
		return diag_error(diags, &requires->origin,
				  "what a check requires has a kind: "
				  "policy/PodDisruptionBudget");
	return is_schema(arena, diags, value_get(requires, "schema"));
}

static bool is_check(struct arena *arena, struct diag_sink *diags,
		     const struct value *check)
{
	static const char *const keys[] = { "kinds",    "message", "name",
					    "requires", "schema",  "target",
					    NULL };

	if (!has_only(diags, check, keys, "a check"))
		return false;
	if (!value_is_string(value_get(check, "name")))
		return diag_error(diags, &check->origin,
				  "a check has a name, which findings say");
	if (!value_get(check, "schema") && !value_get(check, "requires"))
		return diag_error(diags, &check->origin,
				  "a check has a schema, or requires an "
				  "object");
	return is_target(diags, value_get(check, "target")) &&
	       are_kinds(diags, value_get(check, "kinds")) &&
	       is_schema(arena, diags, value_get(check, "schema")) &&
	       is_requirement(arena, diags, value_get(check, "requires"));
}

bool lint_schema_checks_verify(struct arena *arena, struct diag_sink *diags,
			       const struct value *list)
{
	const struct value *check;
	bool good = true;

	list_foreach (check, list)
		good = is_check(arena, diags, check) && good;
	return good;
}

enum lint_check_target lint_schema_check_target(const struct value *check)
{
	const char *word = value_string(value_get(check, "target"));
	int i;

	for (i = 0; word && target_names[i]; i++)
		if (strcmp(target_names[i], word) == 0)
			return (enum lint_check_target)i;
	return LINT_CHECK_OBJECT;
}

/* "Deployment", "apps/Deployment" or "/Service", of any version. */
static bool is_kind(const struct object *object, const char *word)
{
	const char *slash = strchr(word, '/');

	if (!slash)
		return strcmp(object->kind, word) == 0;
	return strcmp(object->kind, slash + 1) == 0 &&
	       strlen(object->group) == (size_t)(slash - word) &&
	       strncmp(object->group, word, (size_t)(slash - word)) == 0;
}

bool lint_schema_check_wants(const struct value *check,
			     const struct object *object, struct podspec *pod)
{
	const struct value *kinds = value_get(check, "kinds"), *kind;
	enum lint_check_target target = lint_schema_check_target(check);
	bool wanted = !kinds;

	*pod = (struct podspec){ .object = object };
	list_foreach (kind, kinds)
		wanted = wanted || is_kind(object, value_string(kind));
	if (!wanted || target == LINT_CHECK_OBJECT)
		return wanted;
	return podspec_of(object, pod) && (target != LINT_CHECK_CONTROLLER ||
					   strcmp(object->kind, "Pod") != 0);
}

const struct value *lint_schema_template(const struct podspec *pod)
{
	const char *dot = strrchr(pod->path, '.');
	char path[PATH_ROOM];

	if (!dot || (size_t)(dot - pod->path) >= sizeof(path))
		return pod->object->root;
	memcpy(path, pod->path, (size_t)(dot - pod->path));
	path[dot - pod->path] = '\0';
	return value_at(pod->object->root, path);
}

/* A step of a JSON pointer without its escapes: ~1 is "/" and ~0 "~". */
static const char *step(struct arena *arena, const char *pointer, size_t len)
{
	char *text = arena_strndup(arena, pointer, len), *out = text;
	const char *in = text;

	while (*in) {
		bool escaped = *in == '~' && (in[1] == '0' || in[1] == '1');

		*out++ = escaped && in[1] == '1' ? '/' : *in;
		in += escaped ? 2 : 1;
	}
	*out = '\0';
	return text;
}

const char *lint_schema_path(struct arena *arena, const char *pointer)
{
	struct str path;
	const char *key;
	size_t len;

	str_init(&path, arena);

	for (; *pointer == '/'; pointer += len) {
		pointer++;
		len = strcspn(pointer, "/");
		if (len && strspn(pointer, "0123456789") == len) {
			str_printf(&path, "[%.*s]", (int)len, pointer);
			continue;
		}
		key = value_path_key(arena, "", step(arena, pointer, len));
		if (path.len && *key != '[')
			str_putc(&path, '.');
		str_puts(&path, key);
	}
	return str_text(&path);
}

struct schema_tree *lint_schema_tree(struct lint_run *run,
				     const struct value *schema)
{
	return schema_tree_new(run->arena, schema, run->config->layers->limits);
}

void lint_schema_check_find(struct lint_run *run, const struct value *requires,
			    struct table *spaces)
{
	const char *kind = value_string(value_get(requires, "kind"));
	const struct value *schema = value_get(requires, "schema");
	struct schema_tree *tree = lint_schema_tree(run, schema);
	struct schema_result result;
	struct object *object;

	table_init(spaces, run->arena);
	bundle_foreach (object, run->bundle) {
		const char *space = lint_namespace(run, object);

		if (!is_kind(object, kind) || table_gets(spaces, space))
			continue;
		if (!schema || schema_tree_check(tree, object->root, &result))
			table_puts(spaces, space, object);
	}
}
