#include "compiler/project/keys.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/edit_distance.h"
#include "base/limits.h"
#include "base/str.h"
#include "model/json.h"
#include "model/value.h"

static const struct project_key text = { .takes = TAKES_TEXT };
static const struct project_key any = { .takes = TAKES_ANY };
static const struct project_key number = { .takes = TAKES_NUMBER };
static const struct project_key variable = { .takes = TAKES_TEXT | TAKES_BOOL |
						      TAKES_NUMBER |
						      TAKES_NULL };
static const struct project_key scalar = { .takes = TAKES_TEXT | TAKES_BOOL |
						    TAKES_NUMBER };
static const struct project_key layer = { .takes = TAKES_TEXT | TAKES_MAP,
					  .values = &any };

static const char *const restrictors[] = { "root", "none", NULL };
static const char *const dialects[] = { "helm3",           "helm4",
					"kustomize-5.8.2", "kustomize-5.8.1",
					"kustomize-5.5",   NULL };
static const struct project_key dialect = { .takes = TAKES_TEXT,
					    .words = dialects };

static const struct project_key ignore_keys[] = {
	{ .name = "rule",
	  .takes = TAKES_TEXT,
	  .help = "Rule, code, prefix of codes or alias." },
	{ .name = "kind", .takes = TAKES_TEXT, .help = "Kind of the object." },
	{ .name = "name",
	  .takes = TAKES_TEXT,
	  .help = "Name of the object; a pattern." },
	{ .name = "namespace",
	  .takes = TAKES_TEXT,
	  .help = "Namespace of the object; a pattern." },
	{ .name = "path",
	  .takes = TAKES_TEXT,
	  .help = "Source file of the finding; a pattern." },
	{ .name = "env",
	  .takes = TAKES_TEXT,
	  .help = "Environment; a pattern." },
	{ .name = "target", .takes = TAKES_TEXT, .help = "Target; a pattern." },
	{ .name = "reason",
	  .takes = TAKES_TEXT,
	  .help = "Why this is acceptable." },
	{ .name = "until",
	  .takes = TAKES_TEXT,
	  .help = "Last day, YYYY-MM-DD; later it counts again." },
	{ .name = NULL },
};
static const struct project_key ignore = { .takes = TAKES_MAP,
					   .keys = ignore_keys };

static const struct project_key rule = {
	.takes = TAKES_TEXT | TAKES_BOOL | TAKES_MAP, .values = &any
};

static const struct project_key profile_keys[] = {
	{ .name = "extends",
	  .takes = TAKES_TEXT,
	  .help = "The profile this one begins with." },
	{ .name = "rules",
	  .takes = TAKES_MAP,
	  .values = &rule,
	  .help = "Severity and parameters by rule." },
	{ .name = NULL },
};
static const struct project_key profile = { .takes = TAKES_MAP,
					    .keys = profile_keys };

static const struct project_key lint_keys[] = {
	{ .name = "profile",
	  .takes = TAKES_TEXT,
	  .help = "default, relaxed, strict, security, schema, all, or one "
		  "of profiles." },
	{ .name = "profiles",
	  .takes = TAKES_MAP,
	  .values = &profile,
	  .help = "Profiles of this project by name." },
	{ .name = "rules",
	  .takes = TAKES_MAP,
	  .values = &rule,
	  .help = "off, info, warning, error, or a map of severity and "
		  "parameters, by rule." },
	{ .name = "paths",
	  .takes = TAKES_MAP,
	  .values = &text,
	  .help = "Profile by source path." },
	{ .name = "ignore",
	  .takes = TAKES_LIST,
	  .items = &ignore,
	  .help = "Findings that are accepted, each with a reason." },
	{ .name = "externals",
	  .takes = TAKES_LIST,
	  .items = &text,
	  .help = "Objects that exist outside this repository: Secret/db." },
	{ .name = "complete",
	  .takes = TAKES_LIST,
	  .items = &text,
	  .help = "Kinds of which all objects are inside." },
	{ .name = "workloads",
	  .takes = TAKES_MAP,
	  .values = &text,
	  .help = "Custom kinds with a pod template, and its path." },
	{ .name = NULL },
};

