#include "templates/values.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "model/yaml_split.h"
#include "templates/chart_parts.h"
#include "templates/chart_values.h"
#include "templates/print.h"
#include "templates/values_log.h"

/* Reading. */

static struct value *read_document(struct arena *arena, struct diag_sink *diags,
				   const struct source *source,
				   const struct yaml_document *document,
				   const struct limits *limits,
				   const char *prefix)
{
	static const char *const kinds[] = {
		[VALUE_BOOL] = "bool",     [VALUE_INT] = "number",
		[VALUE_UINT] = "number",   [VALUE_FLOAT] = "number",
		[VALUE_STRING] = "string", [VALUE_LIST] = "array",
	};
	const struct yaml_options options = { .dialect = YAML_HELM,
					      .limits = limits,
					      .json_numbers = true };
	struct yaml_problem problem;
	struct value *root = yaml_read(arena, source, document->begin,
				       document->end, &options, &problem);
	struct origin at = origin_at(source, 0, 0);

	if (!root) {
		yaml_problem_report(diags, source, &problem);
		diag_native(diags, "%serror converting YAML to JSON: %s",
			    prefix, yaml_problem_go(arena, &problem));
		return NULL;
	}
	if (value_is_null(root))
		return value_new_map(arena, &at);
	if (value_is_map(root))
		return root;
	diag_error(diags, &root->origin, "values are a %s; a map is needed",
		   value_kind_name(root->kind));
	diag_native(diags,
		    "%serror unmarshaling JSON: while decoding JSON: json: "
		    "cannot unmarshal %s into Go value of type "
		    "map[string]interface {}",
		    prefix, kinds[root->kind]);
	return NULL;
}

/*
 * helm 4 up to 4.2.4 loses a last line without a line feed whose length is a
 * multiple of its buffer's.
 */
static uint32_t readable_end(const struct source *source)
{
	uint32_t begin = source->len;

	while (begin && source->text[begin - 1] != '\n')
		begin--;
	return (source->len - begin) % 4096 ? source->len : begin;
}

/* What stands behind three dashes that begin a line, without the blanks. */
static struct text behind_dashes(const struct source *source, uint32_t at,
				 uint32_t end)
{
	static const char blanks[] = " \t\r\n\v\f";

	at += 3;
	while (at < end && strchr(blanks, source->text[at]))
		at++;
	while (end > at && strchr(blanks, source->text[end - 1]))
		end--;
	return text_of(source->text + at, end - at);
}

/*
 * Where a document of helm 4 ends: dashes that begin a line part two, be they
 * in a text, and one with nothing before it is part of what follows.  False:
 * something else than a comment stands behind them, `bad`.
 */
static bool find_end(const struct source *source, uint32_t end,
		     struct yaml_document *document, uint32_t *next,
		     struct text *bad)
{
	uint32_t at = document->begin;

	while (at < end) {
		const char *feed = memchr(source->text + at, '\n', end - at);
		uint32_t line =
			feed ? (uint32_t)(feed + 1 - source->text) : end;

		if (strncmp(source->text + at, "---", 3) == 0) {
			*bad = behind_dashes(source, at, line);
			if (bad->len && *bad->at != '#')
				return false;
			document->end = at;
			*next = line;
			if (at > document->begin)
				return true;
		}
		at = line;
	}
	document->end = *next = at;
	return true;
}

static void refuse_separator(struct diag_sink *diags,
			     const struct source *source,
			     const struct text *bad, const char *prefix)
{
	const struct origin at = origin_at(
		source, (uint32_t)(bad->at - source->text), (uint32_t)bad->len);

	diag_error(diags, &at, "nothing but a comment may stand behind ---");
	diag_native(diags,
		    "%serror reading yaml document: invalid Yaml document "
		    "separator: %.*s",
		    prefix, (int)bad->len, bad->at);
}

/* helm 3 reads the first document only, helm 4 merges all of them. */
struct value *values_read(struct arena *arena, struct diag_sink *diags,
			  const struct source *source,
			  const struct chart_load_options *options,
			  const char *prefix)
{
	const struct limits *limits = options->limits;
	struct yaml_document whole = { 0, source->len };
	struct value *values = NULL, *next;
	uint32_t end, behind;
	struct text bad;

	if (options->dialect == CHART_HELM3)
		return read_document(arena, diags, source, &whole, limits,
				     prefix);
	end = whole.end = readable_end(source);
	do {
		if (!find_end(source, end, &whole, &behind, &bad)) {
			refuse_separator(diags, source, &bad, prefix);
			return NULL;
		}
		next = read_document(
			arena, diags, source, &whole, limits,
			arena_join(arena, prefix,
				   "cannot unmarshal yaml document: "));
		if (!next)
			return NULL;
		if (values)
			chart_values_merge(arena, values, next);
		else
			values = next;
		whole.begin = behind;
	} while (behind < end);
	return values;
}

