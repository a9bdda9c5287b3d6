#include "overlays/replacement.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/value.h"
#include "model/yaml_scalar.h"
#include "overlays/accumulator.h"
#include "overlays/extent.h"
#include "overlays/field_path.h"
#include "overlays/hint.h"
#include "overlays/node.h"
#include "overlays/run.h"
#include "overlays/selector.h"
#include "overlays/structured.h"

static bool refuse(struct overlay_run *run, const struct value *at,
		   const char *what)
{
	return overlay_fail(run, at ? &at->origin : NULL, what, "%s", what);
}

static int64_t option_index(const struct value *options)
{
	int64_t index = 0;

	(void)value_as_int(value_get(options, "index"), &index);
	return index;
}

struct source_id {
	const char *group;
	const char *version;
	const char *kind;
	const char *name;
	const char *name_space;
};

static bool fits(const char *wanted, const char *given)
{
	return !*wanted || strcmp(wanted, given) == 0;
}

/*
 * The scope of the kind does not count here: only what is written does, and
 * none written is the same as "default".
 */
static bool fits_space(const char *wanted, const char *given)
{
	return !*wanted || strcmp(wanted, *given ? given : "default") == 0;
}

/* Any id of the object, present or former, is meant. */
static bool is_source(const struct object *object, const struct source_id *id)
{
	size_t i;

	if (!fits(id->group, object->group) ||
	    !fits(id->version, object->version))
		return false;
	if (fits(id->kind, object->kind) && fits(id->name, object->name) &&
	    fits_space(id->name_space, object->name_space))
		return true;
	for (i = 0; i < object->former_count; i++) {
		const struct object_former *former = &object->former[i];

		if (fits(id->kind, former->kind) &&
		    fits(id->name, former->name) &&
		    fits_space(id->name_space, former->name_space))
			return true;
	}
	return false;
}

/* As Go prints a source: its id, and what the fields say beyond that. */
static const char *source_text(struct overlay_run *run,
			       const struct value *source,
			       const struct resource_id *id)
{
	const char *path = node_member(run->arena, source, "fieldPath");
	const struct value *options = value_get(source, "options");
	const char *delimiter = node_member(run->arena, options, "delimiter");
	int64_t at = option_index(options);
	bool create = value_is_true(value_get(options, "create"));
	struct str out;

	str_init(&out, run->arena);
	str_puts(&out, resource_id_text(run, id));
	if (*path)
		str_printf(&out, ":%s", path);
	if (*delimiter || at || create)
		str_printf(&out, ":%s(%lld), create=%s", delimiter,
			   (long long)at, create ? "true" : "false");
	return str_text(&out);
}

static struct object *find_source(struct overlay_run *run,
				  struct accumulator *acc,
				  const struct value *source,
				  const struct source_id *id)
{
	const struct resource_id shown = { id->group, id->version, id->kind,
					   id->name, id->name_space };
	struct selector by_name = { 0 };
	struct stream_objects candidates = { 0 };
	struct object *found = NULL;
	size_t i;

	if (*id->name)
		by_name.parts[SELECTOR_NAME].text = id->name;
	selector_candidates(run, &by_name, acc, &candidates);
	for (i = 0; i < candidates.count; i++) {
		if (!is_source(candidates.items[i], id))
			continue;
		if (found) {
			(void)!overlay_fail(
				run, &source->origin,
				overlay_text(run,
					     "multiple matches for selector "
					     "%s",
					     source_text(run, source, &shown)),
				"several resources are selected as the "
				"source; one is needed");
			return NULL;
		}
		found = candidates.items[i];
	}
	if (!found)
		(void)!overlay_fail(
			run, &source->origin,
			overlay_text(run, "nothing selected by %s",
				     source_text(run, source, &shown)),
			"no resource is selected as the source");
	if (!found)
		hint_error(run, hint_for(acc, id->kind, id->name));
	return found;
}

static bool is_empty(const struct value *value)
{
	if (node_was_null(value))
		return true;
	return !node_is_scalar(value) && !value_count(value);
}

