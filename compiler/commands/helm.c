/*
 * helm: find the verb, parse Helm's flags, run it, print as Helm prints.
 */
#include <stdarg.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/number.h"
#include "base/path.h"
#include "base/str.h"
#include "base/tree_disk.h"
#include "compiler/block.h"
#include "compiler/command.h"
#include "compiler/finding.h"
#include "compiler/helm.h"
#include "compiler/terminal.h"

#define GLOBAL(x) offsetof(struct helm_global, x)

static const struct option global_options[] = {
	{ .name = "compat",
	  .kind = OPTION_TEXT,
	  .offset = GLOBAL(compat),
	  .value = "LIST",
	  .help = "Render as helm3 (default) or as helm4." },
	{ .name = "namespace",
	  .letter = 'n',
	  .kind = OPTION_TEXT,
	  .offset = GLOBAL(name_space),
	  .value = "NAME",
	  .help = "Namespace of the release." },
	{ .name = "debug",
	  .kind = OPTION_FLAG,
	  .offset = GLOBAL(debug),
	  .help = "On a YAML error print what was rendered." },
	{ .name = "kubeconfig",
	  .kind = OPTION_TEXT,
	  .offset = GLOBAL(kubeconfig),
	  .value = "FILE",
	  .help = "Where the default namespace is read from." },
	{ .name = "limit",
	  .kind = OPTION_TEXTS,
	  .offset = GLOBAL(limit),
	  .value = "NAME=VALUE",
	  .help = "Raise a limit, e.g. --limit time=300. Repeatable." },
	{ .name = "burst-limit",
	  .kind = OPTION_TEXT,
	  .offset = GLOBAL(burst_limit),
	  .hidden = true },
	{ .name = "color",
	  .kind = OPTION_TEXT,
	  .offset = GLOBAL(color),
	  .hidden = true },
	{ .name = "colour",
	  .kind = OPTION_TEXT,
	  .offset = GLOBAL(color),
	  .hidden = true },
	{ .name = "content-cache", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = "kube-apiserver", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = "kube-as-group", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = "kube-as-user", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = "kube-ca-file", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = "kube-context",
	  .kind = OPTION_TEXT,
	  .offset = GLOBAL(kube_context),
	  .value = "NAME",
	  .help = "The context whose namespace counts." },
	{ .name = "kube-insecure-skip-tls-verify",
	  .kind = OPTION_NOTED,
	  .hidden = true },
	{ .name = "kube-tls-server-name",
	  .kind = OPTION_TAKEN,
	  .hidden = true },
	{ .name = "kube-token", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = "qps",
	  .kind = OPTION_TEXT,
	  .offset = GLOBAL(qps),
	  .hidden = true },
	{ .name = "registry-config", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = "repository-cache", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = "repository-config", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = NULL }
};

static const struct helm_verb *const verbs[] = {
	&helm_dependency, &helm_environment, &helm_lint,
	&helm_package,    &helm_repository,  &helm_show,
	&helm_template,   &helm_version,     NULL,
};

enum {
	GROUPS_MAX = 8
};

bool helm_fail(struct helm *helm, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	diag_vreport(helm->diags, DIAG_ERROR, NULL, format, args);
	va_end(args);
	return false;
}

const char *helm_path(struct helm *helm, const char *typed)
{
	const char *path;

	if (tree_disk_locate(helm->tree, helm->arena, typed, &path) != TREE_OK)
		return typed;
	return path;
}

/*
 * A chart on this machine: an existing path wins over everything.  What looks
 * like a repository's is refused in the words Helm has without repositories.
 */
const char *helm_locate(struct helm *helm, const char *chart,
			const struct helm_remote *remote)
{
	const char *path = helm_path(helm, chart), *slash;
	bool elsewhere = remote->repo && *remote->repo;
	bool only_there = elsewhere && helm->dialect == CHART_HELM4;
	struct tree_stat stat;

	if (*chart && !only_there &&
	    tree_view_stat(&helm->view, path, &stat) == TREE_OK) {
		if (elsewhere)
			str_printf(helm->notes,
				   "install.go:759: WARN local chart found in "
				   "current working directory. repository url "
				   "ignored chart=%s repository=%s\n",
				   chart, remote->repo);
		if (!remote->verify || helm_refuse_verify(helm, path))
			return path;
		return NULL;
	}
	slash = strchr(chart, '/');
	if (!only_there && (path_is_absolute(chart) || *chart == '.'))
		helm_fail(helm, "path \"%s\" not found", chart);
	else if (strstr(chart, "://") || elsewhere)
		helm_fail(helm,
			  "chart \"%s\" is not on this machine; nothing is "
			  "fetched",
			  chart);
	else if (slash)
		helm_fail(helm, "repo %.*s not found", (int)(slash - chart),
			  chart);
	else
		helm_fail(helm,
			  "non-absolute URLs should be in form of "
			  "repo_name/path_to_chart, got: %s",
			  chart);
	return NULL;
}

