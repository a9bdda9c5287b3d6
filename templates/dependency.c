#include "templates/dependency.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/fact.h"
#include "base/str.h"
#include "base/table.h"
#include "model/value.h"
#include "templates/chart_parts.h"
#include "templates/semver.h"
#include "templates/values.h"
#include "templates/values_log.h"

bool dependency_in_range(struct arena *arena, const char *constraint,
			 const char *version)
{
	return semver_satisfies(arena, constraint, version);
}

bool dependency_check(const struct dependency_run *run,
		      const struct chart *chart)
{
	const struct dependencies *entries = &chart->metadata->dependencies;
	bool three = run->dialect == CHART_HELM3;
	const struct dependency *first = NULL;
	const struct chart_wanted *wanted;
	struct table names;
	struct str missing;
	size_t i;

	table_init(&names, run->arena);
	str_init(&missing, run->arena);
	for (i = 0; i < chart->children.count; i++)
		table_puts(&names, chart->children.items[i]->name, names.arena);
	for (i = 0; i < entries->count; i++) {
		const struct dependency *entry = entries->items[i];

		if (table_gets(&names, entry->name))
			continue;
		first = first ? first : entry;
		str_printf(&missing, "%s%s", missing.len ? ", " : "",
			   entry->name);
	}
	if (!first)
		return true;
	diag_error(run->diags, &first->node->origin,
		   "charts/ has no chart for: %s", str_text(&missing));
	wanted = chart_find_wanted(chart, first);
	if (wanted && wanted->words)
		diag_note(run->diags, NULL, "%s %s", first->name,
			  wanted->words);
	diag_help(run->diags, "%s",
		  wanted && wanted->words && wanted->help
			  ? wanted->help
			  : "`helm dependency build` puts what is missing "
			    "there");
	diag_native(run->diags,
		    "%s error occurred while checking for chart dependencies. "
		    "You may need to run %chelm dependency build%c to fetch "
		    "missing dependencies: found in Chart.yaml, but missing in "
		    "charts/ directory: %s",
		    three ? "An" : "an", three ? '`' : '\'', three ? '`' : '\'',
		    str_text(&missing));
	return false;
}

/* Step 1: which charts on disk an entry claims, and their new names. */

static bool claims(struct arena *arena, const struct dependency *entry,
		   const struct chart *chart)
{
	return strcmp(entry->name, chart->name) == 0 &&
	       dependency_in_range(
		       arena, entry->version,
		       metadata_string(chart->metadata, METADATA_Version));
}

static bool is_claimed(const struct dependency_run *run,
		       const struct chart *chart, const struct chart *child)
{
	const struct dependencies *entries = &chart->metadata->dependencies;
	size_t i;

	for (i = 0; i < entries->count; i++)
		if (claims(run->arena, entries->items[i], child))
			return true;
	return false;
}

/*
 * The chart for an entry, under the entry's alias.  helm 3 shares what lies
 * below it between all its aliases, helm 4 gives each its own.
 */
static struct chart *claim(const struct dependency_run *run,
			   const struct chart *parent,
			   const struct charts *children,
			   const struct dependency *entry)
{
	struct chart *found = NULL, *own;
	size_t i;

	for (i = 0; i < children->count && !found; i++)
		if (claims(run->arena, entry, children->items[i]))
			found = children->items[i];
	if (!found)
		return NULL;
	if (run->dialect == CHART_HELM4) {
		own = chart_clone(run->arena, found, parent);
	} else {
		own = arena_alloc(run->arena, sizeof(*own));
		*own = *found;
		own->metadata =
			metadata_copy(run->arena, found->metadata, false);
		own->parent = parent;
	}
	if (*entry->alias)
		chart_rename(run->arena, own, entry->alias);
	return own;
}

static void choose_children(const struct dependency_run *run,
			    struct chart *chart)
{
	struct dependencies *entries = &chart->metadata->dependencies;
	struct charts chosen = { 0 };
	size_t i;

	for (i = 0; i < chart->children.count; i++)
		if (!is_claimed(run, chart, chart->children.items[i]))
			vec_push(run->arena, &chosen, chart->children.items[i]);
	for (i = 0; i < entries->count; i++) {
		struct dependency *entry = entries->items[i];
		struct chart *child =
			claim(run, chart, &chart->children, entry);

		if (child)
			vec_push(run->arena, &chosen, child);
		if (*entry->alias)
			entry->name = entry->alias;
		entry->enabled = true;
	}
	/* One that is shared between aliases belongs to the last of them. */
	for (i = 0; i < chosen.count; i++)
		chosen.items[i]->parent = chart;
	chart->children = chosen;
}