/* A text may hold NULs. */
static struct text text_at(struct overlay_run *run, const struct value *value)
{
	const char *text = node_text(run->arena, value);

	return text_of(text,
		       value_is_string(value) ? value->len : strlen(text));
}

static struct text rest_of(const struct text *text, const char *from)
{
	return text_of(from, (size_t)(text->at + text->len - from));
}

static const char *find(const struct text *text, const char *delimiter)
{
	size_t len = strlen(delimiter), at;

	for (at = 0; at + len <= text->len; at++)
		if (memcmp(text->at + at, delimiter, len) == 0)
			return text->at + at;
	return NULL;
}

/* Part `index` of a text cut at each delimiter; false: there is none. */
static bool cut(struct text *text, const char *delimiter, int64_t index)
{
	const char *next;

	if (index < 0)
		return false;
	for (; index > 0; index--) {
		next = find(text, delimiter);
		if (!next)
			return false;
		*text = rest_of(text, next + strlen(delimiter));
	}
	next = find(text, delimiter);
	if (next)
		text->len = (size_t)(next - text->at);
	return true;
}

static const struct value *refined(struct overlay_run *run,
				   const struct value *value,
				   const struct value *options)
{
	const char *delimiter = node_member(run->arena, options, "delimiter");
	int64_t index = option_index(options);
	struct value *part;
	struct text text;

	if (!*delimiter)
		return value;
	if (!node_is_scalar(value)) {
		(void)!refuse(run, options,
			      "delimiter option can only be used with scalar "
			      "nodes");
		return NULL;
	}
	text = text_at(run, value);
	if (!cut(&text, delimiter, index)) {
		(void)!refuse(run, options,
			      overlay_text(run,
					   "options.index %lld is out of "
					   "bounds for value %s",
					   (long long)index,
					   node_text(run->arena, value)));
		return NULL;
	}
	part = node_scalar(run->arena, &value->origin, text.at, text.len,
			   value->tag == VALUE_TAG_STR ? NODE_STRING
						       : NODE_UNTYPED);
	part->style = value->style;
	return part;
}

static const struct value *source_value(struct overlay_run *run,
					struct accumulator *acc,
					const struct value *source)
{
	const struct source_id id = {
		node_member(run->arena, source, "group"),
		node_member(run->arena, source, "version"),
		node_member(run->arena, source, "kind"),
		node_member(run->arena, source, "name"),
		node_member(run->arena, source, "namespace"),
	};
	const char *path = node_member(run->arena, source, "fieldPath");
	struct object *object = find_source(run, acc, source, &id);
	const struct resource_id shown = { id.group, id.version, id.kind,
					   id.name, id.name_space };
	struct path_parts parts;
	const struct value *value;
	const char *wrong;

	if (!object)
		return NULL;
	if (!*path)
		path = "metadata.name";
	parts = field_path_split(run, path);
	field_path_trim(run, &parts);
	value = field_path_find(run, object->root, &parts, &wrong);
	if (wrong) {
		(void)!overlay_fail(
			run, &source->origin,
			overlay_text(run,
				     "error looking up replacement source: %s",
				     wrong),
			"the source has no field %s", path);
		diag_note(run->diags, &object->root->origin, "the source");
		return NULL;
	}
	if (is_empty(value)) {
		(void)!overlay_fail(run, &source->origin,
				    overlay_text(run,
						 "fieldPath `%s` is missing "
						 "for replacement source %s",
						 path,
						 resource_id_text(run, &shown)),
				    "the source has no field %s", path);
		diag_note(run->diags, &object->root->origin, "the source");
		return NULL;
	}
	return refined(run, value, value_get(source, "options"));
}