/* Finding the verb. */

static const struct helm_verb *find_verb(const char *name)
{
	size_t i;

	for (i = 0; verbs[i]; i++)
		if (strcmp(verbs[i]->name, name) == 0 ||
		    (verbs[i]->other && strcmp(verbs[i]->other, name) == 0))
			return verbs[i];
	return NULL;
}

/* Whether a word in front of the verb is a flag with its value behind it. */
static bool takes_next(const char *word)
{
	const struct option *option;
	const char *name = word + 1;

	if (strchr(word, '='))
		return false;
	if (strcmp(word, "-n") == 0)
		return true;
	name += *name == '-';
	for (option = global_options; option->name; option++)
		if (strcmp(option->name, name) == 0)
			return option->kind == OPTION_TEXT ||
			       option->kind == OPTION_TAKEN;
	return false;
}

/* The index of the first word that is no flag; the count if there is none. */
static size_t verb_index(const char *const *words)
{
	size_t i;

	for (i = 0; words[i]; i++) {
		if (*words[i] != '-')
			break;
		if (takes_next(words[i]) && words[i + 1])
			i++;
	}
	return i;
}

static const char *const *without(struct arena *arena, const char *const *words,
				  size_t index)
{
	VEC(const char *) rest = { 0 };
	size_t i;

	for (i = 0; words[i]; i++)
		if (i != index)
			vec_push(arena, &rest, words[i]);
	vec_push(arena, &rest, NULL);
	return rest.items;
}

/* Flags. */

static bool report_flag(struct helm *helm, const struct option_problem *problem)
{
	const char *name = problem->option ? problem->option->name : "";

	switch (problem->fault) {
	case OPTION_UNKNOWN:
		return helm_fail(helm, "unknown flag: %s", problem->word);
	case OPTION_UNKNOWN_LETTER:
		return helm_fail(helm, "unknown shorthand flag: '%c' in %s",
				 *problem->word, problem->value);
	case OPTION_NEEDS_VALUE:
		if (problem->word[1] != '-')
			return helm_fail(
				helm, "flag needs an argument: '%c' in %s",
				problem->option->letter, problem->word);
		return helm_fail(helm, "flag needs an argument: %s",
				 problem->word);
	case OPTION_TAKES_NONE:
	case OPTION_NOT_A_BOOLEAN:
		return helm_fail(helm,
				 "invalid argument \"%s\" for \"--%s\" flag: "
				 "strconv.ParseBool: parsing \"%s\": invalid "
				 "syntax",
				 problem->value, name, problem->value);
	case OPTION_NOT_A_NUMBER:
		break;
	}
	return helm_fail(helm,
			 "invalid argument \"%s\" for \"--%s\" flag: "
			 "strconv.ParseInt: parsing \"%s\": invalid syntax",
			 problem->value, name, problem->value);
}

bool helm_is_true(const char *text)
{
	static const char *const words[] = { "1",    "t",    "T",
					     "true", "TRUE", "True" };
	size_t i;

	for (i = 0; text && i < ARRAY_COUNT(words); i++)
		if (strcmp(words[i], text) == 0)
			return true;
	return false;
}

static bool bad_number(struct helm *helm, const char *flag, const char *value,
		       const char *function, enum number_status status)
{
	return helm_fail(helm,
			 "invalid argument \"%s\" for \"--%s\" flag: "
			 "strconv.%s: parsing \"%s\": %s",
			 value, flag, function, value,
			 status == NUMBER_RANGE ? "value out of range"
						: "invalid syntax");
}

/* Numbers without effect, which Helm reads all the same. */
static bool check_numbers(struct helm *helm)
{
	const char *limit = helm->global->burst_limit;
	const char *qps = helm->global->qps;
	enum number_status status = NUMBER_OK;
	int64_t whole;
	double real;

	if (limit)
		status = number_parse_int(limit, strlen(limit), 0, &whole);
	if (status != NUMBER_OK)
		return bad_number(helm, "burst-limit", limit, "ParseInt",
				  status);
	if (!qps)
		return true;
	status = number_parse_float(qps, strlen(qps), &real);
	/* Go reads 32 bits. */
	if (status == NUMBER_OK && isfinite(real) && fabs(real) > FLT_MAX)
		status = NUMBER_RANGE;
	return status == NUMBER_OK ||
	       bad_number(helm, "qps", qps, "ParseFloat", status);
}

