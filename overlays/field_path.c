#include "overlays/field_path.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/regex.h"
#include "base/str.h"
#include "overlays/node.h"
#include "overlays/run.h"
#include "overlays/structured.h"

/* A bracketed part with a dot in it is a name, unless it has a "=". */
static const char *finished(struct overlay_run *run, struct str *part)
{
	const char *text = str_text(part);
	size_t len = part->len;

	if (len < 2 || text[0] != '[' || text[len - 1] != ']' ||
	    strchr(text, '=') || !strchr(text, '.'))
		return text;
	return arena_strndup(run->arena, text + 1, len - 2);
}

struct path_parts field_path_split(struct overlay_run *run, const char *path)
{
	struct path_parts parts = { 0 };
	bool bracket = false;
	struct str part;

	str_init(&part, run->arena);
	for (; *path; path++) {
		if (path[0] == '\\' && path[1] == '.') {
			str_putc(&part, *++path);
			continue;
		}
		if (*path == '[')
			bracket = true;
		else if (*path == ']')
			bracket = false;
		if (*path == '.' && !bracket) {
			vec_push(run->arena, &parts, finished(run, &part));
			str_init(&part, run->arena);
			continue;
		}
		str_putc(&part, *path);
	}
	vec_push(run->arena, &parts, finished(run, &part));
	return parts;
}

void field_path_trim(struct overlay_run *run, struct path_parts *parts)
{
	size_t i;

	for (i = 0; i < parts->count; i++) {
		const char *part = parts->items[i];
		size_t len;

		part += strspn(part, " \t\r\n");
		len = strlen(part);
		while (len && strchr(" \t\r\n", part[len - 1]))
			len--;
		parts->items[i] = arena_strndup(run->arena, part, len);
	}
}

static bool is_list_part(const char *part)
{
	size_t len = strlen(part);

	return len >= 2 && part[0] == '[' && part[len - 1] == ']';
}

static bool is_number(const char *part, int64_t *number)
{
	return number_parse_int(part, strlen(part), 10, number) == NUMBER_OK;
}

static bool index_of(const char *part, int64_t *index)
{
	return is_number(part, index) && *index >= 0;
}

/* [key=value]; NULL: it is not of this form. */
static const char *split_condition(struct overlay_run *run, const char *part,
				   const char **key)
{
	const char *equals = strchr(part, '=');
	size_t len = strlen(part);

	if (!equals)
		return NULL;
	*key = arena_strndup(run->arena, part + 1, (size_t)(equals - part - 1));
	return arena_strndup(run->arena, equals + 1,
			     (size_t)(part + len - 1 - (equals + 1)));
}

static const char no_condition[] =
	"list path element must contain fieldName=fieldValue for element to "
	"match";

static struct value *find_exact(struct overlay_run *run,
				const struct value *list, const char *part,
				const char **wrong)
{
	const char *key, *wanted = split_condition(run, part, &key);
	struct value *item;

	if (!wanted) {
		*wrong = no_condition;
		return NULL;
	}
	list_foreach (item, list) {
		const struct value *own = *key ? value_get(item, key) : item;

		if (node_is_scalar(own) &&
		    strcmp(node_text(run->arena, own), wanted) == 0)
			return item;
	}
	return NULL;
}

/* The element that a part of a source's path names. */
static struct value *find_item(struct overlay_run *run,
			       const struct value *list, const char *part,
			       const char **wrong)
{
	int64_t index;

	if (!value_is_list(list)) {
		*wrong = node_wrong_kind(run->arena, list, "SequenceNode");
		return NULL;
	}
	if (is_list_part(part))
		return find_exact(run, list, part, wrong);
	if (!index_of(part, &index))
		index = (int64_t)value_count(list) - 1; /* "-" */
	return index < 0 ? NULL : value_item(list, (size_t)index);
}