/* Steps 2 to 4: tags, then conditions, which win. */

static void apply_tags(const struct dependency_run *run,
		       struct dependency *entry, const struct value *tags)
{
	const struct value *tag;
	bool any_true = false, any_false = false;

	list_foreach (tag, entry->tags) {
		const struct value *set =
			value_getn(tags, tag->string, tag->len);

		if (!set)
			continue;
		if (!value_is_bool(set)) {
			diag_warning(run->diags, &set->origin,
				     "tag \"%s\" is a %s; true or false is "
				     "needed",
				     tag->string, value_kind_name(set->kind));
			values_log_no_bool(run->diags, run->dialect, "tag",
					   tag->string, entry);
		} else if (set->boolean)
			any_true = true;
		else
			any_false = true;
	}
	if (!any_true && any_false)
		entry->enabled = false;
}

/* The first path that gives a bool decides; blanks count. */
static void apply_condition(const struct dependency_run *run,
			    struct dependency *entry,
			    const struct value *values, const char *prefix)
{
	const char *at = entry->condition;

	while (*at) {
		size_t len = strcspn(at, ",");
		const char *path = arena_printf(run->arena, "%s%.*s", prefix,
						(int)len, at);
		const struct value *found =
			len ? values_path(values, path) : NULL;

		if (value_is_bool(found)) {
			entry->enabled = found->boolean;
			return;
		}
		if (found && !value_is_map(found)) {
			diag_warning(run->diags, &found->origin,
				     "condition \"%s\" of \"%s\" is a %s; true "
				     "or false is needed",
				     path, entry->name,
				     value_kind_name(found->kind));
			values_log_no_bool(run->diags, run->dialect, "path",
					   path + strlen(prefix), entry);
		}
		at += len;
		at += *at == ',';
	}
}

/* Step 5: what is disabled leaves, by its name. */
static void drop_disabled(const struct dependency_run *run, struct chart *chart)
{
	struct dependencies *entries = &chart->metadata->dependencies;
	struct dependencies kept = { 0 };
	struct charts children = { 0 };
	struct table disabled;
	size_t i;

	table_init(&disabled, run->arena);
	for (i = 0; i < entries->count; i++)
		if (!entries->items[i]->enabled)
			table_puts(&disabled, entries->items[i]->name,
				   run->arena);
	for (i = 0; i < entries->count; i++)
		if (!table_gets(&disabled, entries->items[i]->name))
			vec_push(run->arena, &kept, entries->items[i]);
	for (i = 0; i < chart->children.count; i++)
		if (!table_gets(&disabled, chart->children.items[i]->name))
			vec_push(run->arena, &children,
				 chart->children.items[i]);
	*entries = kept;
	chart->children = children;
}

static void pick(struct arena *arena, struct value *into,
		 const struct value *from, const char *key, size_t len)
{
	struct value *value = value_getn(from, key, len);

	if (value && !value_entry(into, key, len))
		value_setn(arena, into, arena_strndup(arena, key, len), len,
			   NULL, value_copy_deep(arena, value));
}

static void pick_names(struct arena *arena, struct value *into,
		       const struct value *from, const struct chart *chart)
{
	size_t i;

	for (i = 0; i < chart->children.count; i++) {
		const struct chart *child = chart->children.items[i];

		pick(arena, into, from, child->name, strlen(child->name));
		pick_names(arena, into, from, child);
	}
}

/*
 * A nested chart coalesces its defaults below ALL values of its parent, and
 * looks its conditions up there.  Copying all of them at every level would be
 * quadratic, and of the top only these keys can matter: the tags, the globals,
 * the first part of the path, and names of charts below.
 */
static struct value *relevant(const struct dependency_run *run,
			      const struct chart *chart,
			      const struct value *values, const char *prefix)
{
	struct value *picked = value_new_map(run->arena, &values->origin);

	if (!*prefix)
		return value_copy_deep(run->arena, values);
	pick(run->arena, picked, values, "tags", 4);
	pick(run->arena, picked, values, "global", 6);
	pick(run->arena, picked, values, prefix, strcspn(prefix, "."));
	pick_names(run->arena, picked, values, chart);
	return picked;
}

