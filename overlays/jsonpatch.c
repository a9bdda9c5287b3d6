#include "overlays/jsonpatch.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/str.h"
#include "base/vec.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "overlays/json_view.h"
#include "overlays/node.h"
#include "overlays/run.h"

struct pointer {
	VEC(const char *) parts; /* unescaped */
};

struct patcher {
	struct overlay_run *run;
	struct value *root;
	const struct value *operation;
	const char *name; /* add, remove ... */
	const char *path; /* as written */
};

static bool fail(const struct patcher *patcher, const char *native)
{
	return overlay_fail(patcher->run, &patcher->operation->origin, native,
			    "%s does not apply", native);
}

static bool missing_path(const struct patcher *patcher, bool quoted)
{
	const char *mark = quoted ? "\"" : "";

	return fail(patcher,
		    overlay_text(patcher->run,
				 "%s operation does not apply: doc is missing "
				 "path: %s%s%s: missing value",
				 patcher->name, mark, patcher->path, mark));
}

static bool in_path(const struct patcher *patcher, const char *what)
{
	return fail(patcher,
		    overlay_text(patcher->run, "error in %s for path: '%s': %s",
				 patcher->name, patcher->path, what));
}

static const char *unescaped(struct overlay_run *run, const char *text,
			     size_t len)
{
	struct str out;
	size_t i;

	str_init(&out, run->arena);
	for (i = 0; i < len; i++) {
		if (text[i] == '~' && i + 1 < len && text[i + 1] == '1') {
			str_putc(&out, '/');
			i++;
		} else if (text[i] == '~' && i + 1 < len &&
			   text[i + 1] == '0') {
			str_putc(&out, '~');
			i++;
		} else {
			str_putc(&out, text[i]);
		}
	}
	return str_text(&out);
}

/* False: no slash at all. */
static bool parse(struct overlay_run *run, const char *path,
		  struct pointer *pointer)
{
	const char *at = strchr(path, '/');

	memset(pointer, 0, sizeof(*pointer));
	if (!at)
		return false;
	while (*at == '/') {
		size_t len = strcspn(++at, "/");

		vec_push(run->arena, &pointer->parts, unescaped(run, at, len));
		at += len;
	}
	return true;
}

static bool index_of(const char *text, int64_t *index)
{
	return number_parse_int(text, strlen(text), 10, index) == NUMBER_OK;
}

static struct value *child(const struct value *parent, const char *part)
{
	int64_t index;

	if (value_is_map(parent))
		return value_get(parent, part);
	if (!value_is_list(parent) || !index_of(part, &index))
		return NULL;
	if (index < 0)
		index += (int64_t)value_count(parent);
	return index < 0 ? NULL : value_item(parent, (size_t)index);
}

/* The container of the last part; NULL if the way is not there. */
static struct value *container(const struct patcher *patcher,
			       const struct pointer *pointer)
{
	struct value *node = patcher->root;
	size_t i;

	for (i = 0; node && i + 1 < pointer->parts.count; i++)
		node = child(node, pointer->parts.items[i]);
	return value_is_map(node) || value_is_list(node) ? node : NULL;
}

static const char *bad_index(struct overlay_run *run, const char *part)
{
	return overlay_text(run,
			    "Unable to access invalid index: %s: invalid "
			    "index referenced",
			    part);
}

static bool put_item(const struct patcher *patcher, struct value *list,
		     const char *part, struct value *value)
{
	struct overlay_run *run = patcher->run;
	int64_t index, count = (int64_t)value_count(list);

	if (strcmp(part, "-") == 0) {
		value_append(run->arena, list, value);
		return true;
	}
	if (!index_of(part, &index))
		return in_path(patcher,
			       overlay_text(run,
					    "value was not a proper array "
					    "index: '%s': strconv.Atoi: "
					    "parsing \"%s\": invalid syntax",
					    part, part));
	if (index < 0)
		index += count + 1;
	if (index < 0 || index > count)
		return in_path(patcher, bad_index(run, part));
	value_insert_at(run->arena, list, (size_t)index, value);
	return true;
}

static void put_member(const struct patcher *patcher, struct value *map,
		       const char *part, struct value *value)
{
	const struct value *old = value_get(map, part);

	value_set(patcher->run->arena, map, part,
		  value_replace(patcher->run->arena, old, value));
}