static struct value *find_part(struct overlay_run *run,
			       const struct value *node, const char *part,
			       const char **wrong)
{
	int64_t index;

	if (strcmp(part, "*") == 0) {
		*wrong = "wildcard is not supported in PathGetter";
		return NULL;
	}
	if (is_number(part, &index) && index < 0) {
		*wrong =
			overlay_text(run, "array index %lld cannot be negative",
				     (long long)index);
		return NULL;
	}
	if (node_was_null(node))
		return NULL;
	if (is_list_part(part) || strcmp(part, "-") == 0 ||
	    index_of(part, &index))
		return find_item(run, node, part, wrong);
	if (!value_is_map(node)) {
		*wrong = node_wrong_kind(run->arena, node, "MappingNode");
		return NULL;
	}
	return value_get(node, part);
}

struct value *field_path_find(struct overlay_run *run, const struct value *root,
			      const struct path_parts *parts,
			      const char **wrong)
{
	const struct value *node = root;
	size_t i;

	*wrong = NULL;
	for (i = 0; i < parts->count && node; i++)
		if (*parts->items[i])
			node = find_part(run, node, parts->items[i], wrong);
	return (struct value *)node;
}

bool field_path_is_odd(const char *part)
{
	int64_t index;

	return is_list_part(part) || strcmp(part, "*") == 0 ||
	       strcmp(part, "-") == 0 || is_number(part, &index);
}

static bool fail(struct field_match *match, const char *wrong)
{
	match->wrong = wrong;
	return false;
}

/* What has to be made so that the next part has something to be in. */
static struct value *make_for(const struct field_match *match, size_t next)
{
	struct arena *arena = match->run->arena;
	const char *part;
	int64_t index;

	if (next < match->parts->count) {
		part = match->parts->items[next];
		if (is_list_part(part) || index_of(part, &index))
			return value_new_list(arena, match->by);
		return value_new_map(arena, match->by);
	}
	if (match->makes == VALUE_MAP)
		return value_new_map(arena, match->by);
	if (match->makes == VALUE_LIST)
		return value_new_list(arena, match->by);
	return node_scalar(arena, match->by, "", 0, NODE_UNTYPED);
}

static bool match_index(struct field_match *match, struct value *list,
			int64_t index, size_t at)
{
	struct overlay_run *run = match->run;

	if (index == (int64_t)value_count(list) && match->create)
		value_append(run->arena, list, make_for(match, at + 1));
	if (index < 0 || index >= (int64_t)value_count(list))
		return fail(match,
			    overlay_text(run,
					 "index %lld specified but only %zu "
					 "elements found",
					 (long long)index, value_count(list)));
	return field_path_match(match, &list->list->items[index], at + 1);
}

/* An empty text in a flow collection is in quotes. */
static struct value *new_element(const struct field_match *match,
				 const struct value *list, const char *key,
				 const char *wanted)
{
	bool quoted = !*wanted && list->style == VALUE_STYLE_FLOW;
	struct arena *arena = match->run->arena;
	struct value *text =
		node_scalar(arena, match->by, wanted, strlen(wanted),
			    quoted ? NODE_STRING : NODE_UNTYPED);
	struct value *element;

	if (!*key)
		return text;
	element = value_new_map(arena, match->by);
	value_set(arena, element, key, text);
	return element;
}

/*
 * The value is a pattern, not anchored; all elements that match count.  Where
 * no key is named that is the end of the path, whatever comes behind.
 */
static bool match_condition(struct field_match *match, struct value *list,
			    const char *part, size_t at)
{
	struct overlay_run *run = match->run;
	const char *key, *wanted = split_condition(run, part, &key), *error;
	const struct regex *regex;
	size_t found = 0;
	uint32_t i;

	if (!wanted)
		return fail(match, no_condition);
	regex = regex_compile(run->arena, wanted, strlen(wanted), &error);
	if (!regex)
		return fail(match, error);
	at = *key ? at + 1 : match->parts->count;
	for (i = 0; i < list->list->count; i++) {
		const struct value *item = list->list->items[i];
		const struct value *own = *key ? value_get(item, key) : item;
		const char *text = node_printed(run->arena, own);

		if (!own || !regex_matches(regex, text, strlen(text)))
			continue;
		found++;
		if (!field_path_match(match, &list->list->items[i], at))
			return false;
	}
	if (found || !match->create)
		return true;
	value_append(run->arena, list, new_element(match, list, key, wanted));
	return field_path_match(match,
				&list->list->items[list->list->count - 1], at);
}

