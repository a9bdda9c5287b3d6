/*
 * kustomize: the command line, the bytes and the words of that program.
 *
 * Its own rules of reading hold here: folders may lie anywhere, files in or
 * below their kustomization.  Where standard error is a terminal our fuller
 * diagnostic follows kustomize's text.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/str.h"
#include "base/tree.h"
#include "base/tree_disk.h"
#include "compiler/command.h"
#include "compiler/git_base.h"
#include "compiler/kustomize_text.h"
#include "compiler/resolve.h"
#include "compiler/terminal.h"
#include "model/bundle.h"
#include "overlays/overlay.h"

#define VERSION "v5.8.2"

struct kustomize_options {
	const char *compat;
	const char *output;
	const char *load_restrictor;
	const char *reorder;
	const char *helm_kube_version;
	struct option_texts helm_api_versions;
	struct option_texts limit;
	bool enable_helm;
	bool alpha_plugins;
	bool managed_by;
	bool help;
};

struct version_options {
	const char *output;
	bool brief;
	bool help;
};

#define FIELD(x) offsetof(struct kustomize_options, x)

static const struct option build_options[] = {
	{ .name = "compat",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(compat),
	  .value = "LIST",
	  .help = "Build as kustomize-5.8.2 (default), kustomize-5.8.1 or "
		  "kustomize-5.5." },
	{ .name = "output",
	  .letter = 'o',
	  .kind = OPTION_TEXT,
	  .offset = FIELD(output),
	  .value = "PATH",
	  .help = "Write to this file, or one file per resource into this "
		  "folder." },
	{ .name = "load-restrictor",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(load_restrictor),
	  .value = "RULE",
	  .help = "LoadRestrictionsRootOnly (default) or "
		  "LoadRestrictionsNone." },
	{ .name = "enable-helm",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(enable_helm),
	  .help = "Inflate charts." },
	{ .name = "helm-kube-version",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(helm_kube_version),
	  .value = "VERSION",
	  .help = "Kubernetes version that charts see." },
	{ .name = "helm-api-versions",
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(helm_api_versions),
	  .value = "LIST",
	  .help = "API versions that charts see." },
	{ .name = "enable-managedby-label",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(managed_by),
	  .hidden = true,
	  .help = "As managedByLabel under buildMetadata." },
	{ .name = "enable-alpha-plugins",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(alpha_plugins),
	  .help = "Accepted; no program is run." },
	{ .name = "reorder",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(reorder),
	  .value = "ORDER",
	  .hidden = true,
	  .help = "legacy or none." },
	{ .name = "limit",
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(limit),
	  .value = "NAME=VALUE",
	  .help = "Raise a limit, e.g. --limit tree-depth=2000. Repeatable." },
	{ .name = "help",
	  .letter = 'h',
	  .kind = OPTION_FLAG,
	  .offset = FIELD(help),
	  .help = "Print this." },
	{ .name = "helm-command",
	  .kind = OPTION_TAKEN,
	  .value = "PROGRAM",
	  .help = "Accepted; charts are inflated here." },
	{ .name = "helm-debug", .kind = OPTION_NOTED, .help = "Accepted." },
	{ .name = "enable-exec", .kind = OPTION_NOTED, .help = "Accepted." },
	{ .name = "as-current-user",
	  .kind = OPTION_NOTED,
	  .help = "Accepted." },
	{ .name = "env",
	  .letter = 'e',
	  .kind = OPTION_TAKEN,
	  .value = "NAME=VALUE",
	  .help = "Accepted." },
	{ .name = "mount",
	  .kind = OPTION_TAKEN,
	  .value = "MOUNT",
	  .help = "Accepted." },
	{ .name = "network", .kind = OPTION_NOTED, .help = "Accepted." },
	{ .name = "network-name",
	  .kind = OPTION_TAKEN,
	  .value = "NAME",
	  .help = "Accepted." },
	{ .name = "stack-trace", .kind = OPTION_NOTED, .help = "Accepted." },
	{ .name = NULL }
};

#undef FIELD
#define FIELD(x) offsetof(struct version_options, x)

static const struct option version_options[] = {
	{ .name = "output",
	  .letter = 'o',
	  .kind = OPTION_TEXT,
	  .offset = FIELD(output) },
	{ .name = "short", .kind = OPTION_FLAG, .offset = FIELD(brief) },
	{ .name = "help",
	  .letter = 'h',
	  .kind = OPTION_FLAG,
	  .offset = FIELD(help) },
	{ .name = "stack-trace", .kind = OPTION_NOTED },
	{ .name = NULL }
};

static const struct option_group version_groups[] = {
	{ "kustomize version", version_options, 0 }, { NULL, NULL, 0 }
};

static const struct option_group groups[] = {
	{ "kustomize build", build_options, 0 }, { NULL, NULL, 0 }
};

static int error(const char *text)
{
	fprintf(stderr, "Error: %s\n", text);
	return STATUS_FINDINGS;
}

static bool find_compat(const char *word, size_t len,
			enum overlay_compat *found)
{
	static const struct {
		const char *name;
		enum overlay_compat compat;
	} rows[] = {
		{ "kustomize-5.8.2", OVERLAY_5_8_2 },
		{ "kustomize-5.8.1", OVERLAY_5_8_1 },
		{ "kustomize-5.5", OVERLAY_5_5 },
	};
	size_t i;

	for (i = 0; i < ARRAY_COUNT(rows); i++) {
		if (strlen(rows[i].name) != len ||
		    strncmp(rows[i].name, word, len) != 0)
			continue;
		*found = rows[i].compat;
		return true;
	}
	return false;
}

/* What a list says of helm is for another command. */
static bool read_compat(struct invocation *invocation,
			enum overlay_compat *found)
{
	const struct kustomize_options *own = invocation->options;
	const char *list =
		own->compat ? own->compat : options_variable("PLIMSOLL_COMPAT");