static const struct project_key environment_keys[] = {
	{ .name = "extends",
	  .takes = TAKES_TEXT | TAKES_LIST,
	  .items = &text,
	  .help = "Environments this one inherits from; a later one of a list "
		  "wins." },
	{ .name = "kubernetes",
	  .takes = TAKES_TEXT | TAKES_LIST,
	  .items = &text,
	  .help = "Version or versions of Kubernetes." },
	{ .name = "vars",
	  .takes = TAKES_MAP,
	  .values = &variable,
	  .help = "Variables of this environment." },
	{ .name = "apiVersions",
	  .takes = TAKES_LIST,
	  .items = &text,
	  .help = "API versions charts see beside the built-in ones." },
	{ .name = "lint",
	  .takes = TAKES_TEXT | TAKES_MAP,
	  .keys = lint_keys,
	  .help = "Settings of the rules here; a name is a profile." },
	{ .name = NULL },
};
static const struct project_key environment = { .takes = TAKES_MAP | TAKES_NULL,
						.keys = environment_keys };

#define SOURCE_KEYS                                                            \
	{ .name = "chart",                                                     \
	  .takes = TAKES_TEXT,                                                 \
	  .help = "Folder of a Helm chart." },                                 \
		{ .name = "kustomization",                                     \
		  .takes = TAKES_TEXT,                                         \
		  .help = "Folder of a kustomization." },                      \
		{ .name = "manifests",                                         \
		  .takes = TAKES_TEXT | TAKES_LIST,                            \
		  .items = &text,                                              \
		  .help = "Plain manifests: files and patterns." },            \
		{ .name = "templates",                                         \
		  .takes = TAKES_TEXT,                                         \
		  .help = "Folder of templates without a chart." },            \
		{ .name = "release",                                           \
		  .takes = TAKES_TEXT,                                         \
		  .help = "Name of the release; default: last part of the "    \
			  "target." },                                         \
		{ .name = "namespace",                                         \
		  .takes = TAKES_TEXT,                                         \
		  .help = "Namespace of the release; default: default." },     \
		{ .name = "values",                                            \
		  .takes = TAKES_TEXT | TAKES_MAP | TAKES_LIST,                \
		  .items = &layer,                                             \
		  .values = &any,                                              \
		  .help = "Values files and inline maps; later ones win, a "   \
			  "file "                                              \
			  "with ? behind it may be absent." },                 \
		{ .name = "crds",                                              \
		  .takes = TAKES_BOOL,                                         \
		  .help = "The chart's crds/ as well; default: true." },       \
		{ .name = "tests",                                             \
		  .takes = TAKES_BOOL,                                         \
		  .help = "Test hooks as well; default: false." },             \
		{ .name = "apiVersions",                                       \
		  .takes = TAKES_LIST,                                         \
		  .items = &text,                                              \
		  .help = "API versions charts see beside the built-in "       \
			  "ones." },                                           \
		{ .name = "loadRestrictor",                                    \
		  .takes = TAKES_TEXT,                                         \
		  .words = restrictors,                                        \
		  .help = "none: the kustomization may read outside its "      \
			  "folder." },                                         \
	{                                                                      \
		.name = "crdMergeKeys", .takes = TAKES_BOOL,                   \
		.help = "Merge lists of custom resources by their CRD's "      \
			"keys."                                                \
	}

static const struct project_key source_keys[] = {
	SOURCE_KEYS,
	{ .name = NULL },
};
static const struct project_key source = { .takes = TAKES_MAP,
					   .keys = source_keys };

static const char *const layouts[] = { "files", "hydrator", NULL };

static const struct project_key output_keys[] = {
	{ .name = "dir",
	  .takes = TAKES_TEXT,
	  .help = "Folder the bundles are written to." },
	{ .name = "path",
	  .takes = TAKES_TEXT,
	  .help = "Path of a bundle; default: ${env}/${target}.yaml." },
	{ .name = "layout",
	  .takes = TAKES_TEXT,
	  .words = layouts,
	  .help = "files (default), or hydrator: each bundle a folder with "
		  "manifest.yaml, README.md and hydrator.metadata, as Argo CD "
		  "lays them out; path names the folder then." },
	{ .name = "header",
	  .takes = TAKES_TEXT,
	  .help = "Comment lines at the top of each bundle." },
	{ .name = NULL },
};