/* What Helm logs of the keys that were not copied. */
static void log_others(const struct coalesce *coalesce,
		       const struct chart *chart, const struct value *values,
		       const struct value *picked)
{
	struct value *others = value_new_map(coalesce->arena, NULL);
	const struct value_entry *entry, *same;

	value_foreach (entry, chart->values) {
		same = value_entry(values, entry->key, entry->len);
		if (same && !value_entry(picked, entry->key, entry->len))
			value_setn(coalesce->arena, others, entry->key,
				   entry->len, &same->origin, same->value);
	}
	values_log_clashes(coalesce, chart, others);
}

/* Helm 4 says what it was at. */
static const char *failed(const struct dependency_run *run)
{
	return run->dialect == CHART_HELM4
		       ? "chart dependencies processing failed: "
		       : "";
}

static bool enable(const struct dependency_run *run, struct chart *chart,
		   const struct value *values, const char *prefix)
{
	const struct coalesce coalesce = { run->arena, run->diags, run->dialect,
					   false, failed(run) };
	struct dependencies *entries = &chart->metadata->dependencies;
	struct value *all;
	size_t i;

	if (!chart->metadata->has_dependencies)
		return true;
	choose_children(run, chart);
	all = relevant(run, chart, values, prefix);
	if (*prefix)
		log_others(&coalesce, chart, values, all);
	if (!values_coalesce(&coalesce, chart, all))
		return false;
	for (i = 0; i < entries->count; i++) {
		apply_tags(run, entries->items[i], values_table(all, "tags"));
		apply_condition(run, entries->items[i], all, prefix);
	}
	drop_disabled(run, chart);
	for (i = 0; i < chart->children.count; i++) {
		struct chart *child = chart->children.items[i];

		if (!enable(run, child, all,
			    arena_printf(run->arena, "%s%s.", prefix,
					 child->name)))
			return false;
	}
	return true;
}

/* Imports. */

/* A map with `values` at a dotted path; "." is the root. */
static struct value *at_path(struct arena *arena, const char *path,
			     struct value *values)
{
	const char *dot = strrchr(path, '.');

	if (strcmp(path, ".") == 0)
		return values;
	for (;;) {
		const char *key = dot ? dot + 1 : path;
		struct value *map = value_new_map(arena, &values->origin);

		value_setn(arena, map, arena_strdup(arena, key), strlen(key),
			   &values->origin, values);
		values = map;
		if (!dot)
			return values;
		path = arena_strndup(arena, path, (size_t)(dot - path));
		dot = strrchr(path, '.');
	}
}

static const char *printed(struct arena *arena, const struct value *entry,
			   const char *key)
{
	const struct value *value = value_get(entry, key);

	return value_string_or(value, arena_strdup(arena, "<nil>"));
}

/* The first part of a path that leads to no map. */
static const char *not_a_table(struct arena *arena, const struct value *values,
			       const char *path)
{
	size_t len = strcspn(path, ".");

	while (path[len] && value_is_map(value_getn(values, path, len))) {
		values = value_getn(values, path, len);
		path += len + 1;
		len = strcspn(path, ".");
	}
	return arena_strndup(arena, path, len);
}

/*
 * One import, which shares its maps with the values it comes from: what later
 * imports add there, the sub-chart has as well.
 *
 * And its entry as templates see it afterwards: Helm 3 shares it
 * between a chart and its aliases and does not know it again, so that the one
 * that comes first is the only one that imports.
 */
static struct value *import_one(const struct coalesce *coalesce,
				const struct dependency *entry,
				const struct value *import,
				const struct value *values,
				struct value *imports)
{
	struct arena *arena = coalesce->arena;
	struct value *shown = value_new_map(arena, &import->origin), *table;
	const char *child, *path, *parent = ".";

	if (value_is_string(import)) {
		child = arena_join(arena, "exports.", import->string);
	} else if (value_is_map(import) && import->type != VALUE_TYPE_STRINGS) {
		child = printed(arena, import, "child");
		parent = printed(arena, import, "parent");
	} else {
		return NULL;
	}
	shown->type = VALUE_TYPE_STRINGS;
	value_set(arena, shown, "child",
		  value_new_cstring(arena, &import->origin, child));
	value_set(arena, shown, "parent",
		  value_new_cstring(arena, &import->origin, parent));
	path = arena_printf(arena, "%s.%s", entry->name, child);
	table = values_table(values, path);
	if (!table) {
		diag_warning(coalesce->diags, &import->origin,
			     "chart \"%s\" has no map \"%s\" to import",
			     entry->name, child);
		values_log_import(coalesce->diags, coalesce->dialect,
				  value_is_map(import) ? entry->name : NULL,
				  not_a_table(arena, values, path));
		return shown;
	}
	/* An empty one is no map of the sub-chart's, but one made anew. */
	if (!value_count(table))
		table = value_new_map(arena, &table->origin);
	values_tables(coalesce, imports, at_path(arena, parent, table));
	return shown;
}