static bool add(struct patcher *patcher, const struct pointer *pointer,
		struct value *value)
{
	struct value *parent = container(patcher, pointer);
	const char *last;

	if (!parent)
		return missing_path(patcher, true);
	last = *vec_last(&pointer->parts);
	if (value_is_map(parent))
		put_member(patcher, parent, last, value);
	else if (!put_item(patcher, parent, last, value))
		return false;
	value_merged(patcher->run->arena, parent, &patcher->operation->origin);
	return true;
}

static bool drop(struct patcher *patcher, const struct pointer *pointer)
{
	struct overlay_run *run = patcher->run;
	struct value *parent = container(patcher, pointer);
	const char *last;
	int64_t index;

	if (!parent)
		return missing_path(patcher, true);
	last = *vec_last(&pointer->parts);
	value_merged(run->arena, parent, &patcher->operation->origin);
	if (value_is_map(parent)) {
		if (value_remove(parent, last, strlen(last)))
			return true;
		return in_path(patcher,
			       overlay_text(run,
					    "Unable to remove nonexistent "
					    "key: %s: missing value",
					    last));
	}
	if (!index_of(last, &index))
		return in_path(patcher,
			       overlay_text(run,
					    "strconv.Atoi: parsing \"%s\": "
					    "invalid syntax",
					    last));
	if (index < 0)
		index += (int64_t)value_count(parent);
	if (index < 0 || index >= (int64_t)value_count(parent))
		return in_path(patcher, bad_index(run, last));
	value_remove_at(parent, (size_t)index);
	return true;
}

static bool replace(struct patcher *patcher, const struct pointer *pointer,
		    struct value *value)
{
	struct overlay_run *run = patcher->run;
	struct value *parent, **slot;
	const char *last;
	int64_t index;

	if (!*patcher->path) {
		if (!value_is_map(value) && !value_is_list(value))
			return fail(patcher, "replace operation value must be "
					     "object or array: %!w(<nil>)");
		patcher->root = value_replace(run->arena, patcher->root, value);
		return true;
	}
	parent = container(patcher, pointer);
	if (!parent)
		return missing_path(patcher, false);
	last = *vec_last(&pointer->parts);
	if (value_is_map(parent)) {
		/* A key that is not there is added. */
		put_member(patcher, parent, last, value);
		return true;
	}
	if (!index_of(last, &index) || !child(parent, last))
		return fail(patcher,
			    overlay_text(run,
					 "replace operation does not apply: "
					 "doc is missing key: %s: missing "
					 "value",
					 patcher->path));
	if (index < 0)
		index += (int64_t)value_count(parent);
	slot = &parent->list->items[index];
	*slot = value_replace(run->arena, *slot, value);
	return true;
}

static bool test(struct patcher *patcher, const struct pointer *pointer,
		 const struct value *value)
{
	struct value *parent, *own;

	if (!*patcher->path)
		own = patcher->root;
	else if (!(parent = container(patcher, pointer)))
		return missing_path(patcher, true);
	else
		own = child(parent, *vec_last(&pointer->parts));
	if (value_is_null(own) ? value_is_null(value)
			       : value_equals(own, value))
		return true;
	return fail(patcher,
		    overlay_text(patcher->run,
				 "testing value %s failed: test failed",
				 patcher->path));
}

/* What `from` names; move takes it away. */
static bool transfer(struct patcher *patcher, const struct pointer *pointer,
		     bool move)
{
	struct overlay_run *run = patcher->run;
	const char *path = patcher->path;
	const char *from =
		value_string_or(value_get(patcher->operation, "from"), "");
	struct pointer source;
	struct value *parent, *value;

	parse(run, from, &source);
	patcher->path = from;
	parent = source.parts.count ? container(patcher, &source) : NULL;
	if (!parent)
		return missing_path(patcher, true);
	value = child(parent, *vec_last(&source.parts));
	if (!value && value_is_list(parent))
		return in_path(patcher,
			       bad_index(run, *vec_last(&source.parts)));
	if (move && !drop(patcher, &source))
		return false;
	if (!value)
		value = value_new(run->arena, VALUE_NULL,
				  &patcher->operation->origin);
	else if (!move)
		value = value_copy_deep(run->arena, value);
	patcher->path = path;
	return add(patcher, pointer, value);
}

