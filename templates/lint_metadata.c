/*
 * helm lint of Chart.yaml.
 */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/fact.h"
#include "base/regex.h"
#include "base/source.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "templates/lint.h"
#include "templates/metadata.h"
#include "templates/semver.h"
#include "model/url.h"

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
static bool is_url(struct linter *linter, const char *text)
{
	const char *problem;
	struct url url;

	return url_parse(&url, linter->arena, text, strlen(text), &problem) &&
	       *url.scheme;
}

static bool matches(struct linter *linter, const char *pattern,
		    const char *text)
{
	const char *problem;
	struct regex *regex = regex_compile(linter->arena, pattern,
					    strlen(pattern), &problem);

	return regex && regex_matches(regex, text, strlen(text));
}

#define WIDE   "\\x{A0}-\\x{D7FF}\\x{F900}-\\x{FDCF}\\x{FDF0}-\\x{FFEF}"
#define ATOM   "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~" WIDE "-]+"
#define LABEL  "[a-zA-Z0-9" WIDE "]"
#define LETTER "[a-zA-Z" WIDE "]"

/* A domain has a dot and its last part begins and ends with a letter. */
static bool is_email(struct linter *linter, const char *text)
{
	return matches(linter,
		       "^(?:" ATOM "(?:\\." ATOM
		       ")*|\"[ \\t]*[^\"\\\\\\s(]+[ \\t]*\")@"
		       "(?:" LABEL "(?:[a-zA-Z0-9._~" WIDE "-]*" LABEL
		       ")?\\.)+" LETTER "(?:[a-zA-Z0-9_~" WIDE "-]*" LETTER
		       ")?\\.?$",
		       text);
}

#define NAME  "[a-zA-Z0-9]"
#define NAMES "[a-zA-Z\\x{A1}-\\x{FFFF}0-9]+"
#define HOST                                                                   \
	"(?:" NAME "[a-zA-Z0-9_-]*" NAME "(?:[-.]" NAME "+)*|www\\.|" NAME     \
	"+(?:[-_.]?" NAME ")*" NAME "\\." NAME "+)?"                           \
	"(?:" NAMES "-{0,2})*" NAMES "(?:\\.[a-zA-Z\\x{A1}-\\x{FFFF}]+)?"
#define BYTE       "(?:\\d{1,2}|1\\d\\d|2[0-4]\\d|25[0-5])"
#define FIRST_BYTE "(?:[1-9]\\d?|1\\d\\d|2[01]\\d|22[0-3]|24\\d|25[0-5])"

/*
 * What may stand as a maintainer's url: no scheme is needed, but a dot is.
 * Helm's validator wants a text that parses and looks like this.
 */
static bool is_web_address(struct linter *linter, const char *text)
{
	bool port = strchr(text, ':') && !strstr(text, "://");
	const char *parsed =
		port ? arena_printf(linter->arena, "http://%s", text) : text;
	const char *problem;
	struct url url;

	if (strlen(text) <= 3 || strlen(text) >= 2083 || *text == '.' ||
	    !url_parse(&url, linter->arena, parsed, strlen(parsed), &problem) ||
	    *url.host == '.' ||
	    (!*url.host && *url.path && !strchr(url.path, '.')))
		return false;
	return matches(linter,
		       "^(?:(?:ftp|tcp|udp|wss?|https?)://)?(?:\\S+@)?"
		       "(?:" FIRST_BYTE "(?:\\." BYTE "){3}|"
		       "\\[[0-9a-fA-F:.]+\\]|" HOST ")"
		       "\\.?(?::\\d{1,5})?(?:[/?#]\\S*)?$",
		       text);
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
		else if (*email && !is_email(linter, email))
			error(linter, "invalid email '%s' for maintainer '%s'",
			      email, name);
		else if (*url && !is_web_address(linter, url))
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
		if (!is_url(linter, value_string_or(item, ""))) {
			error(linter, "invalid source URL '%s'",
			      value_string_or(item, ""));
			break;
		}
	}
	if (!*icon)
		linter_say(linter, CHART_LINT_INFO, file,
			   "icon is recommended");
	else if (!is_url(linter, icon))
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
	if (value_is_null(value))
		return "<nil>";
	if (value_is_number(value))
		return "float64";
	return value_is_bool(value)   ? "bool"
	       : value_is_list(value) ? "[]interface {}"
				      : "map[string]interface {}";
}

/* A version that is no text in the file: numbers lose their zeros. */
static void check_text(struct linter *linter, const struct value *root,
		       const char *key)
{
	const struct value *value = value_get(root, key);

	if (value && !value_is_string(value))
		error(linter, "%s should be of type string but it's of type %s",
		      key, go_type(value));
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
	check_text(linter, root, "version");
	check_version(linter, metadata_string(metadata, METADATA_Version));
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
	struct metadata metadata = {
		.package = linter->options->dialect == CHART_HELM4 ? "v2" : NULL
	};
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
