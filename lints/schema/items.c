/*
 * Lists whose items have to differ: in their keys, or as a whole.
 */
#include "lints/schema/walk.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "lints/schema/node.h"
#include "model/json.h"
#include "model/value.h"

/* The server warns about these or says nothing, but apply fails. */
static const char *const soft[] = { "finalizers", "hostAliases",
				    "imagePullSecrets", "ports", NULL };

static bool is_soft(const struct schema_at *at)
{
	const char *const *name;

	if (at->field->flags & SCHEMA_LIST_SET)
		return true;
	/* Two equal ports of a Service are refused, of a container not. */
	for (name = soft; *name; name++)
		if (strcmp(*name, at->entry->key) == 0)
			return strcmp(*name, "ports") != 0 ||
			       strcmp(schema_name(at->up->def->name),
				      "ServiceSpec") != 0;
	return false;
}

/* What a patch has written has no text of its own. */
static void put_scalar(struct str *out, const struct value *value)
{
	const char *error;

	if (value_is_string(value))
		str_put(out, value->string, value->len);
	else if (value && value->text)
		str_puts(out, value->text);
	else if (value)
		(void)json_write(out, value, NULL, NULL, &error);
}

/* "80, TCP"; empty if a key is missing, which then is what matters. */
static const char *identity(const struct schema_walk *walk,
			    const struct schema_at *at,
			    const struct value *item)
{
	const struct schema_range *keys = &schema_key_sets[at->field->keys];
	struct str out;
	size_t i;

	str_init(&out, walk->run->arena);
	if (at->field->flags & SCHEMA_LIST_SET) {
		put_scalar(&out, item);
		return str_text(&out);
	}
	for (i = 0; i < keys->count; i++) {
		const char *key = schema_name(schema_keys[keys->first + i]);
		const struct value *value = value_get(item, key);

		if (out.len)
			str_puts(&out, ", ");
		if (value)
			put_scalar(&out, value);
		else if (strcmp(key, "protocol") == 0)
			str_puts(&out, "TCP");
		else
			return "";
	}
	return str_text(&out);
}

static const char *keys_of(const struct schema_walk *walk,
			   const struct schema_at *at)
{
	const struct schema_range *keys = &schema_key_sets[at->field->keys];
	struct str out;
	size_t i;

	str_init(&out, walk->run->arena);
	for (i = 0; i < keys->count; i++) {
		if (i)
			str_puts(&out, ", ");
		str_puts(&out, schema_name(schema_keys[keys->first + i]));
	}
	return out.len ? str_text(&out) : "value";
}

static void twice(struct schema_walk *walk, const struct schema_at *at,
		  const struct value *first, const char *id)
{
	walk->soft = is_soft(at->up);
	if (schema_report(walk, LINT_RULE_list_map_key_duplicate, at,
			  "%s has two entries with %s '%s'", at->up->entry->key,
			  keys_of(walk, at->up), id)) {
		lint_help(walk->run, "merge or rename one");
		lint_related(walk->run, first, "the first one");
	}
	walk->soft = false;
}

/* Environments, and ports of Services, have rules of their own. */
static bool yields(const struct schema_walk *walk, const struct schema_at *at)
{
	if (strcmp(at->entry->key, "ports") == 0)
		return strcmp(schema_name(at->up->def->name), "ServiceSpec") ==
			       0 &&
		       schema_yields(walk, LINT_RULE_service_port_duplicate);
	return strcmp(at->entry->key, "env") == 0;
}

void schema_items(struct schema_walk *walk, const struct schema_at *at)
{
	const struct value *item;
	struct table seen;

	if (!at->field || !at->entry || !at->up->def ||
	    value_count(at->value) < 2 ||
	    !(at->field->flags & (SCHEMA_LIST_MAP | SCHEMA_LIST_SET)) ||
	    yields(walk, at))
		return;
	table_init(&seen, walk->run->arena);
	list_foreach (item, at->value) {
		const char *id = identity(walk, at, item);
		struct schema_at place = { .up = at,
					   .value = item,
					   .index = item_at };
		const void *first = table_gets(&seen, id);

		if (first && *id)
			twice(walk, &place, first, id);
		else
			table_puts(&seen, id, (void *)item);
	}
}

/* "80, TCP"; empty if a key is missing: the server may fill it in. */
static const char *custom_identity(const struct schema_walk *walk,
				   const struct schema_node *node,
				   const struct value *item, bool values)
{
	const char *const *key;
	struct str out;

	str_init(&out, walk->run->arena);
	if (node->items == SCHEMA_LIST_SET) {
		put_scalar(&out, item);
		return str_text(&out);
	}
	for (key = node->keys; *key; key++) {
		const struct value *value = value_get(item, *key);

		if (values && value_is_null(value))
			return "";
		if (out.len)
			str_puts(&out, ", ");
		if (values)
			put_scalar(&out, value);
		else
			str_puts(&out, *key);
	}
	return str_text(&out);
}

void schema_custom_items(struct schema_walk *walk, const struct schema_at *at,
			 const struct schema_node *node)
{
	const struct value *item, *first;
	const char *list = at->entry ? at->entry->key : "list";
	struct table seen;

	table_init(&seen, walk->run->arena);
	list_foreach (item, at->value) {
		const char *id = custom_identity(walk, node, item, true);
		struct schema_at place = { .up = at,
					   .value = item,
					   .index = item_at };

		first = table_gets(&seen, id);
		if (!first || !*id) {
			table_puts(&seen, id, (void *)item);
			continue;
		}
		if (schema_report(
			    walk, LINT_RULE_list_map_key_duplicate, &place,
			    "%s has two entries with %s '%s'", list,
			    node->items == SCHEMA_LIST_SET
				    ? "value"
				    : custom_identity(walk, node, item, false),
			    id)) {
			lint_help(walk->run, "merge or rename one");
			lint_related(walk->run, first, "the first one");
		}
	}
}