	for (list = list ? list : ""; *list; list += *list == ',') {
		size_t len = strcspn(list, ",");

		if (!find_compat(list, len, found) &&
		    strncmp(list, "helm", 4) != 0) {
			(void)error(arena_printf(
				invocation->arena,
				"--compat is \"%.*s\"; kustomize-5.8.2, "
				"kustomize-5.8.1 or kustomize-5.5 is needed",
				(int)len, list));
			return false;
		}
		list += len;
	}
	return true;
}

/* What pflag says of an argument it does not take. */
static int usage_error(struct invocation *invocation,
		       const struct option_problem *problem)
{
	const char *word = problem->word;

	switch (problem->fault) {
	case OPTION_UNKNOWN:
		return error(arena_printf(invocation->arena,
					  "unknown flag: %.*s",
					  (int)strcspn(word, "="), word));
	case OPTION_UNKNOWN_LETTER:
		return error(arena_printf(invocation->arena,
					  "unknown shorthand flag: '%c' in -%s",
					  *word, word));
	case OPTION_NEEDS_VALUE:
		if (problem->value)
			return error(arena_printf(
				invocation->arena,
				"flag needs an argument: '%c' in -%s",
				*problem->value, problem->value));
		return error(arena_printf(invocation->arena,
					  "flag needs an argument: %s", word));
	case OPTION_TAKES_NONE:
	case OPTION_NOT_A_NUMBER:
	case OPTION_NOT_A_BOOLEAN:
		break;
	}
	return error(arena_printf(
		invocation->arena,
		"invalid argument \"%s\" for \"--%s\" flag: strconv.ParseBool: "
		"parsing \"%s\": invalid syntax",
		problem->value, problem->option->name, problem->value));
}

/* Kustomize's own text, and for people the place and the remedy. */
static int failure(struct invocation *invocation)
{
	const struct diag_sink *diags = &invocation->diags;
	const char *native = NULL;
	size_t i;

	for (i = 0; i < diags->diags.count; i++) {
		const struct diag *diag = diags->diags.items[i];

		if (diag->severity == DIAG_ERROR)
			native = diag->native ? diag->native : diag->message;
	}
	if (native)
		fprintf(stderr, "Error: %s\n", native);
	if (terminal_is(STDERR_FILENO))
		invocation_flush(invocation);
	return STATUS_FINDINGS;
}

static int write_files(struct invocation *invocation,
		       const struct overlay_options *options,
		       const struct bundle *bundle, const char *dir)
{
	const struct object *object;
	struct str out;

	str_init(&out, invocation->arena);
	bundle_foreach (object, bundle) {
		str_clear(&out);
		if (!overlay_write_object(object->root, options, &out) ||
		    file_write(invocation->arena, &invocation->diags,
			       kustomize_file_name(invocation->arena, bundle,
						   object, dir),
			       out.text, out.len) == FILE_FAILED)
			return failure(invocation);
	}
	return STATUS_CLEAN;
}

static int print_bundle(struct invocation *invocation,
			const struct overlay_options *options,
			const struct bundle *bundle)
{
	struct overlay_rest rest;
	struct str out;
	size_t i;
	int status;

	str_init(&out, invocation->arena);
	if (!overlay_write_parts(bundle, options, &out, &rest))
		return failure(invocation);
	status = invocation_print(invocation, &out, STATUS_CLEAN);
	for (i = 0; i < rest.count && status == STATUS_CLEAN; i++)
		status = invocation_print(invocation, &rest.parts[i],
					  STATUS_CLEAN);
	return status;
}