/* The value of an operation, a copy of its own. */
static struct value *operand(const struct patcher *patcher)
{
	const struct value *value = value_get(patcher->operation, "value");

	if (!value)
		return value_new(patcher->run->arena, VALUE_NULL,
				 &patcher->operation->origin);
	return value_copy_deep(patcher->run->arena, value);
}

static bool run_one(struct patcher *patcher)
{
	struct overlay_run *run = patcher->run;
	struct pointer pointer;
	bool rooted = parse(run, patcher->path, &pointer);
	const char *name = patcher->name;
	bool whole = !*patcher->path && (strcmp(name, "replace") == 0 ||
					 strcmp(name, "test") == 0);

	if (!rooted && !whole && strcmp(name, "unknown") != 0 &&
	    (strcmp(name, "add") == 0 || strcmp(name, "remove") == 0 ||
	     strcmp(name, "replace") == 0 || strcmp(name, "test") == 0 ||
	     strcmp(name, "move") == 0 || strcmp(name, "copy") == 0))
		return missing_path(patcher, strcmp(name, "replace") != 0);
	if (strcmp(name, "add") == 0)
		return add(patcher, &pointer, operand(patcher));
	if (strcmp(name, "remove") == 0)
		return drop(patcher, &pointer);
	if (strcmp(name, "replace") == 0)
		return replace(patcher, &pointer, operand(patcher));
	if (strcmp(name, "test") == 0)
		return test(patcher, &pointer, operand(patcher));
	if (strcmp(name, "move") == 0 || strcmp(name, "copy") == 0)
		return transfer(patcher, &pointer, *name == 'm');
	return fail(patcher, overlay_text(run, "Unexpected kind: %s", name));
}

bool jsonpatch_apply(struct overlay_run *run, struct value **root,
		     const struct value *operations)
{
	const struct value *operation;

	if (!json_view(run, root))
		return false;
	list_foreach (operation, operations) {
		const struct value *path = value_get(operation, "path");
		struct patcher patcher = {
			.run = run,
			.root = *root,
			.operation = operation,
			.name = value_string_or(value_get(operation, "op"),
						"unknown"),
			.path = value_string_or(path, ""),
		};

		if (!run_one(&patcher))
			return false;
		*root = patcher.root;
	}
	return true;
}

static bool is_patch(const struct value *operations)
{
	const struct value *operation;

	if (!value_is_list(operations))
		return false;
	list_foreach (operation, operations)
		if (!value_is_map(operation))
			return false;
	return true;
}

static void make_float(struct value *value, double real)
{
	value->kind = VALUE_FLOAT;
	value->tag = VALUE_TAG_FLOAT;
	value->real = real;
}

/*
 * On the way through JSON a date is a text like any other, a number a float,
 * and how a scalar was written is lost.
 */
static void forget_texts(struct value *value)
{
	struct value_entry *entry;
	struct value *item;

	if (value_is_string(value))
		value->tag = VALUE_TAG_STR;
	else if (node_is_scalar(value))
		value->text = NULL;
	if (value->kind == VALUE_INT)
		make_float(value, (double)value->integer);
	else if (value->kind == VALUE_UINT)
		make_float(value, (double)value->natural);
	list_foreach (item, value)
		forget_texts(item);
	value_foreach (entry, value) {
		/* Printed plain it reads as a merge key. */
		if (strcmp(entry->key, "<<") == 0)
			entry->kind = VALUE_MAP;
		forget_texts(entry->value);
	}
}

struct value *jsonpatch_read(struct overlay_run *run,
			     const struct source *source, const char **error)
{
	const struct yaml_options options = { .dialect = YAML_HELM,
					      .limits = run->options->limits,
					      .json_numbers = true };
	struct yaml_problem yaml = { 0 };
	struct json_problem json = { 0 };
	struct value *value;

	if (source->len && source->text[0] == '[') {
		value = json_read(run->arena, source, 0, source->len, false,
				  &json);
		*error = json.text;
	} else {
		value = yaml_read(run->arena, source, 0, source->len, &options,
				  &yaml);
		*error = value ? NULL : yaml_problem_go(run->arena, &yaml);
	}
	if (!value)
		return NULL;
	if (is_patch(value)) {
		forget_texts(value);
		return value;
	}
	*error = "json: cannot unmarshal object into Go value of type "
		 "jsonpatch.Patch";
	return NULL;
}