static const struct project_key target_keys[] = {
	SOURCE_KEYS,
	{ .name = "sources",
	  .takes = TAKES_LIST,
	  .items = &source,
	  .help = "Several sources, concatenated." },
	{ .name = "overlay",
	  .takes = TAKES_TEXT | TAKES_LIST,
	  .items = &text,
	  .help = "Kustomizations or Components applied to the sources." },
	{ .name = "environments",
	  .takes = TAKES_LIST,
	  .items = &text,
	  .help = "Only for these environments." },
	{ .name = "exclude",
	  .takes = TAKES_LIST,
	  .items = &text,
	  .help = "Members a family leaves out: patterns over their paths." },
	{ .name = "substitute",
	  .takes = TAKES_MAP,
	  .values = &scalar,
	  .help = "Replace ${VAR} in the objects after the build, as Flux and "
		  "Cluster API do; {} is for defaults alone." },
	{ .name = "allowEmpty",
	  .takes = TAKES_BOOL,
	  .help = "No objects are no error." },
	{ .name = "kubernetes",
	  .takes = TAKES_TEXT | TAKES_LIST,
	  .items = &text,
	  .help = "Version or versions of Kubernetes." },
	{ .name = "lint",
	  .takes = TAKES_TEXT | TAKES_MAP,
	  .keys = lint_keys,
	  .help = "Settings of the rules here; a name is a profile." },
	{ .name = "output",
	  .takes = TAKES_MAP,
	  .keys = output_keys,
	  .help = "Where the bundle of this target goes." },
	{ .name = NULL },
};
static const struct project_key target = { .takes = TAKES_MAP,
					   .keys = target_keys };

static const char *const roots[] = { "plimsoll/v1", NULL };
static const char *const kinds[] = { "Project", NULL };

static const char *const comparisons[] = { "must-equal", "may-differ",
					   "at-least-as", NULL };
static const struct project_key comparison_keys[] = {
	{ .name = "path",
	  .takes = TAKES_TEXT,
	  .help = "KIND/NAME, or KIND/NAME:FIELD; * stands for any text." },
	{ .name = "rule",
	  .takes = TAKES_TEXT,
	  .words = comparisons,
	  .help = "must-equal, may-differ, or at-least-as: not less in the "
		  "second." },
	{ .name = NULL },
};
static const struct project_key comparison = { .takes = TAKES_MAP,
					       .keys = comparison_keys };

static const struct project_key discover_keys[] = {
	{ .name = "in",
	  .takes = TAKES_LIST,
	  .items = &text,
	  .help = "Folders, files and patterns; default: all below the project "
		  "file." },
	{ .name = "exclude",
	  .takes = TAKES_LIST,
	  .items = &text,
	  .help = "What is left out of that: folders, files and patterns. Of "
		  "the file of a kustomization that alone, and what it "
		  "names; of an object of Flux or Argo CD what it applies." },
	{ .name = "loadRestrictor",
	  .takes = TAKES_TEXT,
	  .words = restrictors,
	  .help = "none: kustomizations may read outside their folders." },
	{ .name = NULL },
};

static const struct project_key root_keys[] = {
	{ .name = "apiVersion",
	  .takes = TAKES_TEXT,
	  .words = roots,
	  .help = "plimsoll/v1" },
	{ .name = "kind",
	  .takes = TAKES_TEXT,
	  .words = kinds,
	  .help = "Project" },
	{ .name = "include",
	  .takes = TAKES_LIST,
	  .items = &text,
	  .help = "Project files of members, below this folder: names and "
		  "patterns." },
	{ .name = "kubernetes",
	  .takes = TAKES_TEXT | TAKES_LIST,
	  .items = &text,
	  .help = "Versions of Kubernetes; the first renders, all are "
		  "checked." },
	{ .name = "schemas",
	  .takes = TAKES_LIST,
	  .items = &text,
	  .help = "CRDs for checking, never emitted: files, folders, "
		  "patterns, archives of charts, and what `plimsoll schema "
		  "import` writes." },
	{ .name = "compat",
	  .takes = TAKES_TEXT | TAKES_LIST,
	  .items = &dialect,
	  .words = dialects,
	  .help = "The releases of Helm and Kustomize to be equal to." },
	{ .name = "repository",
	  .takes = TAKES_LIST,
	  .items = &text,
	  .help = "URLs that mean this repository; default: the remotes of "
		  "Git." },
	{ .name = "vars",
	  .takes = TAKES_MAP,
	  .values = &variable,
	  .help = "Variables; null must be given with --var." },
	{ .name = "environments",
	  .takes = TAKES_MAP | TAKES_TEXT,
	  .values = &environment,
	  .help = "Environments by name, or a pattern like clusters/${env}." },
	{ .name = "targets",
	  .takes = TAKES_MAP,
	  .values = &target,
	  .help = "Targets by name; ${name} in a name captures a part of a "
		  "path, ${name:**} several folders: a family." },
	{ .name = "output",
	  .takes = TAKES_MAP,
	  .keys = output_keys,
	  .help = "Where bundles go." },
	{ .name = "lint",
	  .takes = TAKES_TEXT | TAKES_MAP,
	  .keys = lint_keys,
	  .help = "Settings of the rules; a name is a profile." },
	{ .name = "discover",
	  .takes = TAKES_MAP,
	  .keys = discover_keys,
	  .help = "What is to be found beside the targets." },
	{ .name = "follow",
	  .takes = TAKES_BOOL,
	  .help = "false: objects of Flux and Argo CD are objects like others, "
		  "and what they apply is no target. true: --staged searches "
		  "all files for them, also where no name speaks of them." },
	{ .name = "compare",
	  .takes = TAKES_LIST,
	  .items = &comparison,
	  .help = "What may differ between environments; the last that fits "
		  "counts." },
	{ .name = "limits",
	  .takes = TAKES_MAP,
	  .values = &number,
	  .help = "Limits by name, as for --limit." },
	{ .name = NULL },
};