static int write_bundle(struct invocation *invocation,
			const struct overlay_options *options,
			const struct bundle *bundle)
{
	const struct kustomize_options *own = invocation->options;
	struct tree_stat stat;
	const char *path;
	struct str out;

	if (own->output &&
	    tree_disk_locate(options->view->tree, invocation->arena,
			     own->output, &path) == TREE_OK &&
	    tree_view_stat(options->view, path, &stat) == TREE_OK &&
	    stat.kind == TREE_DIR)
		return write_files(invocation, options, bundle, own->output);
	if (!own->output)
		return print_bundle(invocation, options, bundle);
	str_init(&out, invocation->arena);
	if (!overlay_write(bundle, options, &out))
		return failure(invocation);
	if (file_write(invocation->arena, &invocation->diags, own->output,
		       out.text, out.len) == FILE_FAILED)
		return failure(invocation);
	return STATUS_CLEAN;
}

static bool render_chart(void *context, const struct resolver_caller *caller,
			 const struct chart_request *request,
			 const struct source **rendered)
{
	const struct resolve_charts how = { .dialect = CHART_HELM3,
					    .limits = context };

	return resolve_render(&how, caller, request, rendered);
}

static bool open_base(void *context, const struct resolver_caller *caller,
		      const struct base_request *request,
		      struct base_answer *answer)
{
	(void)context;
	return git_base_open(caller, request, answer);
}

static int build_in(struct invocation *invocation, struct tree *tree,
		    struct limits *limits, const char *dir)
{
	const struct kustomize_options *own = invocation->options;
	const char *managed =
		options_variable("KUSTOMIZE_ENABLE_MANAGEDBY_LABEL");
	const struct resolver resolver = { .context = limits,
					   .base = open_base,
					   .chart = render_chart };
	struct option_texts versions = own->helm_api_versions;
	struct str warnings;
	struct tree_view view;
	struct overlay_options options = {
		.view = &view,
		.diags = &invocation->diags,
		.warnings = &warnings,
		.any_file = own->load_restrictor &&
			    strcmp(own->load_restrictor,
				   "LoadRestrictionsNone") == 0,
		.enable_helm = own->enable_helm,
		.alpha_plugins = own->alpha_plugins,
		.only_written = true,
		.managed_by_label = own->managed_by ||
				    (managed && strcmp(managed, "on") == 0),
		.resolver = &resolver,
		.limits = limits,
		.helm_kube_version = own->helm_kube_version,
		.order = own->reorder && strcmp(own->reorder, "none") == 0
				 ? OVERLAY_ORDER_NONE
				 : OVERLAY_ORDER_LEGACY,
	};
	struct bundle *bundle;
	const char *path;

	if (!read_compat(invocation, &options.compat))
		return STATUS_FINDINGS;
	vec_push(invocation->arena, &versions, NULL);
	options.helm_api_versions = versions.items;
	str_init(&warnings, invocation->arena);
	tree_view_init(&view, tree, invocation->arena);
	if (tree_disk_locate(tree, invocation->arena, dir, &path) != TREE_OK)
		path = path_clean(invocation->arena, dir);
	bundle = overlay_build(invocation->arena, &options, path);
	if (warnings.len)
		fwrite(warnings.text, 1, warnings.len, stderr);
	return bundle ? write_bundle(invocation, &options, bundle)
		      : failure(invocation);
}

static int check_options(struct invocation *invocation)
{
	const struct kustomize_options *own = invocation->options;
	const char *rule = own->load_restrictor;

	if (invocation->args.count > 1)
		return error("specify one path to kustomization.yaml");
	if (invocation->args.count && !*invocation->args.items[0])
		return error("must build at directory: directory path cannot "
			     "be empty");
	if (own->managed_by)
		fputs("Flag --enable-managedby-label has been deprecated, The "
		      "flag `enable-managedby-label` has been deprecated. Use "
		      "the `managedByLabel` option in the `buildMetadata` "
		      "field instead.\n",
		      stderr);
	if (own->reorder) {
		fputs("Flag --reorder has been deprecated, use the new "
		      "'sortOptions' field in kustomization.yaml instead.\n",
		      stderr);
		if (strcmp(own->reorder, "none") != 0 &&
		    strcmp(own->reorder, "legacy") != 0)
			return error(arena_printf(
				invocation->arena,
				"illegal flag value --reorder %s; legal "
				"values: [legacy none]",
				own->reorder));
	}
	if (rule && strcmp(rule, "LoadRestrictionsNone") != 0 &&
	    strcmp(rule, "LoadRestrictionsRootOnly") != 0)
		return error(arena_printf(
			invocation->arena,
			"illegal flag value --load-restrictor %s; legal "
			"values: [LoadRestrictionsRootOnly "
			"LoadRestrictionsNone]",
			rule));
	return STATUS_CLEAN;
}