static bool parse_flags(struct helm *helm, const char *const *words)
{
	const struct option_group *group = helm->verb->groups;
	struct option_group groups[GROUPS_MAX] = { { NULL, NULL, 0 } };
	struct helm_global *global =
		arena_zalloc(helm->arena, sizeof(*global) + helm->verb->size);
	struct option_problem problem;
	size_t count = 0;

	groups[count].title = "Flags of every verb";
	groups[count++].options = global_options;
	for (; group && group->options && count < GROUPS_MAX - 1; group++) {
		groups[count] = *group;
		groups[count++].offset += sizeof(*global);
	}
	helm->global = global;
	helm->options = global + 1;
	global->compat = options_variable("PLIMSOLL_COMPAT");
	global->name_space = options_variable("HELM_NAMESPACE");
	global->kube_context = options_variable("HELM_KUBECONTEXT");
	global->debug = helm_is_true(options_variable("HELM_DEBUG"));
	if (!options_parse(helm->arena, groups, global, words, &helm->args,
			   &problem))
		return report_flag(helm, &problem);
	return check_numbers(helm);
}

/* Of several entries the one that speaks of helm counts. */
static bool read_compat(struct helm *helm)
{
	const char *list = helm->global->compat ? helm->global->compat : "";

	while (*list) {
		size_t len = strcspn(list, ",");

		if (len == 5 && strncmp(list, "helm4", len) == 0)
			helm->dialect = CHART_HELM4;
		else if (len == 5 && strncmp(list, "helm3", len) == 0)
			helm->dialect = CHART_HELM3;
		else if (strncmp(list, "kustomize", 9) != 0)
			return helm_fail(helm,
					 "--compat is \"%s\"; helm3 or helm4 "
					 "is needed",
					 list);
		list += len;
		list += *list == ',';
	}
	return true;
}

/* Nothing is coloured; helm 4 looks at the word before all else. */
static bool check_color(struct helm *helm)
{
	const char *mode = helm->global->color;

	if (!mode || helm->dialect != CHART_HELM4 ||
	    strcmp(mode, "never") == 0 || strcmp(mode, "auto") == 0 ||
	    strcmp(mode, "always") == 0)
		return true;
	return helm_fail(helm,
			 "level=WARN msg=\"command failed\" error=\"invalid "
			 "color mode \\\"%s\\\": must be one of: never, auto, "
			 "always\"",
			 mode);
}

static bool check_args(struct helm *helm)
{
	const struct helm_verb *verb = helm->verb;

	if (helm->args.count >= verb->least_args)
		return true;
	return helm_fail(helm,
			 "\"helm %s\" requires at least %zu argument%s\n\n"
			 "Usage:  helm %s %s",
			 verb->name, verb->least_args,
			 verb->least_args == 1 ? "" : "s", verb->name,
			 verb->usage);
}

/* The end. */

/* A text that begins with a line of helm 4's log brings its own prefix. */
static void put_error(struct str *err, const struct diag *diag)
{
	const char *text = diag->native ? diag->native : diag->message;

	str_printf(err, "%s%s\n",
		   strncmp(text, "level=", 6) == 0 ? "" : "Error: ", text);
}

/*
 * Helm's own words for the first error and for what it logs.  Our warnings,
 * all errors and their places only where a person reads stderr.
 */
static void print_diags(struct helm *helm)
{
	struct block_style style = {
		.colour = terminal_colour(NULL, STDERR_FILENO),
		.width = terminal_width(STDERR_FILENO),
		.wrap = terminal_wrap(STDERR_FILENO),
	};
	bool person = isatty(STDERR_FILENO), failed = false;
	struct str err;
	size_t i;

	str_init(&err, helm->arena);
	str_put(&err, helm->notes->text, helm->notes->len);
	for (i = 0; i < helm->diags->diags.count; i++) {
		struct diag *diag = helm->diags->diags.items[i];

		if (diag->severity == DIAG_ERROR && !failed) {
			put_error(&err, diag);
			failed = true;
		} else if (diag->severity == DIAG_WARNING && diag->native) {
			str_printf(&err, "%s\n", diag->native);
		}
		if (person && origin_source(&diag->origin))
			block_put(&err,
				  finding_new(helm->arena, NULL, diag, false),
				  &style);
	}
	if (err.len)
		fwrite(err.text, 1, err.len, stderr);
}