const struct project_key project_root_key = {
	.name = "plimsoll.yaml",
	.takes = TAKES_MAP,
	.keys = root_keys,
	.help = "A plimsoll project.",
};

static const struct project_key *find(const struct project_key *keys,
				      const char *name)
{
	for (; keys->name; keys++)
		if (strcmp(keys->name, name) == 0)
			return keys;
	return NULL;
}

struct names {
	const struct project_key *at;
};

static const char *next_name(void *context)
{
	struct names *names = context;

	return names->at->name ? names->at++->name : NULL;
}

static bool unknown_key(struct diag_sink *diags,
			const struct value_entry *entry,
			const struct project_key *keys)
{
	struct names names = { keys };
	const char *near = edit_nearest(entry->key, next_name, &names);
	struct str known;

	diag_error(diags, &entry->origin, "there is no key %s here",
		   diag_quote(diags->arena, entry->key, entry->len));
	if (near) {
		diag_help(diags, "did you mean \"%s\"?", near);
		return false;
	}
	str_init(&known, diags->arena);
	for (; keys->name; keys++)
		str_printf(&known, "%s%s", known.len ? ", " : "", keys->name);
	diag_help(diags, "known keys are %s", str_text(&known));
	return false;
}

static unsigned takes_of(const struct value *value)
{
	switch ((enum value_kind)value->kind) {
	case VALUE_NULL:
		return TAKES_NULL;
	case VALUE_BOOL:
		/* A word that YAML takes for a boolean is text as well. */
		return TAKES_BOOL;
	case VALUE_INT:
	case VALUE_UINT:
	case VALUE_FLOAT:
		return TAKES_NUMBER | TAKES_TEXT;
	case VALUE_STRING:
		return TAKES_TEXT;
	case VALUE_LIST:
		return TAKES_LIST;
	case VALUE_MAP:
		return TAKES_MAP;
	case VALUE_BYTES:
	case VALUE_OPAQUE:
		break;
	}
	return 0;
}

static const char *wanted(struct arena *arena, unsigned takes)
{
	static const struct {
		unsigned bit;
		const char *name;
	} names[] = {
		{ TAKES_TEXT, "a string" },   { TAKES_BOOL, "true or false" },
		{ TAKES_NUMBER, "a number" }, { TAKES_LIST, "a list" },
		{ TAKES_MAP, "a map" },       { TAKES_NULL, "null" },
	};
	struct str list;
	size_t i;

	str_init(&list, arena);
	for (i = 0; i < ARRAY_COUNT(names); i++)
		if (takes & names[i].bit)
			str_printf(&list, "%s%s", list.len ? " or " : "",
				   names[i].name);
	return str_text(&list);
}

static bool check_words(struct diag_sink *diags, const struct value *value,
			const struct project_key *key)
{
	const char *word = value_string(value), *near;
	struct str list;
	size_t i;

	if (!key->words || !word)
		return true;
	str_init(&list, diags->arena);
	for (i = 0; key->words[i]; i++) {
		if (strcmp(key->words[i], word) == 0)
			return true;
		str_printf(&list, "%s%s", i ? ", " : "", key->words[i]);
	}
	near = edit_nearest_of(word, key->words);
	diag_error(diags, &value->origin, "%s is not known here",
		   diag_quote(diags->arena, word, value->len));
	if (near)
		diag_help(diags, "did you mean \"%s\"?", near);
	else
		diag_help(diags, "known are %s", str_text(&list));
	return false;
}

static bool validate_map(struct diag_sink *diags, const struct value *map,
			 const struct project_key *key)
{
	const struct value_entry *entry;
	bool good = true;

	value_foreach (entry, map) {
		const struct project_key *row = key->values;

		if (key->keys)
			row = find(key->keys, entry->key);
		if (!row) {
			good = unknown_key(diags, entry, key->keys);
			continue;
		}
		if (row->later) {
			good = diag_error(diags, &entry->origin,
					  "\"%s\" is not implemented yet",
					  entry->key);
			diag_help(diags, "take it out; a later release of "
					 "plimsoll reads it");
			continue;
		}
		if (!project_validate(diags, entry->value, row))
			good = false;
	}
	return good;
}