static bool match_every(struct field_match *match, struct value *list,
			size_t at)
{
	uint32_t i;

	for (i = 0; i < list->list->count; i++)
		if (!field_path_match(match, &list->list->items[i], at + 1))
			return false;
	return true;
}

/* To a path a null is an empty list or map; what is put in is not printed. */
static struct value **unseen(const struct field_match *match,
			     struct value *made)
{
	struct value **slot =
		arena_alloc(match->run->arena, sizeof(struct value *));

	*slot = made;
	return slot;
}

static bool match_list(struct field_match *match, struct value **slot,
		       size_t at)
{
	const char *part = match->parts->items[at], *key;
	int64_t index = 0;

	if (!is_list_part(part) && strcmp(part, "*") != 0)
		(void)index_of(part, &index);
	if (is_list_part(part) && !split_condition(match->run, part, &key))
		return fail(match, no_condition);
	if (node_was_null(*slot))
		slot = unseen(match,
			      value_new_list(match->run->arena, match->by));
	if (!value_is_list(*slot))
		return fail(match, node_wrong_kind(match->run->arena, *slot,
						   "SequenceNode"));
	if (is_list_part(part))
		return match_condition(match, *slot, part, at);
	if (strcmp(part, "*") == 0)
		return match_every(match, *slot, at);
	return match_index(match, *slot, index, at);
}

/* Whether a part leads into a list. */
static bool enters_list(const char *part)
{
	int64_t index;

	return is_list_part(part) || strcmp(part, "*") == 0 ||
	       index_of(part, &index);
}

static const char *wanted_kind(const char *part)
{
	if (enters_list(part))
		return "SequenceNode";
	return *part ? "MappingNode" : "ScalarNode";
}

/*
 * No name, below a text that holds a scalar: kustomize puts what it makes for
 * the name in the text's place, and what it finds then is seen by nobody.
 */
static bool blank(struct field_match *match, struct value *text, size_t at)
{
	struct arena *arena = match->run->arena;
	const struct value *made = make_for(match, at + 1);
	struct value *next = value_copy(arena, text);

	next->kind = VALUE_STRING;
	next->segments = NULL;
	next->string = value_is_map(made)    ? "{}"
		       : value_is_list(made) ? "[]"
					     : "";
	next->len = (uint32_t)strlen(next->string);
	node_put(arena, text, next);
	vec_push(arena, &match->slots,
		 unseen(match,
			node_scalar(arena, match->by, "", 0, NODE_UNTYPED)));
	return true;
}

/* On into a text that holds YAML; 5.5 did not look into texts. */
static bool match_member(struct field_match *match, struct value **slot,
			 size_t at)
{
	struct overlay_run *run = match->run;
	struct value **inner;

	if (at == match->parts->count || !node_is_scalar(*slot) ||
	    run->options->compat == OVERLAY_5_5)
		return field_path_match(match, slot, at);
	inner = arena_alloc(run->arena, sizeof(struct value *));
	*inner = structured_read(run, *slot, NULL);
	/* Comments alone are nothing, too. */
	if (!*node_text(run->arena, *slot) ||
	    (*inner && value_is_null(*inner) && !(*inner)->len))
		return fail(match,
			    overlay_text(run,
					 "wrong node kind: expected %s but got "
					 ": node contents:\nnull\n",
					 wanted_kind(match->parts->items[at])));
	if (!*inner)
		return fail(match,
			    node_wrong_kind(run->arena, *slot, "MappingNode"));
	if (!*match->parts->items[at] && node_is_scalar(*inner))
		return !match->create || blank(match, *slot, at);
	return field_path_match(match, inner, at);
}