/* The old text cut at the delimiter, with the new one put in. */
static struct text spliced(struct overlay_run *run, const struct text *old,
			   const struct text *text, const char *delimiter,
			   int64_t index)
{
	struct text rest = *old;
	const char *next = NULL;
	struct str out;

	str_init(&out, run->arena);
	if (index < 0) {
		str_put(&out, text->at, text->len);
		str_puts(&out, delimiter);
		str_put(&out, old->at, old->len);
		return str_finish(&out);
	}
	for (; index > 0 && (next = find(&rest, delimiter)) != NULL; index--)
		rest = rest_of(&rest, next + strlen(delimiter));
	if (index > 0) {
		str_put(&out, old->at, old->len);
		str_puts(&out, delimiter);
		str_put(&out, text->at, text->len);
		return str_finish(&out);
	}
	next = find(&rest, delimiter);
	str_put(&out, old->at, (size_t)(rest.at - old->at));
	str_put(&out, text->at, text->len);
	if (next)
		str_put(&out, next, rest_of(old, next).len);
	return str_finish(&out);
}

static bool is_typed(enum value_tag tag)
{
	return tag == VALUE_TAG_TIMESTAMP ||
	       (tag >= VALUE_TAG_NULL && tag <= VALUE_TAG_FLOAT);
}

/*
 * The type of what was there stays.  A text that is not of it fails when it is
 * printed, if it is still there.
 */
static void write_text(struct overlay_run *run,
		       const struct replacing *replacing, struct value **slot,
		       const struct text *text)
{
	const struct value *old = *slot;
	struct value *next = value_copy(run->arena, old);
	struct value probe = { .kind = VALUE_NULL };
	enum value_tag tag = node_tag(old);
	size_t len = text->len;
	const char *kept = arena_strndup(run->arena, text->at, len);

	next->origin = replacing->value->origin;
	next->segments = NULL;
	next->kind = VALUE_STRING;
	next->tag = tag & 15;
	next->flags &= (uint8_t)~VALUE_FLAG_TAG_OF_TEXT;
	next->string = kept;
	next->len = (uint32_t)len;
	if (old->style == VALUE_STYLE_FLOW)
		next->style = VALUE_STYLE_PLAIN;
	yaml_resolve(YAML_KUSTOMIZE, kept, len, &probe);
	if (is_typed(tag) && probe.tag == tag && node_is_quoted(old) &&
	    !(old->flags & VALUE_FLAG_EXPLICIT_TAG)) {
		/* Quotes make a string of it. */
		node_hide_tag(next);
	} else if (is_typed(tag) &&
		   (probe.tag == tag ||
		    (tag == VALUE_TAG_FLOAT && probe.kind == VALUE_INT))) {
		unsigned style = next->style;

		*next = probe;
		if (probe.tag != tag) {
			next->kind = VALUE_FLOAT;
			next->real = (double)probe.integer;
		}
		next->origin = replacing->value->origin;
		next->flags = old->flags & VALUE_FLAG_EXPLICIT_TAG;
		next->tag = tag & 15;
		next->style = style & 15;
		if (probe.kind == VALUE_STRING)
			next->string = kept;
		else
			next->text = kept;
		next->len = (uint32_t)len;
	}
	node_put(run->arena, *slot, next);
}

bool replacement_write(struct overlay_run *run,
		       const struct replacing *replacing, struct value **slot)
{
	const struct value *value = replacing->value;
	const char *delimiter =
		node_member(run->arena, replacing->options, "delimiter");
	const struct origin *at = &replacing->entry->origin;
	struct text text = text_at(run, value), old;

	if (*delimiter) {
		if (!node_is_scalar(*slot))
			return refuse(run, replacing->entry,
				      "delimiter option can only be used with "
				      "scalar nodes");
		old = text_at(run, *slot);
		text = spliced(run, &old, &text, delimiter,
			       option_index(replacing->options));
	}
	if (node_is_scalar(*slot)) {
		if (!extent_allows_text(run, at, text.len))
			return false;
		write_text(run, replacing, slot, &text);
		return true;
	}
	if (!extent_allows(run, at, value, 0))
		return false;
	*slot = value_replace(run->arena, *slot,
			      value_copy_deep(run->arena, value));
	return true;
}