/* Coalescing. */

/* A copy of a default that the result may own; helm 4 drops nulls in it. */
static struct value *take(const struct coalesce *coalesce,
			  const struct value *value, bool strip)
{
	const struct value_entry *entry;
	struct value *copy;

	if (!strip || !value_is_map(value))
		return value_copy_deep(coalesce->arena, value);
	copy = value_copy(coalesce->arena, value);
	copy->map = value_new_map(coalesce->arena, NULL)->map;
	value_foreach (entry, value) {
		if (!value_is_null(entry->value))
			value_setn(coalesce->arena, copy, entry->key,
				   entry->len, &entry->origin,
				   take(coalesce, entry->value, true));
	}
	return copy;
}

/* How one map is laid under another. */
struct laying {
	const struct coalesce *coalesce;
	const struct values_place *at; /* of the upper one */
	bool keep_nulls;  /* a null in the upper one deletes nothing */
	bool strip;       /* nulls of the lower one do not count */
	bool copy;        /* the lower one is somebody's default */
	bool share_nulls; /* the lower one gets those of the upper one */
};

static void lay_under(const struct laying *laying, struct value *dest,
		      struct value *from);

/* The winner's chain ends in what it won over. */
static void note_loser(const struct coalesce *coalesce,
		       struct value_entry *winner, const struct value *loser)
{
	if (value_is_map(winner->value)) {
		winner->value->origin =
			origin_after(coalesce->arena, &winner->value->origin,
				     ORIGIN_MERGED, &loser->origin);
		return;
	}
	winner->value = value_replace(coalesce->arena, loser, winner->value);
}

static void warn_of_map(const struct coalesce *coalesce,
			const struct value_entry *own,
			const struct value_entry *lower, enum clash clash,
			const struct values_place *at)
{
	diag_warning(coalesce->diags, &own->value->origin,
		     "\"%s\" is a map; the chart has a %s there", lower->key,
		     value_kind_name(lower->value->kind));
	values_log_clash(coalesce, clash, at, lower->key, lower->value);
}

static void warn_of_value(const struct coalesce *coalesce,
			  const struct value_entry *own,
			  const struct value_entry *lower,
			  const struct values_place *at)
{
	diag_warning(coalesce->diags, &own->value->origin,
		     "\"%s\" is a %s; the chart has a map there", lower->key,
		     value_kind_name(own->value->kind));
	values_log_clash(coalesce, CLASH_NO_TABLE, at, lower->key,
			 lower->value);
}

static void meet(const struct laying *laying, struct value *dest,
		 struct value_entry *own, const struct value_entry *lower)
{
	const struct coalesce *coalesce = laying->coalesce;

	if (value_is_map(own->value) && value_is_map(lower->value)) {
		const struct values_place at = { laying->at, own->key };
		struct laying deeper = *laying;

		deeper.at = &at;
		note_loser(coalesce, own, lower->value);
		lay_under(&deeper, own->value, lower->value);
	} else if (value_is_null(own->value)) {
		if (laying->keep_nulls || value_is_null(lower->value))
			return;
		value_merged(coalesce->arena, dest, &own->value->origin);
		value_remove(dest, lower->key, lower->len);
	} else if (value_is_map(lower->value)) {
		warn_of_value(coalesce, own, lower, laying->at);
	} else if (value_is_map(own->value)) {
		if (!value_is_null(lower->value))
			warn_of_map(coalesce, own, lower, CLASH_TABLE,
				    laying->at);
	} else {
		note_loser(coalesce, own, lower->value);
	}
}

/* The lower one gets the nulls of the upper one; `gone`: what they delete. */
static void share_nulls(const struct laying *laying, const struct value *dest,
			struct value *from, struct table *gone)
{
	const struct value_entry *upper;

	table_init(gone, laying->coalesce->arena);
	value_foreach (upper, dest) {
		if (!value_is_null(upper->value))
			continue;
		if (!laying->keep_nulls &&
		    !value_is_null(value_getn(from, upper->key, upper->len)))
			table_put(gone, upper->key, upper->len, gone);
		value_setn(laying->coalesce->arena, from, upper->key,
			   upper->len, &upper->origin, upper->value);
	}
}

/*
 * Fill `dest` with what it lacks.  A null in `dest` removes a default of the
 * chart, but stays where the chart has none (helm 3.20.1 and later).
 */
static void lay_under(const struct laying *laying, struct value *dest,
		      struct value *from)
{
	const struct value_entry *lower;
	struct table gone;
	uint32_t i;