bool field_path_match(struct field_match *match, struct value **slot, size_t at)
{
	struct overlay_run *run = match->run;
	struct value_entry *entry;
	const char *part;

	if (at == match->parts->count) {
		vec_push(run->arena, &match->slots, slot);
		return true;
	}
	part = match->parts->items[at];
	if (enters_list(part))
		return match_list(match, slot, at);
	if (node_was_null(*slot)) {
		if (!match->create)
			return true;
		return match_member(
			match, unseen(match, make_for(match, at + 1)), at + 1);
	}
	if (!*part)
		return fail(match,
			    node_wrong_kind(run->arena, *slot, "ScalarNode"));
	if (!value_is_map(*slot))
		return fail(match,
			    node_wrong_kind(run->arena, *slot, "MappingNode"));
	entry = value_entry(*slot, part, strlen(part));
	if (!entry && !match->create)
		return true;
	if (!entry) {
		entry = value_setn(run->arena, *slot, part, strlen(part),
				   match->by, make_for(match, at + 1));
		entry->kind = (uint8_t)node_key_kind(part, strlen(part));
	}
	return match_member(match, &entry->value, at + 1);
}

/* An element, made if it is one that a condition describes. */
static bool make_item(const struct field_match *match, struct value *list,
		      const char *part, struct value ***slot,
		      const char **wrong)
{
	struct overlay_run *run = match->run;
	const char *key, *wanted;
	const struct value *found;
	int64_t index = -1;
	uint32_t i;

	if (!is_list_part(part)) {
		if (!index_of(part, &index))
			index = (int64_t)value_count(list) - 1; /* "-" */
		if (index < 0)
			*wrong = "runtime error: index out of range [-1]";
		*slot = index >= 0 && index < (int64_t)value_count(list)
				? &list->list->items[index]
				: NULL;
		return index >= 0;
	}
	wanted = split_condition(run, part, &key);
	found = find_exact(run, list, part, wrong);
	if (!found)
		value_append(run->arena, list,
			     new_element(match, list, key, wanted));
	for (i = list->list->count; i > 0; i--) {
		*slot = &list->list->items[i - 1];
		if (!found || **slot == found)
			break;
	}
	return true;
}

/* One part further; `*slot` is NULL where there is nothing. */
static bool make_part(const struct field_match *match, size_t at,
		      struct value ***slot, const char **wrong)
{
	struct overlay_run *run = match->run;
	const char *part = match->parts->items[at], *key;
	struct value_entry *entry;
	struct value *node = **slot;
	int64_t index;

	*wrong = NULL;
	if (strcmp(part, "*") == 0)
		*wrong = "wildcard is not supported in PathGetter";
	else if (is_number(part, &index) && index < 0)
		*wrong =
			overlay_text(run, "array index %lld cannot be negative",
				     (long long)index);
	else if (is_list_part(part) && !split_condition(run, part, &key))
		*wrong = no_condition;
	if (*wrong)
		return false;
	if (field_path_is_odd(part)) {
		/* What is put into a null is not printed. */
		if (node_was_null(node))
			node = value_new_list(run->arena, match->by);
		if (value_is_list(node))
			return make_item(match, node, part, slot, wrong);
		*wrong = node_wrong_kind(run->arena, node, "SequenceNode");
		return false;
	}
	if (node_was_null(node)) {
		*slot = NULL;
		return true;
	}
	if (!value_is_map(node)) {
		*wrong = node_wrong_kind(run->arena, node, "MappingNode");
		return false;
	}
	entry = value_entry(node, part, strlen(part));
	if (!entry) {
		entry = value_setn(run->arena, node, part, strlen(part),
				   match->by, make_for(match, at + 1));
		entry->kind = (uint8_t)node_key_kind(part, strlen(part));
	}
	*slot = &entry->value;
	return true;
}

struct value **field_path_make(struct overlay_run *run, struct value **root,
			       const struct path_parts *parts,
			       const struct origin *by, const char **wrong)
{
	const struct field_match match = {
		.run = run, .parts = parts, .makes = VALUE_STRING, .by = by
	};
	struct value **slot = root;
	size_t i;

	*wrong = NULL;
	for (i = 0; i < parts->count && slot; i++)
		if (!make_part(&match, i, &slot, wrong))
			return NULL;
	if (!slot || (!value_is_map(*slot) && !value_is_list(*slot)))
		return slot;
	*wrong = node_wrong_kind(run->arena, *slot, "ScalarNode");
	return NULL;
}
