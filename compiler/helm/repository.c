/*
 * helm repo list: the repositories Helm knows.  Nothing is fetched here, so
 * that its other verbs have no use.
 */
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "compiler/command.h"
#include "compiler/helm.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "model/yaml_read.h"

struct repository_options {
	const char *output;
	bool no_headers;
};

#define FIELD(x) offsetof(struct repository_options, x)

static const struct option own_options[] = {
	{ .name = "output",
	  .letter = 'o',
	  .kind = OPTION_TEXT,
	  .offset = FIELD(output),
	  .value = "FORMAT",
	  .help = "table (default), json or yaml." },
	{ .name = "no-headers",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(no_headers),
	  .help = "Leave the first line of the table out (helm4)." },
	{ .name = NULL }
};

static const struct option_group groups[] = {
	{ "Flags", own_options, 0 },
	{ NULL, NULL, 0 },
};

/* A list of name and url; a file that is not there or no such one: empty. */
static struct value *known(struct helm *helm)
{
	const struct yaml_options how = { .dialect = YAML_HELM,
					  .limits = &helm->limits };
	struct value *list = value_new_list(helm->arena, NULL);
	const struct value *root, *entry;
	struct yaml_problem problem;
	struct source *source;

	if (tree_view_read(&helm->view,
			   helm_path(helm, helm_repository_config(helm)),
			   SOURCE_VALUES, &source) != TREE_OK)
		return list;
	root = yaml_read(helm->arena, source, 0, source->len, &how, &problem);
	list_foreach (entry, root ? value_get(root, "repositories") : NULL) {
		struct value *item = value_new_map(helm->arena, NULL);
		static const char *const keys[] = { "name", "url" };
		size_t i;

		for (i = 0; i < ARRAY_COUNT(keys); i++)
			value_set(helm->arena, item, keys[i],
				  value_new_cstring(
					  helm->arena, NULL,
					  value_string_or(
						  value_get(entry, keys[i]),
						  "")));
		value_append(helm->arena, list, item);
	}
	return list;
}

static size_t widest(const struct value *list, const char *key, size_t least)
{
	const struct value *item;

	list_foreach (item, list) {
		size_t len = strlen(value_string_or(value_get(item, key), ""));

		least = len > least ? len : least;
	}
	return least;
}

static void put_table(struct helm *helm, const struct value *list)
{
	const struct repository_options *options = helm->options;
	int names = (int)widest(list, "name", strlen("NAME"));
	int urls = (int)widest(list, "url", strlen("URL"));
	const struct value *item;

	if (!options->no_headers)
		str_printf(helm->out, "%-*s\t%-*s\n", names, "NAME", urls,
			   "URL");
	list_foreach (item, list)
		str_printf(helm->out, "%-*s\t%-*s\n", names,
			   value_string_or(value_get(item, "name"), ""), urls,
			   value_string_or(value_get(item, "url"), ""));
}

/* None is an error in Helm 3 alone. */
static bool put_none(struct helm *helm)
{
	static const char text[] = "no repositories to show";

	if (helm->dialect == CHART_HELM3)
		return helm_fail(helm, "%s", text);
	str_printf(helm->notes, "%s\n", text);
	return true;
}

static bool put(struct helm *helm)
{
	const struct repository_options *options = helm->options;
	const char *format = options->output ? options->output : "table";
	const struct value *list = known(helm);
	const char *error;

	if (strcmp(format, "json") == 0) {
		if (!json_write(helm->out, list, NULL, NULL, &error))
			return helm_fail(helm, "%s", error);
		str_putc(helm->out, '\n');
		return true;
	}
	if (strcmp(format, "yaml") == 0)
		return yaml_emit(helm->out, list, YAML_FORM_HELM, NULL,
				 &error) ||
		       helm_fail(helm, "%s", error);
	if (strcmp(format, "table") != 0)
		return helm_fail(helm,
				 "invalid argument \"%s\" for \"-o, --output\" "
				 "flag: invalid format type",
				 format);
	if (!value_count(list))
		return put_none(helm);
	put_table(helm, list);
	return true;
}

static bool fetches(const char *name)
{
	static const char *const names[] = { "add", "index",  "remove",
					     "rm",  "update", "up" };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static int run(struct helm *helm)
{
	const char *name = helm->args.count ? helm->args.items[0] : "";

	if (fetches(name)) {
		helm_fail(helm,
			  "helm repo %s: nothing is fetched here; charts have "
			  "to be on this machine",
			  name);
		return STATUS_FINDINGS;
	}
	if (strcmp(name, "list") != 0 && strcmp(name, "ls") != 0) {
		helm_describe(helm);
		return STATUS_CLEAN;
	}
	if (helm->args.count > 1) {
		helm_fail(helm, "\"helm repo list\" accepts no arguments\n\n"
				"Usage:  helm repo list [flags]");
		return STATUS_FINDINGS;
	}
	return put(helm) ? STATUS_CLEAN : STATUS_FINDINGS;
}

const struct helm_verb helm_repository = {
	.name = "repo",
	.usage = "list [flags]",
	.summary = "List the repositories that Helm knows.",
	.groups = groups,
	.size = sizeof(struct repository_options),
	.run = run,
};
