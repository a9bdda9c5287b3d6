#include "overlays/jsonpatch.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/str.h"
#include "base/vec.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "model/yaml_scalar.h"
#include "overlays/extent.h"
#include "overlays/json_equal.h"
#include "overlays/json_view.h"
#include "overlays/node.h"
#include "overlays/run.h"

struct pointer {
	VEC(const char *) parts; /* unescaped */
};

/* How kustomize says that a path leads nowhere; the path stands between. */
struct words {
	const char *missing, *missing_end;
	const char *inside, *inside_end; /* no end: without the path */
};

enum stage {
	STAGE_ADD,
	STAGE_REMOVE,
	STAGE_REPLACE,
	STAGE_TEST,
	STAGE_MOVE_FROM,
	STAGE_MOVE_TO,
	STAGE_COPY_FROM,
	STAGE_COPY_TO,
};

static const struct words all_words[] = {
	[STAGE_ADD] = { "add operation does not apply: doc is missing path: \"",
			"\"", "error in add for path: '", "': " },
	[STAGE_REMOVE] = { "remove operation does not apply: doc is missing "
			   "path: \"",
			   "\"", "error in remove for path: '", "': " },
	[STAGE_REPLACE] = { "replace operation does not apply: doc is missing "
			    "path: ",
			    "", "error in replace for path: '", "': " },
	[STAGE_TEST] = { "test operation does not apply: is missing path: ", "",
			 "error in test for path: '", "': " },
	[STAGE_MOVE_FROM] = { "move operation does not apply: doc is missing "
			      "from path: ",
			      "", "error in move for path: '", "': " },
	[STAGE_MOVE_TO] = { "move operation does not apply: doc is missing "
			    "destination path: ",
			    "", "error in move for path: '", "': " },
	[STAGE_COPY_FROM] = { "copy operation does not apply: doc is missing "
			      "from path: ",
			      "", "error in copy for from: '", "': " },
	[STAGE_COPY_TO] = { "copy operation does not apply: doc is missing "
			    "destination path: ",
			    "",
			    "error while adding value during copy: ", NULL },
};

struct patcher {
	struct overlay_run *run;
	struct value *root;
	const struct value *operation;
	const char *name; /* add, remove ... */
	const char *path; /* as written */
	enum stage stage; /* which part of the operation is under way */
};

static bool fail(const struct patcher *patcher, const char *native)
{
	return overlay_fail(patcher->run, &patcher->operation->origin, native,
			    "%s does not apply", native);
}

static bool missing_path(const struct patcher *patcher)
{
	const struct words *words = &all_words[patcher->stage];

	return fail(patcher, overlay_text(patcher->run, "%s%s%s: missing value",
					  words->missing, patcher->path,
					  words->missing_end));
}

