/*
 * helm lint of Chart.yaml.
 */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/fact.h"
#include "base/source.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "templates/lint.h"
#include "templates/metadata.h"
#include "templates/semver.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

static const char file[] = "Chart.yaml";

static void error(struct linter *linter, const char *format, ...)
	PRINTF_LIKE(2, 3);

static void error(struct linter *linter, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	linter_say(linter, CHART_LINT_ERROR, file, "%s",
		   arena_vprintf(linter->arena, format, args));
	va_end(args);
}

/* url.ParseRequestURI with a scheme. */
static bool is_url(const char *text)
{
	size_t len = strspn(text, LETTERS "0123456789+.-");

	return len && strchr(LETTERS, *text) && text[len] == ':' &&
	       text[len + 1] && !strpbrk(text, " \t\n\x7f");
}

static bool is_email(const char *text)
{
	const char *at = strrchr(text, '@');
	const char *dot = at ? strrchr(at, '.') : NULL;

	return at && at != text && dot && dot != at + 1 && dot[1] &&
	       !strpbrk(text, " \t\n");
}

/* The first fault of the first bad entry ends the list. */
static void check_maintainers(struct linter *linter, const struct value *list)
{
	const struct value *item;

	list_foreach (item, list) {
		const char *name = value_string_or(value_get(item, "name"), "");
		const char *email =
			value_string_or(value_get(item, "email"), "");
		const char *url = value_string_or(value_get(item, "url"), "");

		if (value_is_null(item))
			error(linter, "a maintainer entry is empty");
		else if (!*name)
			error(linter, "each maintainer requires a name");
		else if (*email && !is_email(email))
			error(linter, "invalid email '%s' for maintainer '%s'",
			      email, name);
		else if (*url && !is_url(url))
			error(linter, "invalid url '%s' for maintainer '%s'",
			      url, name);
		else
			continue;
		return;
	}
}

static void check_urls(struct linter *linter, const struct metadata *metadata)
{
	const char *icon = metadata_string(metadata, METADATA_Icon);
	const struct value *item;

	list_foreach (item, metadata->fields[METADATA_Sources]) {
		if (!is_url(value_string_or(item, ""))) {
			error(linter, "invalid source URL '%s'",
			      value_string_or(item, ""));
			break;
		}
	}
	if (!*icon)
		linter_say(linter, CHART_LINT_INFO, file,
			   "icon is recommended");
	else if (!is_url(icon))
		error(linter, "invalid icon URL '%s'", icon);
}

/* The constraint is >0.0.0-0. */
static void check_version(struct linter *linter, const char *version)
{
	struct semver parsed, least;

	if (!*version) {
		error(linter, "version is required");
		return;
	}
	if (!semver_parse(&parsed, linter->arena, version, strlen(version))) {
		error(linter, "version '%s' is not a valid SemVer", version);
		return;
	}
	if (semver_parse(&least, linter->arena, "0.0.0-0", 7) &&
	    semver_compare(&parsed, &least) <= 0)
		error(linter,
		      "version \"%s\" is less than or equal to \"0.0.0-0\"",
		      version);
}

/* SemVer 2 to the letter: three numbers without leading zeros, no v. */
static bool is_strict(struct linter *linter, const char *version)
{
	struct semver parsed;
	const char *at = version;
	int part;

	for (part = 0; part < 3; part++) {
		size_t len = strspn(at, "0123456789");

		if (!len || (len > 1 && *at == '0') ||
		    (part < 2 && at[len] != '.'))
			return false;
		at += len + (part < 2);
	}
	return (!*at || *at == '-' || *at == '+') &&
	       semver_parse(&parsed, linter->arena, version, strlen(version));
}

static const char *go_type(const struct value *value)
{
	if (value_is_number(value))
		return "float64";
	return value_is_bool(value)   ? "bool"
	       : value_is_list(value) ? "[]interface {}"
				      : "map[string]interface {}";
}

/* A version that is no text in the file: numbers lose their zeros. */
static bool check_text(struct linter *linter, const struct value *root,
		       const char *key)
{
	const struct value *value = value_get(root, key);

	if (value_is_null(value) || value_is_string(value))
		return true;
	error(linter, "%s should be of type string but it's of type %s", key,
	      go_type(value));
	return false;
}

static const struct metadata_row *find_row(const struct metadata_row *rows,
					   const char *key)
{
	while (rows->json && strcasecmp(rows->json, key) != 0)
		rows++;
	return rows->json ? rows : NULL;
}

/*
 * The first key that Go does not know, in the order in which the map was
 * written as JSON; NULL: there is none.
 */