static bool not_found(struct overlay_run *run, const struct object *object,
		      const struct replacing *replacing, const char *path,
		      const char *wrong)
{
	bool create = value_is_true(value_get(replacing->options, "create"));

	(void)!overlay_fail(run, &replacing->entry->origin,
			    overlay_text(run,
					 "unable to find %sfield %s in "
					 "replacement target%s%s",
					 create ? "or create " : "",
					 overlay_go_quote(run, path),
					 wrong ? ": " : "", wrong ? wrong : ""),
			    "a target of this replacement has no field %s%s%s",
			    path, wrong ? ": " : "", wrong ? wrong : "");
	diag_note(run->diags, &object->root->origin, "the target");
	return false;
}

/* One dot may stand in front of a path. */
static struct path_parts target_parts(struct overlay_run *run, const char *path)
{
	struct path_parts parts = field_path_split(run, path);

	if (parts.count > 1 && !*parts.items[0]) {
		parts.items++;
		parts.count--;
	}
	return parts;
}

static bool write_path(struct overlay_run *run, struct object *object,
		       const struct replacing *replacing, const char *path)
{
	const struct path_parts parts = target_parts(run, path);
	const struct value *options = replacing->options;
	struct field_match match = {
		.run = run,
		.parts = &parts,
		.create = value_is_true(value_get(options, "create")),
		.makes = node_is_scalar(replacing->value)
				 ? VALUE_STRING
				 : (enum value_kind)replacing->value->kind,
		.by = &replacing->entry->origin,
	};
	/* A null without a text is another one in a flow collection. */
	bool settles = !*node_text(run->arena, replacing->value);
	size_t i;

	if (!extent_allows_path(run, match.by, parts.count))
		return false;
	if (run->options->compat != OVERLAY_5_5 &&
	    structured_write(run, object->root, &parts, replacing))
		return true;
	if (!field_path_match(&match, &object->root, 0) || !match.slots.count)
		return not_found(run, object, replacing, path, match.wrong);
	for (i = 0; i < match.slots.count; i++) {
		struct value **slot = match.slots.items[i];

		if (!replacement_write(run, replacing, slot))
			return false;
		settles = settles || node_is_time(*slot);
	}
	if (settles)
		node_settle_flow(object->root, false);
	return true;
}

struct target {
	const struct value *config;
	struct selector select;
	VEC(struct selector) rejects;
};

static bool read_target(struct overlay_run *run, const struct value *config,
			struct target *target)
{
	bool exact = run->options->compat == OVERLAY_5_5;
	const struct value *select = value_get(config, "select");
	const struct value *rejects = value_get(config, "reject"), *reject;

	target->config = config;
	if (!select)
		return refuse(run, config,
			      "target must specify resources to select");
	if (!selector_read(run, select, exact, &target->select))
		return false;
	list_foreach (reject, rejects) {
		struct selector *own = vec_new(run->arena, &target->rejects);

		if (!selector_read(run, reject, exact, own))
			return false;
	}
	return true;
}

static bool id_matches(const struct selector *selector,
		       const struct object *object, const char *kind,
		       const char *name, const char *name_space)
{
	return selector_part_matches(selector, SELECTOR_GROUP, object->group) &&
	       selector_part_matches(selector, SELECTOR_VERSION,
				     object->version) &&
	       selector_part_matches(selector, SELECTOR_KIND, kind) &&
	       selector_part_matches(selector, SELECTOR_NAME, name) &&
	       selector_part_matches(selector, SELECTOR_NAMESPACE, name_space);
}

static bool any_id_matches(struct overlay_run *run,
			   const struct selector *selector,
			   const struct object *object)
{
	const char *name_space = object->name_space;
	size_t i;

	/* A pattern has to match what is written; 5.5 compared namespaces. */
	if (!*name_space && run->options->compat == OVERLAY_5_5)
		name_space = "default";
	if (id_matches(selector, object, object->kind, object->name,
		       name_space))
		return true;
	for (i = 0; i < object->former_count; i++) {
		const struct object_former *former = &object->former[i];

		if (id_matches(selector, object, former->kind, former->name,
			       former->name_space))
			return true;
	}
	return false;
}

