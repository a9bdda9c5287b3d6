/*
 * Charts as archives, and what helm dependency needs to know of them.
 */
#include <string.h>
#include <time.h>

#include "base/archive.h"
#include "base/arena.h"
#include "base/sha.h"
#include "base/source.h"
#include "base/str.h"
#include "base/table.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "model/yaml_read.h"
#include "templates/chart_object.h"
#include "templates/chart_parts.h"
#include "templates/chart_verbs.h"
#include "templates/semver.h"

const char *chart_version(const struct chart *chart)
{
	return metadata_string(chart->metadata, METADATA_Version);
}

bool chart_is_v1(const struct chart *chart)
{
	return strcmp(metadata_string(chart->metadata, METADATA_APIVersion),
		      "v1") == 0;
}

bool chart_has_needs(const struct chart *chart)
{
	return chart->metadata->has_dependencies;
}

bool chart_need(const struct chart *chart, size_t index,
		struct chart_need *need)
{
	const struct dependencies *entries = &chart->metadata->dependencies;
	const struct dependency *entry;

	if (index >= entries->count)
		return false;
	entry = entries->items[index];
	need->name = entry->name;
	need->version = entry->version;
	need->repository = entry->repository;
	return true;
}

const struct source *chart_member(const struct chart *chart, const char *name)
{
	size_t i;

	for (i = 0; i < chart->raw.count; i++)
		if (strcmp(chart->raw.items[i]->name, name) == 0)
			return chart->raw.items[i]->source;
	return NULL;
}

void chart_children(struct arena *arena, const struct chart *chart,
		    struct table *children)
{
	size_t i;

	table_init(children, arena);
	/* Of equal names the first. */
	for (i = chart->children.count; i-- > 0;)
		table_puts(children, chart->children.items[i]->name,
			   chart->children.items[i]);
}

const char *chart_constraint_problem(struct arena *arena,
				     const char *constraint)
{
	const char *problem = NULL;

	return semver_constraints_parse(arena, constraint, strlen(constraint),
					&problem)
		       ? NULL
		       : problem;
}

enum chart_range chart_range(struct arena *arena, const char *constraint,
			     const char *version)
{
	const struct semver_constraints *constraints;
	struct semver parsed;
	const char *problem;

	constraints = semver_constraints_parse(arena, constraint,
					       strlen(constraint), &problem);
	if (!constraints ||
	    !semver_parse(&parsed, arena, version, strlen(version)))
		return CHART_NO_VERSION;
	return semver_allows(constraints, &parsed) ? CHART_IN_RANGE
						   : CHART_OUT_OF_RANGE;
}

/* The lock. */

struct chart_lock *chart_lock(struct chart *chart, struct arena *arena,
			      struct diag_sink *diags)
{
	const struct yaml_options options = { .dialect = YAML_HELM };
	struct chart_lock *lock;
	const struct value *list, *item;
	struct source *source;
	struct value *root;

	if (!chart->lock)
		return NULL;
	source = chart_file_read(chart->lock, SOURCE_CHART, diags);
	root = source ? yaml_read_reported(arena, source, &options, diags)
		      : NULL;
	if (!root)
		return NULL;
	lock = arena_zalloc(arena, sizeof(*lock));
	lock->digest = value_string_or(value_get(root, "digest"), "");
	list = value_get(root, "dependencies");
	lock->needs = arena_zalloc(arena, (value_count(list) + 1) *
						  sizeof(*lock->needs));
	list_foreach (item, list) {
		struct chart_need *need = &lock->needs[lock->count++];

		need->name = value_string_or(value_get(item, "name"), "");
		need->version = value_string_or(value_get(item, "version"), "");
		need->repository =
			value_string_or(value_get(item, "repository"), "");
	}
	return lock;
}

static void put_field(struct str *out, const char *key, const char *text)
{
	str_printf(out, "%s\"%s\":", out->text[out->len - 1] == '{' ? "" : ",",
		   key);
	json_write_string(out, text, strlen(text), false);
}

/* [dependencies, locked ones], as Go writes them, and their SHA-256. */
const char *chart_lock_digest(struct arena *arena, const struct chart *chart,
			      const struct chart_need *locked, size_t count)
{
	uint8_t digest[SHA256_BYTES];
	char hex[SHA256_BYTES * 2 + 1];
	struct str json;
	size_t i;

	str_init(&json, arena);
	str_putc(&json, '[');
	chart_dependencies_json(&json, chart);
	str_puts(&json, ",[");
	for (i = 0; i < count; i++) {
		str_puts(&json, i ? ",{" : "{");
		put_field(&json, "name", locked[i].name);
		if (*locked[i].version)
			put_field(&json, "version", locked[i].version);
		put_field(&json, "repository", locked[i].repository);
		str_putc(&json, '}');
	}
	str_puts(&json, "]]");
	sha256(json.text, json.len, digest);
	sha_hex(digest, sizeof(digest), hex);
	return arena_join(arena, "sha256:", hex);
}