static void import_entry(const struct coalesce *coalesce,
			 struct dependency *entry, const struct value *values,
			 struct value *imports)
{
	struct value *shown;
	const struct value *import;

	if (!entry->import_values)
		return;
	shown = value_new_list(coalesce->arena, &entry->import_values->origin);
	list_foreach (import, entry->import_values) {
		struct value *item =
			import_one(coalesce, entry, import, values, imports);

		if (item)
			value_append(coalesce->arena, shown, item);
	}
	entry->import_values = shown;
}

/* Children first.  The chart's defaults become those of all below it. */
static bool import(const struct dependency_run *run, struct chart *chart)
{
	const struct coalesce coalesce = { run->arena, run->diags, run->dialect,
					   true, failed(run) };
	struct dependencies *entries = &chart->metadata->dependencies;
	struct value *values, *imports;
	size_t i;

	for (i = 0; i < chart->children.count; i++)
		if (!import(run, chart->children.items[i]))
			return false;
	/* None is left where all are disabled: the defaults stay alone. */
	if (!entries->count)
		return true;
	values = value_new_map(run->arena, &chart->values->origin);
	imports = value_new_map(run->arena, &chart->values->origin);
	if (!values_coalesce(&coalesce, chart, values))
		return false;
	for (i = 0; i < entries->count; i++)
		import_entry(&coalesce, entries->items[i], values, imports);
	chart->values = value_copy_deep(run->arena, values);
	values_tables(&coalesce, chart->values, imports);
	return true;
}

/* What stands in for a dependency, and what nothing does. */

static void note_missing(const struct dependency_run *run,
			 const struct chart_wanted *wanted,
			 const struct dependency *entry)
{
	const char *name =
		value_string_or(value_get(entry->node, "name"), entry->name);

	*run->lacks = true;
	fact_add(run->missing, FACT_INPUT_NOT_VENDORED, &entry->node->origin,
		 "chart '%s' %s", name,
		 wanted && wanted->words ? wanted->words
					 : "is not in the tree");
	if (wanted)
		vec_last(&run->missing->facts)->help = wanted->help;
}

static void note_borrowed(const struct dependency_run *run,
			  const struct chart_wanted *wanted,
			  const struct dependency *entry)
{
	if (!run->missing)
		return;
	fact_add(run->missing, FACT_CHART_BORROWED, &entry->node->origin, "%s",
		 wanted->words);
	vec_last(&run->missing->facts)->help = wanted->need.repository;
}

/*
 * Helm asks no chart below charts/ what it lacks.  One from elsewhere would
 * have been packed with all it needs.
 */
static void note_inputs(const struct dependency_run *run,
			const struct chart *chart)
{
	const struct dependencies *entries = &chart->metadata->dependencies;
	struct table names;
	size_t i;

	table_init(&names, run->arena);
	for (i = 0; i < chart->children.count; i++)
		table_puts(&names, chart->children.items[i]->name,
			   chart->children.items[i]);
	for (i = 0; i < entries->count; i++) {
		const struct dependency *entry = entries->items[i];
		const struct chart_wanted *wanted =
			chart_find_wanted(chart, entry);
		const struct chart *child = table_gets(&names, entry->name);

		if (!child && (!chart->parent || chart->borrowed))
			note_missing(run, wanted, entry);
		else if (child && child->borrowed && wanted && wanted->words)
			note_borrowed(run, wanted, entry);
	}
	for (i = 0; i < chart->children.count; i++)
		note_inputs(run, chart->children.items[i]);
}

bool dependency_process(const struct dependency_run *run, struct chart *chart,
			const struct value *values)
{
	if (!enable(run, chart, values, ""))
		return false;
	if (run->missing)
		note_inputs(run, chart);
	return (run->missing && *run->lacks) || import(run, chart);
}