static int read_limits(struct invocation *invocation, struct limits *limits)
{
	const struct kustomize_options *own = invocation->options;
	const struct option_texts *words = &own->limit;
	size_t i;

	for (i = 0; i < words->count; i++)
		if (!limits_set_word(limits, words->items[i]))
			return error(arena_printf(
				invocation->arena,
				"--limit takes NAME=VALUE and not %s; the "
				"names are %s",
				words->items[i], limits_names));
	return STATUS_CLEAN;
}

static int build(struct invocation *invocation)
{
	struct limits limits = limits_default();
	char *cwd = getcwd(NULL, 0);
	struct tree *tree;
	int status = check_options(invocation);

	if (status == STATUS_CLEAN)
		status = read_limits(invocation, &limits);
	if (status != STATUS_CLEAN) {
		free(cwd);
		return status;
	}
	tree = tree_disk_open("/", cwd ? cwd : "/", limits.file_size);
	if (!tree) {
		free(cwd);
		return error("the file system cannot be read");
	}
	status = build_in(invocation, tree, &limits,
			  invocation->args.count ? invocation->args.items[0]
						 : ".");
	tree_close(tree);
	free(cwd);
	return status;
}

static int print(struct invocation *invocation, const char *text)
{
	struct str out;

	str_init(&out, invocation->arena);
	str_puts(&out, text);
	return invocation_print(invocation, &out, STATUS_CLEAN);
}

static int build_command(struct invocation *invocation,
			 const char *const *words)
{
	struct option_problem problem;

	invocation->options = arena_zalloc(invocation->arena,
					   sizeof(struct kustomize_options));
	if (!options_parse(invocation->arena, groups, invocation->options,
			   words, &invocation->args, &problem))
		return usage_error(invocation, &problem);
	if (((struct kustomize_options *)invocation->options)->help)
		return print(invocation, kustomize_build_help);
	return build(invocation);
}

static int version_command(struct invocation *invocation,
			   const char *const *words)
{
	struct version_options own = { NULL, false, false };
	struct option_problem problem;

	if (!options_parse(invocation->arena, version_groups, &own, words,
			   &invocation->args, &problem)) {
		(void)usage_error(invocation, &problem);
		fprintf(stderr, "%s\n", kustomize_version_usage);
		return STATUS_FINDINGS;
	}
	if (own.help)
		return print(invocation, kustomize_version_help);
	if (own.brief) {
		fputs("Flag --short has been deprecated, and will be removed "
		      "in the future.\n",
		      stderr);
		return print(invocation, "{" VERSION "  unknown   }\n");
	}
	if (!own.output)
		return print(invocation, VERSION "\n");
	if (strcmp(own.output, "json") == 0)
		return print(invocation, kustomize_version_json);
	/* What it does not know it does not print, and says so to nobody. */
	return print(invocation, strcmp(own.output, "yaml") == 0
					 ? kustomize_version_yaml
					 : "");
}

static int run(struct invocation *invocation)
{
	const char *const *words = invocation->words;
	bool helps = words[0] && strcmp(words[0], "help") == 0;

	/* The one flag that may stand before the command. */
	while (words[0] && strncmp(words[0], "--stack-trace", 13) == 0)
		words++;
	if (helps && words[1] && strcmp(words[1], "build") == 0)
		return print(invocation, kustomize_build_help);
	if (helps && words[1] && strcmp(words[1], "version") == 0)
		return print(invocation, kustomize_version_help);
	if (!words[0] || strcmp(words[0], "-h") == 0 ||
	    strcmp(words[0], "--help") == 0 || helps)
		return print(invocation, kustomize_help);
	if (strcmp(words[0], "build") == 0)
		return build_command(invocation, words + 1);
	if (strcmp(words[0], "version") == 0)
		return version_command(invocation, words + 1);
	fprintf(stderr,
		"Error: unknown command \"%s\" for \"kustomize\"\n"
		"Run 'kustomize --help' for usage.\n",
		words[0]);
	return STATUS_FINDINGS;
}

const struct command command_kustomize = {
	.name = "kustomize",
	.summary = "Build a kustomization, as `kustomize build` does.",
	.usage = "kustomize build [DIR] [OPTION...]",
	.help = "The command line, the bytes and the messages are those of "
		"kustomize " VERSION ".  A link named kustomize is this "
		"command.",
	.groups = groups,
	.raw = true,
	.run = run,
};