static struct value *lock_entry(struct arena *arena,
				const struct chart_need *need)
{
	struct value *entry = value_new_map(arena, NULL);

	value_set(arena, entry, "name",
		  value_new_cstring(arena, NULL, need->name));
	value_set(arena, entry, "repository",
		  value_new_cstring(arena, NULL, need->repository));
	value_set(arena, entry, "version",
		  value_new_cstring(arena, NULL, need->version));
	return entry;
}

void chart_lock_write(struct str *out, const struct chart_lock *lock,
		      const char *generated)
{
	struct arena *arena = out->arena;
	struct value *root = value_new_map(arena, NULL);
	struct value *list = value_new_list(arena, NULL);
	const char *error;
	size_t i;

	for (i = 0; i < lock->count; i++)
		value_append(arena, list, lock_entry(arena, &lock->needs[i]));
	value_set(arena, root, "dependencies", list);
	value_set(arena, root, "digest",
		  value_new_cstring(arena, NULL, lock->digest));
	value_set(arena, root, "generated",
		  value_new_cstring(arena, NULL, generated));
	if (!yaml_emit(out, root, YAML_FORM_HELM, NULL, &error))
		BUG("a lock is made of texts");
}

/* Packing. */

struct packing {
	struct arena *arena;
	struct diag_sink *diags;
	const struct chart_pack_options *options;
	struct archive_members members;
	int64_t modified;
};

static void add_text(struct packing *packing, const char *folder,
		     const char *name, const char *text, size_t len)
{
	struct archive_member *member =
		vec_new(packing->arena, &packing->members);

	member->name = arena_printf(packing->arena, "%s/%s", folder, name);
	member->text = text;
	member->len = len;
	member->modified = packing->modified;
}

static bool add_file(struct packing *packing, const char *folder,
		     struct chart_file *file)
{
	struct source *source =
		chart_file_read(file, SOURCE_CHART, packing->diags);

	if (!source)
		return false;
	add_text(packing, folder, file->name, source->text, source->len);
	return true;
}

static bool add_files(struct packing *packing, const char *folder,
		      const struct chart_files *files)
{
	size_t i;

	for (i = 0; i < files->count; i++)
		if (!add_file(packing, folder, files->items[i]))
			return false;
	return true;
}

/* What is no JSON goes into no archive; no number is too large here. */
static bool add_schema(struct packing *packing, const char *folder,
		       struct chart_file *file)
{
	const struct chart_pack_options *options = packing->options;
	struct source *source =
		chart_file_read(file, SOURCE_CHART, packing->diags);
	struct json_problem problem = { .partial = NULL };
	struct origin at;

	if (source &&
	    !json_read(packing->arena, source, 0, source->len, false,
		       &problem) &&
	    !problem.partial) {
		at = origin_at(source, problem.offset, problem.offset);
		diag_error(packing->diags, &at, "%s", problem.text);
		diag_native(packing->diags, "%s%s JSON in %s",
			    options->prefix ? options->prefix : "",
			    options->dialect == CHART_HELM4 ? "invalid"
							    : "Invalid",
			    file->name);
		return false;
	}
	return add_file(packing, folder, file);
}

/* Chart.yaml anew, then the rest in Helm's order, then the charts below. */
static bool add_chart(struct packing *packing, const struct chart *chart,
		      const char *folder)
{
	bool two = strcmp(metadata_string(chart->metadata, METADATA_APIVersion),
			  "v2") == 0;
	struct str yaml;
	size_t i;

	str_init(&yaml, packing->arena);
	/* Those of old charts have a file of their own. */
	chart_metadata_yaml(&yaml, chart, !chart_is_v1(chart));
	add_text(packing, folder, "Chart.yaml", str_text(&yaml), yaml.len);
	if ((chart->lock && two && !add_file(packing, folder, chart->lock)) ||
	    (chart->values_file &&
	     !add_file(packing, folder, chart->values_file)) ||
	    (chart->schema && !add_schema(packing, folder, chart->schema)) ||
	    !add_files(packing, folder, &chart->templates) ||
	    !add_files(packing, folder, &chart->files))
		return false;
	for (i = 0; i < chart->children.count; i++) {
		const struct chart *child = chart->children.items[i];

		if (!add_chart(packing, child,
			       arena_printf(packing->arena, "%s/charts/%s",
					    folder, child->name)))
			return false;
	}
	return true;
}

static void replace_text(struct arena *arena, struct chart *chart,
			 enum metadata_field field, const char *text)
{
	if (text)
		chart->metadata->fields[field] =
			value_new_cstring(arena, &chart->origin, text);
}

bool chart_pack(struct chart *chart, const struct chart_pack_options *options,
		struct diag_sink *diags, struct str *out)
{
	struct packing packing = { .arena = out->arena,
				   .diags = diags,
				   .options = options,
				   .modified = (int64_t)time(NULL) };
	struct chart *copy = chart_clone(out->arena, chart, NULL);

	replace_text(out->arena, copy, METADATA_Version, options->version);
	replace_text(out->arena, copy, METADATA_AppVersion,
		     options->app_version);
	return add_chart(&packing, copy, copy->name) &&
	       archive_pack(out, diags, &packing.members);
}