static bool in_path(const struct patcher *patcher, const char *path,
		    const char *what)
{
	const struct words *words = &all_words[patcher->stage];

	return fail(patcher,
		    overlay_text(patcher->run, "%s%s%s%s", words->inside,
				 words->inside_end ? path : "",
				 words->inside_end ? words->inside_end : "",
				 what));
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

static const char *no_index(struct overlay_run *run, const char *part)
{
	return overlay_text(run, "strconv.Atoi: parsing %s: invalid syntax",
			    overlay_go_quote(run, part));
}

/*
 * The index of an item that is to be there; negative ones count from the end.
 * `shown` is the path that a complaint names.
 */
static bool find_item(const struct patcher *patcher, const struct value *list,
		      const char *part, const char *shown, size_t *found)
{
	int64_t index, count = (int64_t)value_count(list);

	if (!index_of(part, &index))
		return in_path(patcher, shown, no_index(patcher->run, part));
	if (index < 0)
		index += count;
	if (index < 0 || index >= count)
		return in_path(patcher, shown, bad_index(patcher->run, part));
	*found = (size_t)index;
	return true;
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
		return in_path(patcher, patcher->path,
			       overlay_text(run,
					    "value was not a proper array "
					    "index: '%s': %s",
					    part, no_index(run, part)));
	if (index < 0)
		index += count + 1;
	if (index < 0 || index > count)
		return in_path(patcher, patcher->path, bad_index(run, part));
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

/* Whether there is room for a value where it is to go. */
static bool is_allowed(struct patcher *patcher, const struct pointer *pointer,
		       const struct value *value)
{
	return extent_allows(patcher->run, &patcher->operation->origin, value,
			     pointer->parts.count);
}

static bool add(struct patcher *patcher, const struct pointer *pointer,
		struct value *value)
{
	struct value *parent =
		pointer->parts.count ? container(patcher, pointer) : NULL;
	const char *last;

	if (!parent)
		return missing_path(patcher);
	if (!is_allowed(patcher, pointer, value))
		return false;
	last = *vec_last(&pointer->parts);
	if (value_is_map(parent))
		put_member(patcher, parent, last, value);
	else if (!put_item(patcher, parent, last, value))
		return false;
	value_merged(patcher->run->arena, parent, &patcher->operation->origin);
	return true;
}

static bool drop(struct patcher *patcher, const struct pointer *pointer,
		 const char *shown)
{
	struct overlay_run *run = patcher->run;
	struct value *parent = container(patcher, pointer);
	const char *last;
	size_t index;

	if (!parent)
		return missing_path(patcher);
	last = *vec_last(&pointer->parts);
	value_merged(run->arena, parent, &patcher->operation->origin);
	if (value_is_map(parent)) {
		if (value_remove(parent, last, strlen(last)))
			return true;
		return in_path(patcher, shown,
			       overlay_text(run,
					    "Unable to remove nonexistent "
					    "key: %s: missing value",
					    last));
	}
	if (!find_item(patcher, parent, last, shown, &index))
		return false;
	value_remove_at(parent, index);
	return true;
}

static bool replace(struct patcher *patcher, const struct pointer *pointer,
		    struct value *value)
{
	struct overlay_run *run = patcher->run;
	struct value *parent, **slot;
	const char *last;
	int64_t index;

	if (!is_allowed(patcher, pointer, value))
		return false;
	if (!*patcher->path) {
		if (!value_is_map(value) && !value_is_list(value))
			return fail(patcher, "replace operation value must be "
					     "object or array: %!w(<nil>)");
		patcher->root = value_replace(run->arena, patcher->root, value);
		return true;
	}
	parent = container(patcher, pointer);
	if (!parent)
		return missing_path(patcher);
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
	struct value *own = patcher->root, *parent;
	const char *last;
	size_t index;

	if (*patcher->path) {
		parent = container(patcher, pointer);
		if (!parent)
			return missing_path(patcher);
		last = *vec_last(&pointer->parts);
		if (value_is_list(parent) &&
		    !find_item(patcher, parent, last, patcher->path, &index))
			return false;
		own = child(parent, last);
	}
	if (json_equal(patcher->run->arena,
		       origin_source(&patcher->operation->origin), own, value))
		return true;
	return fail(patcher,
		    overlay_text(patcher->run,
				 "testing value %s failed: test failed",
				 patcher->path));
}

/* A copy is read anew, and so are the nulls in it. */
static void read_again(struct value *value)
{
	struct value_entry *entry;
	struct value *item;

	list_foreach (item, value) {
		if (value_is_null(item))
			item->text = NULL;
		read_again(item);
	}
	value_foreach (entry, value) {
		if (value_is_null(entry->value))
			entry->value->text = NULL;
		read_again(entry->value);
	}
}

/* What `from` names; move takes it away.  NULL: it has been said. */
static struct value *taken(struct patcher *patcher, const char *from, bool move)
{
	struct overlay_run *run = patcher->run;
	struct pointer source;
	struct value *parent, *value;
	const char *last;
	size_t index;

	patcher->path = from;
	patcher->stage = move ? STAGE_MOVE_FROM : STAGE_COPY_FROM;
	parse(run, from, &source);
	parent = source.parts.count ? container(patcher, &source) : NULL;
	if (!parent) {
		(void)!missing_path(patcher);
		return NULL;
	}
	last = *vec_last(&source.parts);
	if (value_is_list(parent) &&
	    !find_item(patcher, parent, last, move ? last : from, &index))
		return NULL;
	value = child(parent, last);
	if (move && !drop(patcher, &source, last))
		return NULL;
	if (!value)
		return value_new(run->arena, VALUE_NULL,
				 &patcher->operation->origin);
	if (!move) {
		value = value_copy_deep(run->arena, value);
		read_again(value);
	}
	return value;
}

/* Go's word for what is no text. */
static const char *no_string(const struct value *value)
{
	if (value_is_map(value))
		return "json: cannot unmarshal object into Go value of type "
		       "string";
	if (value_is_list(value))
		return "json: cannot unmarshal array into Go value of type "
		       "string";
	if (value_is_bool(value))
		return "json: cannot unmarshal bool into Go value of type "
		       "string";
	return "json: cannot unmarshal number into Go value of type string";
}

static bool transfer(struct patcher *patcher, const struct pointer *pointer,
		     bool move)
{
	const struct value *from = value_get(patcher->operation, "from");
	const char *path = patcher->path;
	struct value *value;

	if (!value_is_string(from))
		return fail(patcher,
			    overlay_text(patcher->run,
					 "%s operation failed to decode from: "
					 "%s",
					 patcher->name,
					 value_is_null(from)
						 ? "operation, missing from "
						   "field: missing value"
						 : no_string(from)));
	value = taken(patcher, from->string, move);
	patcher->path = path;
	patcher->stage = move ? STAGE_MOVE_TO : STAGE_COPY_TO;
	return value && add(patcher, pointer, value);
}

/* The value of an operation, a copy of its own. */
static struct value *operand(const struct patcher *patcher)
{
	const struct value *value = value_get(patcher->operation, "value");
	struct value *copy;

	if (!value)
		return value_new(patcher->run->arena, VALUE_NULL,
				 &patcher->operation->origin);
	copy = value_copy_deep(patcher->run->arena, value);
	if (value_is_null(copy))
		copy->text = "null";
	return copy;
}

static const struct operation {
	const char *name;
	enum stage stage;
} known[] = {
	{ "add", STAGE_ADD },         { "remove", STAGE_REMOVE },
	{ "replace", STAGE_REPLACE }, { "test", STAGE_TEST },
	{ "move", STAGE_MOVE_FROM },  { "copy", STAGE_COPY_FROM },
};

static const struct operation *find_operation(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(known); i++)
		if (strcmp(known[i].name, name) == 0)
			return &known[i];
	return NULL;
}

/* Adding and removing do not look why there is no path. */
static const char *no_path(enum stage stage, const struct value *path)
{
	if (stage == STAGE_ADD || stage == STAGE_REMOVE ||
	    stage == STAGE_COPY_FROM)
		return "missing value";
	return value_is_null(path)
		       ? "operation missing path field: missing value"
		       : no_string(path);
}

static bool run_one(struct patcher *patcher)
{
	struct overlay_run *run = patcher->run;
	const struct operation *operation = find_operation(patcher->name);
	const struct value *path = value_get(patcher->operation, "path");
	struct pointer pointer;
	bool rooted = parse(run, patcher->path, &pointer), whole;

	if (!operation)
		return fail(patcher, overlay_text(run, "Unexpected kind: %s",
						  patcher->name));
	if (!value_is_string(path))
		return fail(patcher,
			    overlay_text(run,
					 "%s operation failed to decode path: "
					 "%s",
					 patcher->name,
					 no_path(operation->stage, path)));
	patcher->stage = operation->stage;
	whole = !*patcher->path && (operation->stage == STAGE_REPLACE ||
				    operation->stage == STAGE_TEST);
	switch (operation->stage) {
	case STAGE_ADD:
		return rooted ? add(patcher, &pointer, operand(patcher))
			      : missing_path(patcher);
	case STAGE_REMOVE:
		return rooted ? drop(patcher, &pointer, patcher->path)
			      : missing_path(patcher);
	case STAGE_REPLACE:
		return rooted || whole
			       ? replace(patcher, &pointer, operand(patcher))
			       : missing_path(patcher);
	case STAGE_TEST:
		return rooted || whole
			       ? test(patcher, &pointer, operand(patcher))
			       : missing_path(patcher);
	case STAGE_MOVE_FROM:
	case STAGE_MOVE_TO:
		return transfer(patcher, &pointer, true);
	case STAGE_COPY_FROM:
	case STAGE_COPY_TO:
		return transfer(patcher, &pointer, false);
	}
	return true;
}

/* As it is printed and read again: a million is 1e+06. */
static enum value_tag tag_of_number(double real)
{
	struct value probe = { .kind = VALUE_NULL };
	char room[NUMBER_ROOM];

	yaml_resolve(YAML_KUSTOMIZE, room,
		     number_format_float(room, real, 'g', -1), &probe);
	return (enum value_tag)probe.tag;
}

/*
 * On its way back each null is printed, and read as one that was written; a
 * number is read as a float.
 */
static void write_back(struct arena *arena, struct value *value)
{
	struct value_entry *entry;
	struct value *item;

	if (value->kind == VALUE_NULL) {
		value->text = "null";
		value->len = 4;
		value->tag = VALUE_TAG_NULL;
		value->style = VALUE_STYLE_PLAIN;
	} else if (value->kind == VALUE_FLOAT) {
		value->flags &= (uint8_t)~JSON_VIEW_INTEGER;
		value->tag = tag_of_number(value->real) & 15;
	} else if (!node_is_scalar(value)) {
		/* Printed on the way, an empty one is "{}" or "[]". */
		value->style = value_count(value) ? VALUE_STYLE_BLOCK
						  : VALUE_STYLE_FLOW;
	}
	list_foreach (item, value)
		write_back(arena, item);
	value_foreach (entry, value)
		write_back(arena, entry->value);
	(void)node_merge_key(arena, value);
}

bool jsonpatch_apply(struct overlay_run *run, struct value **root,
		     const struct value *operations)
{
	const struct value *operation;

	/* What several places share after a merge, JSON has several times. */
	*root = value_copy_deep(run->arena, *root);
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
	write_back(run->arena, *root);
	return true;
}

static bool is_patch(const struct value *operations)
{
	const struct value *operation;

	if (!value_is_list(operations))
		return false;
	list_foreach (operation, operations)
		if (!value_is_map(operation) && !value_is_null(operation))
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
 * and how a scalar was written is lost.  What was JSON gets its tags here.
 */
static void forget_texts(struct value *value)
{
	struct value_entry *entry;
	struct value *item;

	value->flags &=
		(uint8_t) ~(VALUE_FLAG_EXPLICIT_TAG | VALUE_FLAG_TAG_OF_TEXT);
	if (value_is_string(value)) {
		json_view_restyle(value);
	} else if (node_is_scalar(value)) {
		value->text = NULL;
		value->style = VALUE_STYLE_PLAIN;
	}
	if (value->kind == VALUE_INT)
		make_float(value, (double)value->integer);
	else if (value->kind == VALUE_UINT)
		make_float(value, (double)value->natural);
	else if (value->kind == VALUE_FLOAT && value->tag == VALUE_TAG_NONE)
		value->tag = tag_of_number(value->real);
	else if (value->kind == VALUE_BOOL)
		value->tag = VALUE_TAG_BOOL;
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