static const char *unknown_field(struct linter *linter, const struct value *map,
				 const struct metadata_row *rows)
{
	struct value_entry **sorted = value_sorted(linter->arena, map);
	const char *unknown = NULL;

	for (size_t i = 0; i < value_count(map) && !unknown; i++) {
		const struct metadata_row *row = find_row(rows, sorted[i]->key);
		const struct metadata_row *inner = NULL;
		const struct value *item;

		if (!row)
			return sorted[i]->key;
		if (row->type == METADATA_TYPE_MAINTAINERS)
			inner = maintainer_rows;
		else if (row->type == METADATA_TYPE_DEPENDENCIES)
			inner = dependency_rows;
		if (!inner || sorted[i]->value->kind != VALUE_LIST)
			continue;
		list_foreach (item, sorted[i]->value) {
			if (value_is_map(item) && !unknown)
				unknown = unknown_field(linter, item, inner);
		}
	}
	return unknown;
}

/* helm 4: keys that are not known, and keys that stand there twice. */
static void check_strictly(struct linter *linter, const struct value *root,
			   const struct fact_log *facts)
{
	static const char intro[] =
		"failed to strictly parse chart metadata file";
	const char *unknown;

	if (facts->facts.count) {
		const struct origin *at = &facts->facts.items[0].origin;

		linter_say(linter, CHART_LINT_WARNING, file,
			   "%s\n\terror converting YAML to JSON: yaml: "
			   "unmarshal errors:\n  line %u: key \"%.*s\" "
			   "already set in map",
			   intro,
			   source_position(origin_source(at), at->begin).line,
			   (int)at->length,
			   origin_source(at)->text + at->begin);
		return;
	}
	unknown = value_is_map(root)
			  ? unknown_field(linter, root, metadata_rows)
			  : NULL;
	if (unknown)
		linter_say(linter, CHART_LINT_WARNING, file,
			   "%s\n\terror unmarshaling JSON: while decoding "
			   "JSON: json: unknown field \"%s\"",
			   intro, unknown);
}

static void check_fields(struct linter *linter, const struct metadata *metadata,
			 const struct value *root)
{
	const char *name = metadata_string(metadata, METADATA_Name);
	const char *api = metadata_string(metadata, METADATA_APIVersion);
	bool one = strcmp(api, "v1") == 0;

	if (!*name)
		error(linter, "name is required");
	else if (strchr(name, '/'))
		error(linter, "chart name \"%s\" is invalid", name);
	if (!*api)
		error(linter, "apiVersion is required. The value must be "
			      "either \"v1\" or \"v2\"");
	else if (!one && strcmp(api, "v2") != 0)
		error(linter,
		      "apiVersion '%s' is not valid. The value must be either "
		      "\"v1\" or \"v2\"",
		      api);
	if (check_text(linter, root, "version"))
		check_version(linter,
			      metadata_string(metadata, METADATA_Version));
	check_text(linter, root, "appVersion");
	check_maintainers(linter, metadata->fields[METADATA_Maintainers]);
	check_urls(linter, metadata);
	if (one && *metadata_string(metadata, METADATA_Type))
		error(linter, "chart type is not valid in apiVersion 'v1'. It "
			      "is valid in apiVersion 'v2'");
	if (one && metadata->dependencies.count)
		error(linter, "dependencies are not valid in the Chart file "
			      "with apiVersion 'v1'. They are valid in "
			      "apiVersion 'v2'");
}

void linter_check_metadata(struct linter *linter)
{
	struct fact_log facts;
	const struct yaml_options options = { .dialect = YAML_HELM,
					      .facts = &facts };
	struct source *source = linter_read(linter, file, SOURCE_CHART);
	struct metadata metadata = { .has_dependencies = false };
	struct yaml_problem problem;
	struct diag_sink unheard;
	struct value *root;
	const char *version;

	fact_log_init(&facts, linter->arena);
	root = yaml_read(linter->arena, source, 0, source->len, &options,
			 &problem);
	diag_sink_init(&unheard, linter->arena);
	if (!root || !metadata_read(linter->arena, &unheard, source, "", false,
				    &metadata)) {
		error(linter, "unable to parse YAML\n\t%s",
		      root ? linter_words(&unheard)
			   : arena_join(
				     linter->arena,
				     "error converting YAML to JSON: ",
				     yaml_problem_go(linter->arena, &problem)));
		return;
	}
	if (linter->options->dialect == CHART_HELM4)
		check_strictly(linter, root, &facts);
	check_fields(linter, &metadata, root);
	version = metadata_string(&metadata, METADATA_Version);
	if (linter->options->dialect == CHART_HELM4 &&
	    !is_strict(linter, version))
		linter_say(linter, CHART_LINT_WARNING, file,
			   "version '%s' is not a valid SemVerV2", version);
}