bool project_validate(struct diag_sink *diags, const struct value *value,
		      const struct project_key *key)
{
	const struct value *item;
	bool good = true;

	if (key->takes & TAKES_ANY)
		return true;
	if (!(takes_of(value) & key->takes))
		return diag_error(diags, &value->origin,
				  "a %s stands here; %s is needed",
				  value_kind_name(value->kind),
				  wanted(diags->arena, key->takes));
	if (value_is_map(value))
		return validate_map(diags, value, key);
	list_foreach (item, value)
		if (key->items && !project_validate(diags, item, key->items))
			good = false;
	return check_words(diags, value, key) && good;
}

static void put_schema(struct str *out, const struct project_key *key,
		       size_t depth);

static void put_break(struct str *out, size_t depth)
{
	str_putc(out, '\n');
	str_fill(out, ' ', depth * 2);
}

static void put_types(struct str *out, unsigned takes)
{
	static const struct {
		unsigned bit;
		const char *name;
	} names[] = {
		{ TAKES_TEXT, "\"string\", \"number\"" },
		{ TAKES_BOOL, "\"boolean\"" },
		{ TAKES_NUMBER, "\"number\"" },
		{ TAKES_LIST, "\"array\"" },
		{ TAKES_MAP, "\"object\"" },
		{ TAKES_NULL, "\"null\"" },
	};
	const char *between = "";
	size_t i;

	/* A number is fine where text is: 1.30 means its source text. */
	if (takes & TAKES_TEXT)
		takes &= ~(unsigned)TAKES_NUMBER;
	str_puts(out, "\"type\": [");
	for (i = 0; i < ARRAY_COUNT(names); i++)
		if (takes & names[i].bit) {
			str_printf(out, "%s%s", between, names[i].name);
			between = ", ";
		}
	str_puts(out, "]");
}

static void put_properties(struct str *out, const struct project_key *keys,
			   size_t depth)
{
	str_puts(out, "\"additionalProperties\": false,");
	put_break(out, depth);
	str_puts(out, "\"properties\": {");
	for (; keys->name; keys++) {
		put_break(out, depth + 1);
		str_printf(out, "\"%s\": ", keys->name);
		put_schema(out, keys, depth + 1);
		if (keys[1].name)
			str_putc(out, ',');
	}
	put_break(out, depth);
	str_putc(out, '}');
}

static void put_words(struct str *out, const char *const *words)
{
	size_t i;

	str_puts(out, "\"anyOf\": [{\"enum\": [");
	for (i = 0; words[i]; i++)
		str_printf(out, "%s\"%s\"", i ? ", " : "", words[i]);
	str_puts(out, "]}, {\"type\": \"array\"}]");
}

static void put_schema(struct str *out, const struct project_key *key,
		       size_t depth)
{
	if (key->takes & TAKES_ANY) {
		str_puts(out, "true");
		return;
	}
	str_putc(out, '{');
	put_break(out, depth + 1);
	put_types(out, key->takes);
	if (key->help) {
		str_putc(out, ',');
		put_break(out, depth + 1);
		str_puts(out, "\"description\": ");
		json_write_string(out, key->help, strlen(key->help), true);
	}
	if (key->words) {
		str_putc(out, ',');
		put_break(out, depth + 1);
		put_words(out, key->words);
	}
	if (key->items) {
		str_putc(out, ',');
		put_break(out, depth + 1);
		str_puts(out, "\"items\": ");
		put_schema(out, key->items, depth + 1);
	}
	if (key->keys || key->values) {
		str_putc(out, ',');
		put_break(out, depth + 1);
		if (key->keys) {
			put_properties(out, key->keys, depth + 1);
		} else {
			str_puts(out, "\"additionalProperties\": ");
			put_schema(out, key->values, depth + 1);
		}
	}
	put_break(out, depth);
	str_putc(out, '}');
}

void project_schema(struct str *out)
{
	str_puts(out, "{\n  \"$schema\": "
		      "\"https://json-schema.org/draft/2020-12/schema\",\n"
		      "  \"title\": \"plimsoll.yaml\",\n"
		      "  \"$ref\": \"#/$defs/project\",\n"
		      "  \"$defs\": {\n    \"project\": ");
	put_schema(out, &project_root_key, 2);
	str_puts(out, "\n  }\n}\n");
}