	if (laying->share_nulls)
		share_nulls(laying, dest, from, &gone);
	value_foreach (lower, from) {
		struct value_entry *own =
			value_entry(dest, lower->key, lower->len);

		if (own && laying->strip && value_is_null(lower->value))
			continue;
		if (own) {
			meet(laying, dest, own, lower);
			continue;
		}
		if (laying->strip && value_is_null(lower->value))
			continue;
		value_setn(laying->coalesce->arena, dest, lower->key,
			   lower->len, &lower->origin,
			   laying->copy ? take(laying->coalesce, lower->value,
					       laying->strip)
					: lower->value);
	}
	for (i = 0; laying->share_nulls && i < gone.count; i++)
		value_remove(dest, gone.entries[i].key, gone.entries[i].len);
}

void values_tables(const struct coalesce *coalesce, struct value *dest,
		   struct value *from)
{
	const struct laying laying = { .coalesce = coalesce,
				       .keep_nulls = coalesce->keep_nulls,
				       .share_nulls = true };

	lay_under(&laying, dest, from);
}

static bool names_child(const struct chart *chart, const char *key)
{
	size_t i;

	for (i = 0; i < chart->children.count; i++)
		if (strcmp(chart->children.items[i]->name, key) == 0)
			return true;
	return false;
}

/* A chart, the values that its defaults are to fill, and its place. */
struct coalesced {
	const struct chart *chart;
	struct value *values;
	const struct values_place *at;
};

/* One key of the chart's own values.yaml. */
static void coalesce_key(const struct coalesce *coalesce,
			 const struct coalesced *what,
			 const struct value_entry *entry)
{
	bool strips = coalesce->dialect == CHART_HELM4 && !coalesce->keep_nulls;
	struct value *dest = what->values;
	struct value_entry *own = value_entry(dest, entry->key, entry->len);
	const struct values_place at = { what->at, entry->key };
	struct laying laying = { .coalesce = coalesce,
				 .at = &at,
				 .keep_nulls = coalesce->keep_nulls,
				 .strip = strips,
				 .copy = true };

	if (!own) {
		if (strips && value_is_null(entry->value))
			return;
		value_setn(coalesce->arena, dest, entry->key, entry->len,
			   &entry->origin,
			   take(coalesce, entry->value, strips));
		return;
	}
	if (value_is_null(own->value) && !coalesce->keep_nulls) {
		value_merged(coalesce->arena, dest, &own->value->origin);
		value_remove(dest, entry->key, entry->len);
		return;
	}
	if (!value_is_map(own->value)) {
		note_loser(coalesce, own, entry->value);
		return;
	}
	if (!value_is_map(entry->value)) {
		if (!value_is_null(entry->value))
			warn_of_map(coalesce, own, entry, CLASH_SKIPPED,
				    what->at);
		return;
	}
	/* A null for a sub-chart's default is left for the sub-chart to see. */
	if (names_child(what->chart, entry->key)) {
		laying.keep_nulls = true;
		laying.strip = false;
	}
	note_loser(coalesce, own, entry->value);
	lay_under(&laying, own->value, entry->value);
}

/* A map of its own whose entries are those of `map`. */
static struct value *shallow(struct arena *arena, const struct value *map)
{
	struct value *copy = value_copy(arena, map);
	const struct value_entry *entry;

	copy->map = value_new_map(arena, NULL)->map;
	value_foreach (entry, map) {
		value_setn(arena, copy, entry->key, entry->len, &entry->origin,
			   entry->value);
	}
	return copy;
}

static void pass_global(const struct coalesce *coalesce, struct value *child,
			const struct value_entry *entry,
			const struct values_place *outer)
{
	const struct values_place at = { outer, entry->key };
	const struct laying laying = { .coalesce = coalesce,
				       .at = &at,
				       .keep_nulls = true };
	struct value_entry *own = value_entry(child, entry->key, entry->len);
	struct value *passed = entry->value;

	if (value_is_map(passed)) {
		passed = shallow(coalesce->arena, passed);
		if (own && !value_is_map(own->value)) {
			diag_warning(coalesce->diags, &own->value->origin,
				     "global \"%s\" is a map in the parent "
				     "chart; the sub-chart's value is kept",
				     entry->key);
			values_log_clash(coalesce, CLASH_GLOBAL_MAP, outer,
					 entry->key, NULL);
			return;
		}
		if (own)
			lay_under(&laying, passed, own->value);
	} else if (own && value_is_map(own->value)) {
		diag_warning(coalesce->diags, &own->value->origin,
			     "global \"%s\" is a map in the sub-chart; the "
			     "parent's value is left out",
			     entry->key);
		values_log_clash(coalesce, CLASH_GLOBAL_TABLE, outer,
				 entry->key, NULL);
		return;
	}
	value_setn(coalesce->arena, child, entry->key, entry->len,
		   &entry->origin, passed);
}

/*
 * The parent's globals come down, with priority.  A copy of each top level
 * goes to each child; what lies deeper is shared by all of them.
 */