static bool prepare(struct helm *helm)
{
	const struct option_texts *words = &helm->global->limit;
	char *cwd = getcwd(NULL, 0);
	size_t i;

	helm->limits = limits_default();
	helm->cwd = arena_strdup(helm->arena, cwd ? cwd : "/");
	free(cwd);
	for (i = 0; i < words->count; i++)
		if (!limits_set_word(&helm->limits, words->items[i]))
			return helm_fail(helm,
					 "--limit %s: a name of a limit and a "
					 "whole number are needed",
					 words->items[i]);
	helm->tree = tree_disk_open("/", helm->cwd, helm->limits.file_size);
	if (!helm->tree)
		return helm_fail(helm, "cannot read the file system");
	tree_view_init(&helm->view, helm->tree, helm->arena);
	return true;
}

void helm_describe(struct helm *helm)
{
	const struct option_group *group = helm->verb->groups;
	const struct option_group global[] = {
		{ "Flags of every verb", global_options, 0 },
		{ NULL, NULL, 0 },
	};

	str_printf(helm->out, "usage: helm %s %s\n\n%s\n", helm->verb->name,
		   helm->verb->usage, helm->verb->summary);
	if (group)
		options_help(helm->out, group);
	options_help(helm->out, global);
}

static void describe(struct str *out)
{
	size_t i;

	str_puts(out, "usage: plimsoll helm VERB [ARGUMENT...]\n\n");
	for (i = 0; verbs[i]; i++)
		str_printf(out, "  %-11s %s\n", verbs[i]->name,
			   verbs[i]->summary);
}

static int run_verb(struct helm *helm, const char *const *words)
{
	if (command_asks_for_help(words)) {
		helm_describe(helm);
		return STATUS_CLEAN;
	}
	if (!parse_flags(helm, words) || !read_compat(helm) ||
	    !check_color(helm) || !helm_check_dialect(helm, words) ||
	    !check_args(helm) || !prepare(helm))
		return STATUS_FINDINGS;
	return helm->verb->run(helm);
}

static const char *next_verb(void *context)
{
	const struct helm_verb *const **at = context;

	return **at ? (*(*at)++)->name : NULL;
}

static void unknown_verb(struct helm *helm, const char *name)
{
	const struct helm_verb *const *all = verbs;
	const char *near = edit_nearest(name, next_verb, &all);

	helm_fail(helm,
		  "unknown command \"%s\" for \"helm\"%s%s%s\n"
		  "Run 'helm --help' for usage.",
		  name, near ? "\n\nDid you mean this?\n\t" : "",
		  near ? near : "", near ? "\n" : "");
}

static int run(struct invocation *invocation)
{
	struct arena *arena = invocation->arena;
	struct helm helm = { .arena = arena, .diags = &invocation->diags };
	size_t index = verb_index(invocation->words);
	const char *name = invocation->words[index];
	struct str out, notes;
	int status;

	str_init(&out, arena);
	str_init(&notes, arena);
	helm.out = &out;
	helm.notes = &notes;
	if (!name) {
		describe(&out);
		return invocation_print(invocation, &out, STATUS_CLEAN);
	}
	if (strcmp(name, "help") == 0) {
		name = invocation->words[index + 1];
		helm.verb = name ? find_verb(name) : NULL;
		if (helm.verb)
			helm_describe(&helm);
		else
			describe(&out);
		return invocation_print(invocation, &out, STATUS_CLEAN);
	}
	helm.verb = find_verb(name);
	if (helm.verb) {
		status = run_verb(&helm,
				  without(arena, invocation->words, index));
	} else {
		unknown_verb(&helm, name);
		status = STATUS_FINDINGS;
	}
	if (out.len)
		fwrite(out.text, 1, out.len, stdout);
	fflush(stdout);
	print_diags(&helm);
	if (helm.tree)
		tree_close(helm.tree);
	return status;
}

const struct command command_helm = {
	.name = "helm",
	.summary = "Helm's command line: template, lint, show and more.",
	.usage = "helm VERB [ARGUMENT...]",
	.help = "Standard output, exit status and errors are those of helm "
		"v3.21.4, with\n--compat helm4 those of helm v4.2.4.",
	.raw = true,
	.run = run,
};