static bool is_rejected(struct overlay_run *run, const struct target *target,
			const struct object *object)
{
	size_t i;

	for (i = 0; i < target->rejects.count; i++) {
		const struct selector *reject = &target->rejects.items[i];

		if ((reject->has_labels || reject->has_annotations) &&
		    selector_meta_matches(run, reject, object))
			return true;
		if (reject->has_id && any_id_matches(run, reject, object))
			return true;
	}
	return false;
}

static bool write_object(struct overlay_run *run, struct object *object,
			 const struct target *target,
			 const struct replacing *replacing)
{
	const struct value *paths = value_get(target->config, "fieldPaths");
	const struct value *path;

	if (!value_count(paths))
		return write_path(run, object, replacing, "metadata.name");
	list_foreach (path, paths)
		if (!write_path(run, object, replacing,
				value_string_or(path, "")))
			return false;
	return true;
}

static bool write_target(struct overlay_run *run, struct accumulator *acc,
			 const struct value *config,
			 const struct replacing *replacing)
{
	struct target target = { 0 };
	struct stream_objects candidates = { 0 };
	bool found = false;
	size_t i;

	if (!read_target(run, config, &target))
		return false;
	selector_candidates(run, &target.select, acc, &candidates);
	for (i = 0; i < candidates.count; i++) {
		struct object *object = candidates.items[i];

		if (!any_id_matches(run, &target.select, object) ||
		    !selector_meta_matches(run, &target.select, object) ||
		    is_rejected(run, &target, object))
			continue;
		found = true;
		if (!write_object(run, object, &target, replacing))
			return false;
		resource_refresh(run, object);
		resource_of(object)->patched = true;
		accumulator_touched(acc, object);
	}
	if (found) {
		fact_add(run->facts, FACT_MATCHED, &config->origin, "%s", "");
		return true;
	}
	fact_add(run->facts, FACT_TRANSFORM_MATCHES_NOTHING, &config->origin,
		 "this target of a replacement selects no resource");
	hint_fact(run, hint_for_selector(acc, &target.select));
	return true;
}

static size_t parts_of(const char *text)
{
	size_t count = 1;

	for (; (text = strchr(text, ',')); text++)
		count++;
	return count;
}

/*
 * As kustomize counts former ids when it reads them back: an empty name or kind
 * is not written down, and where there is no name there are no former ids.
 */
static bool ids_agree(const struct object *object)
{
	size_t names = 0, kinds = 0, spaces = 0, i;

	for (i = 0; i < object->former_count; i++) {
		const struct object_former *former = &object->former[i];

		names += *former->name ? parts_of(former->name) : 0;
		kinds += *former->kind ? parts_of(former->kind) : 0;
		spaces += parts_of(former->name_space);
	}
	return !names || (names == kinds && names == spaces);
}

static bool check_ids(struct overlay_run *run, struct accumulator *acc,
		      const struct value *replacement)
{
	struct object *object;

	if (!run->odd_ids)
		return true;
	accumulator_foreach(object, acc)
	{
		if (ids_agree(object))
			continue;
		return refuse(run, replacement,
			      "error getting node IDs: number of previous "
			      "names, number of previous namespaces, number of "
			      "previous kinds not equal");
	}
	return true;
}

bool replacement_apply(struct overlay_run *run, struct accumulator *acc,
		       const struct value *replacement)
{
	const struct value *source = value_get(replacement, "source");
	const struct value *text = value_get(replacement, "sourceValue");
	const struct value *targets = value_get(replacement, "targets");
	struct replacing replacing = { .entry = replacement };
	const struct value *target;

	if ((!source && !text) || !targets)
		return refuse(run, replacement,
			      "replacements must specify a source and at "
			      "least one target");
	if (source && text)
		return refuse(run, replacement,
			      "value and resource selectors are mutually "
			      "exclusive");
	if (!check_ids(run, acc, replacement))
		return false;
	if (text)
		replacing.value =
			node_scalar(run->arena, &text->origin, text->string,
				    text->len, NODE_UNTYPED);
	else
		replacing.value = source_value(run, acc, source);
	if (!replacing.value)
		return false;
	list_foreach (target, targets) {
		replacing.options = value_get(target, "options");
		if (!write_target(run, acc, target, &replacing))
			return false;
	}
	return true;
}