static void pass_globals(const struct coalesce *coalesce, struct value *dest,
			 const struct coalesced *parent)
{
	struct value *from = value_get(parent->values, "global");
	struct value *into = value_get(dest, "global");
	const struct value_entry *entry;

	if ((into && !value_is_map(into)) || (from && !value_is_map(from))) {
		bool dest_fails = into && !value_is_map(into);

		diag_warning(coalesce->diags,
			     dest_fails ? &into->origin : &from->origin,
			     "\"global\" is no map and is left out");
		values_log_clash(coalesce,
				 dest_fails ? CLASH_GLOBALS_DEST
					    : CLASH_GLOBALS_FROM,
				 parent->at, "global", NULL);
		return;
	}
	if (!into) {
		into = value_new_map(coalesce->arena,
				     from ? &from->origin : &dest->origin);
		value_setn(coalesce->arena, dest, "global", 6, &into->origin,
			   into);
	}
	value_foreach (entry, from) {
		pass_global(coalesce, into, entry, parent->at);
	}
}

static bool coalesce_chart(const struct coalesce *coalesce,
			   const struct chart *chart, struct value *dest,
			   const struct values_place *outer);

static bool coalesce_child(const struct coalesce *coalesce,
			   const struct chart *child,
			   const struct coalesced *parent)
{
	struct value *dest = parent->values;
	struct value *own = value_get(dest, child->name);

	if (!own) {
		own = value_new_map(coalesce->arena, &dest->origin);
		value_setn(coalesce->arena, dest, child->name,
			   strlen(child->name), &dest->origin, own);
	}
	if (!value_is_map(own)) {
		const struct text format = text_of("%t", 2);
		const struct value *printed[] = { own };
		struct str text;

		str_init(&text, coalesce->arena);
		print_format(&text, &format, printed, 1, NULL);
		diag_error(coalesce->diags, &own->origin,
			   "\"%s\" is a %s; a map with values of that "
			   "sub-chart is needed",
			   child->name, value_kind_name(own->kind));
		diag_native(coalesce->diags, "%stype mismatch on %s: %s",
			    coalesce->prefix, child->name, str_text(&text));
		return false;
	}
	pass_globals(coalesce, own, parent);
	return coalesce_chart(coalesce, child, own, parent->at);
}

static bool coalesce_chart(const struct coalesce *coalesce,
			   const struct chart *chart, struct value *dest,
			   const struct values_place *outer)
{
	const struct values_place at = { outer, chart->name };
	const struct coalesced what = { chart, dest, &at };
	const struct value_entry *entry;
	size_t i;

	if (origin_source(&dest->origin) &&
	    origin_source(&chart->values->origin))
		dest->origin =
			origin_after(coalesce->arena, &dest->origin,
				     ORIGIN_MERGED, &chart->values->origin);
	value_foreach (entry, chart->values) {
		coalesce_key(coalesce, &what, entry);
	}
	for (i = 0; i < chart->children.count; i++)
		if (!coalesce_child(coalesce, chart->children.items[i], &what))
			return false;
	return true;
}

bool values_coalesce(const struct coalesce *coalesce, const struct chart *chart,
		     struct value *dest)
{
	return coalesce_chart(coalesce, chart, dest, NULL);
}

/* What meet() would log. */
static void log_clashes(const struct coalesce *coalesce,
			const struct value *dest, const struct value *from,
			const struct values_place *at)
{
	const struct value_entry *lower, *own;
	struct values_place deeper = { at, NULL };
	bool top = !at->outer;

	value_foreach (lower, from) {
		own = value_entry(dest, lower->key, lower->len);
		deeper.key = lower->key;
		if (!own || value_is_null(own->value) ||
		    value_is_null(lower->value))
			continue;
		if (value_is_map(own->value) && value_is_map(lower->value))
			log_clashes(coalesce, own->value, lower->value,
				    &deeper);
		else if (value_is_map(own->value))
			warn_of_map(coalesce, own, lower,
				    top ? CLASH_SKIPPED : CLASH_TABLE, at);
		else if (value_is_map(lower->value) && !top)
			warn_of_value(coalesce, own, lower, at);
	}
}

void values_log_clashes(const struct coalesce *coalesce,
			const struct chart *chart, const struct value *dest)
{
	const struct values_place at = { NULL, chart->name };

	log_clashes(coalesce, dest, chart->values, &at);
}

struct value *values_path(const struct value *values, const char *path)
{
	for (;;) {
		size_t len = strcspn(path, ".");
		struct value *next = value_getn(values, path, len);

		if (!next || !path[len])
			return next;
		values = next;
		path += len + 1;
	}
}

struct value *values_table(const struct value *values, const char *path)
{
	struct value *found = values_path(values, path);

	return value_is_map(found) ? found : NULL;
}
