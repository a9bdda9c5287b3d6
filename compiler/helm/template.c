/*
 * helm template: render a chart and print it, or write it to files.
 */
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "compiler/command.h"
#include "compiler/helm.h"
#include "compiler/release_name.h"
#include "model/value.h"
#include "templates/chart_verbs.h"

struct template_options_of_helm {
	struct helm_values values;
	struct helm_remote remote;
	struct option_texts show_only;
	struct option_texts api_versions;
	struct option_texts labels;
	const char *output_dir;
	const char *kube_version;
	const char *name_template;
	const char *post_renderer;
	const char *dry_run;
	const char *timeout;
	const char *wait;        /* a word in helm 4 */
	const char *server_side; /* the same */
	const char *seed;
	bool generate_name;
	bool release_name;
	bool include_crds;
	bool skip_tests;
	bool no_hooks;
	bool is_upgrade;
	bool skip_schema;
	bool dependency_update;
	bool enable_dns;
	bool validate;
};

#define FIELD(x) offsetof(struct template_options_of_helm, x)

/* What the bare flags stand for; the same words typed are others. */
static const char bare_dry_run[] = "unchanged";
static const char bare_wait[] = "watcher";

static const struct option own_options[] = {
	{ .name = "show-only",
	  .letter = 's',
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(show_only),
	  .value = "GLOB",
	  .help = "Print only what these templates rendered." },
	{ .name = "output-dir",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(output_dir),
	  .value = "DIR",
	  .help = "Write files below DIR instead of printing." },
	{ .name = "release-name",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(release_name),
	  .help = "Put the release's name into the path of --output-dir." },
	{ .name = "include-crds",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(include_crds),
	  .help = "Print the files of crds/ as well, first." },
	{ .name = "skip-tests",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(skip_tests),
	  .help = "Leave test hooks out." },
	{ .name = "no-hooks",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(no_hooks),
	  .help = "Leave all hooks out." },
	{ .name = "is-upgrade",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(is_upgrade),
	  .help = "Set .Release.IsUpgrade instead of .Release.IsInstall." },
	{ .name = "kube-version",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(kube_version),
	  .value = "V",
	  .help = "Version of Kubernetes that templates see." },
	{ .name = "api-versions",
	  .letter = 'a',
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(api_versions),
	  .value = "LIST",
	  .help = "Further entries of .Capabilities.APIVersions." },
	{ .name = "name-template",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(name_template),
	  .value = "T",
	  .help = "A template that makes the release's name." },
	{ .name = "generate-name",
	  .letter = 'g',
	  .kind = OPTION_FLAG,
	  .offset = FIELD(generate_name),
	  .help = "Take no name (the only argument is the chart)." },
	{ .name = "dependency-update",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(dependency_update),
	  .help = "Bring local dependencies in if charts/ lacks one." },
	{ .name = "skip-schema-validation",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(skip_schema),
	  .help = "Do not look at values.schema.json." },
	{ .name = "enable-dns",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(enable_dns),
	  .help = "Let getHostByName ask the network (refused here)." },
	{ .name = "seed",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(seed),
	  .value = "TEXT",
	  .help = "Let rand..., shuffle and uuidv4 give the same each time." },
	{ .name = "post-renderer",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(post_renderer),
	  .value = "PROGRAM",
	  .help = "Refused: no other program is run." },
	{ .name = "dry-run",
	  .kind = OPTION_MAYBE,
	  .offset = FIELD(dry_run),
	  .bare = bare_dry_run,
	  .value = "KIND",
	  .help = "With server, lookup fails: no cluster is asked." },
	{ .name = "validate",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(validate),
	  .help = "Refused: it needs a cluster." },
	{ .name = NULL }
};

/* Flags of helm install that change nothing in what is printed. */
static const struct option ignored_options[] = {
	{ .name = "atomic", .kind = OPTION_NOTED, .hidden = true },
	{ .name = "create-namespace", .kind = OPTION_NOTED, .hidden = true },
	{ .name = "description", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = "disable-openapi-validation",
	  .kind = OPTION_NOTED,
	  .hidden = true },
	{ .name = "force", .kind = OPTION_NOTED, .hidden = true },
	{ .name = "force-conflicts", .kind = OPTION_NOTED, .hidden = true },
	{ .name = "force-replace", .kind = OPTION_NOTED, .hidden = true },
	{ .name = "hide-notes", .kind = OPTION_NOTED, .hidden = true },
	{ .name = "labels",
	  .letter = 'l',
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(labels),
	  .hidden = true },
	{ .name = "post-renderer-args", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = "render-subchart-notes",
	  .kind = OPTION_NOTED,
	  .hidden = true },
	{ .name = "replace", .kind = OPTION_NOTED, .hidden = true },
	{ .name = "rollback-on-failure", .kind = OPTION_NOTED, .hidden = true },
	{ .name = "server-side",
	  .kind = OPTION_MAYBE,
	  .offset = FIELD(server_side),
	  .bare = "true",
	  .hidden = true },
	{ .name = "skip-crds", .kind = OPTION_NOTED, .hidden = true },
	{ .name = "take-ownership", .kind = OPTION_NOTED, .hidden = true },
	{ .name = "timeout",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(timeout),
	  .hidden = true },
	{ .name = "wait",
	  .kind = OPTION_MAYBE,
	  .offset = FIELD(wait),
	  .bare = bare_wait,
	  .hidden = true },
	{ .name = "wait-for-jobs", .kind = OPTION_NOTED, .hidden = true },
	{ .name = NULL }
};

static const struct option_group groups[] = {
	{ "Flags", own_options, 0 },
	{ "Values", helm_values_options, FIELD(values) },
	{ "Repositories", helm_remote_options, FIELD(remote) },
	{ "Without effect", ignored_options, 0 },
	{ "Without effect", helm_transfer_options, 0 },
	{ NULL, NULL, 0 },
};

static bool is_among(const char *value, const char *const *names)
{
	while (*names && strcmp(*names, value) != 0)
		names++;
	return *names != NULL;
}

/* Helm 3 takes what was a flag of yes and no before, Helm 4 the yes of it. */
static bool check_dry_run(struct helm *helm, const char *value)
{
	static const char *const helm3[] = { "",     "false",  "true",
					     "none", "client", NULL };
	static const char *const helm4[] = { "client", "1",    "t",    "T",
					     "true",   "TRUE", "True", NULL };
	static const char *const no[] = { "none",  "0",     "f",     "F",
					  "false", "FALSE", "False", NULL };

	if (value == bare_dry_run ||
	    is_among(value, helm->dialect == CHART_HELM4 ? helm4 : helm3))
		return true;
	if (helm->dialect != CHART_HELM4)
		return helm_fail(helm,
				 "Invalid dry-run flag. Flag must one of the "
				 "following: false, true, none, client, "
				 "server");
	return helm_fail(helm,
			 "invalid dry-run value (\"%s\"). Must be %s or "
			 "\"client\"",
			 value,
			 is_among(value, no) ? "\"server\""
					     : "\"none\", \"server\",");
}

static bool is_boolean(const char *value)
{
	static const char *const words[] = {
		"0",    "1", "F",     "FALSE", "False", "T",  "TRUE",
		"True", "f", "false", "t",     "true",  NULL,
	};

	return is_among(value, words);
}

/* Nothing waits and nobody serves, but Helm reads what the flags say. */
static bool is_server(const char *dry_run)
{
	return strcmp(dry_run, "server") == 0;
}

/* What the flags were before they took words. */
static void note_boolean(struct helm *helm,
			 const struct template_options_of_helm *options)
{
	const char *wait = options->wait, *dry_run = options->dry_run;

	if (dry_run == bare_dry_run)
		str_puts(helm->notes,
			 "level=WARN msg=\"--dry-run is deprecated and should "
			 "be replaced with '--dry-run=client'\"\n");
	else if (dry_run && strcmp(dry_run, "client") != 0 &&
		 !is_server(dry_run))
		str_printf(helm->notes,
			   "level=WARN msg=\"boolean '--dry-run=%s' flag is "
			   "deprecated and must be replaced with "
			   "'--dry-run=client'\"\n",
			   dry_run);
	if (wait && wait != bare_wait &&
	    (strcmp(wait, "true") == 0 || strcmp(wait, "false") == 0))
		str_printf(helm->notes,
			   "level=WARN msg=\"--wait=%s is deprecated (boolean "
			   "value) and can be replaced with --wait=%s\"\n",
			   wait, *wait == 't' ? "watcher" : "hookOnly");
}

static bool check_words(struct helm *helm,
			const struct template_options_of_helm *options)
{
	static const char *const waits[] = { "watcher", "hookOnly", "legacy",
					     "true",    "false",    NULL };
	const char *wait = options->wait, *side = options->server_side;

	if (wait && helm->dialect == CHART_HELM4 && !is_among(wait, waits))
		return helm_fail(helm,
				 "invalid argument \"%s\" for \"--wait\" "
				 "flag: invalid wait input \"%s\". Valid "
				 "inputs are watcher, hookOnly, and legacy",
				 wait, wait);
	if (wait && wait != bare_wait && helm->dialect != CHART_HELM4 &&
	    !is_boolean(wait))
		return helm_fail(helm,
				 "invalid argument \"%s\" for \"--wait\" "
				 "flag: strconv.ParseBool: parsing \"%s\": "
				 "invalid syntax",
				 wait, wait);
	return !side || is_boolean(side) ||
	       helm_fail(helm,
			 "invalid argument \"%s\" for \"--server-side\" "
			 "flag: strconv.ParseBool: parsing \"%s\": invalid "
			 "syntax",
			 side, side);
}

/* Where there is but one =, a comma belongs to its value. */
static bool check_label(struct helm *helm, const char *typed)
{
	struct option_texts flag = { 0 }, labels = { 0 };
	const char *first = strchr(typed, '=');
	size_t i;

	vec_push(helm->arena, &flag, typed);
	if (first && strchr(first + 1, '='))
		helm_split_csv(helm->arena, &flag, &labels);
	else
		vec_push(helm->arena, &labels, typed);
	for (i = 0; i < labels.count; i++)
		if (!strchr(labels.items[i], '='))
			return helm_fail(helm,
					 "invalid argument \"%s\" for \"-l, "
					 "--labels\" flag: %s must be "
					 "formatted as key=value",
					 typed, labels.items[i]);
	return true;
}

static bool check_labels(struct helm *helm, const struct option_texts *flags)
{
	size_t i;

	for (i = 0; i < flags->count; i++)
		if (!check_label(helm, flags->items[i]))
			return false;
	return true;
}

/* What of the command line cannot be done, or not like this. */
static bool check_flags(struct helm *helm,
			const struct template_options_of_helm *options)
{
	const char *dry_run = options->dry_run, *problem;

	if (options->timeout &&
	    !chart_check_duration(helm->arena, options->timeout, &problem))
		return helm_fail(helm,
				 "invalid argument \"%s\" for \"--timeout\" "
				 "flag: %s",
				 options->timeout, problem);
	if (options->post_renderer && helm->dialect == CHART_HELM4)
		return helm_fail(helm,
				 "invalid argument \"%s\" for "
				 "\"--post-renderer\" flag: plugin: {Name:%s "
				 "Type:postrenderer/v1} not found",
				 options->post_renderer,
				 options->post_renderer);
	if (options->post_renderer)
		return helm_fail(helm,
				 "invalid argument \"%s\" for "
				 "\"--post-renderer\" flag: no other program "
				 "is run",
				 options->post_renderer);
	if (!check_labels(helm, &options->labels) ||
	    !check_words(helm, options))
		return false;
	if (helm->dialect != CHART_HELM4)
		return true;
	if (dry_run && !is_server(dry_run) && !check_dry_run(helm, dry_run))
		return false;
	note_boolean(helm, options);
	return true;
}

/* What Helm finds out when it has the chart. */
static bool check_cluster(struct helm *helm,
			  const struct template_options_of_helm *options)
{
	static const char fault[] = "cluster unreachable: nothing is asked of "
				    "a cluster";
	const char *dry_run = options->dry_run;
	bool server = dry_run && is_server(dry_run);

	if (options->validate && helm->dialect == CHART_HELM3)
		return helm_fail(helm, "Kubernetes %s", fault);
	if ((options->validate || server) && helm->dialect == CHART_HELM4)
		return helm_fail(helm,
				 "level=ERROR msg=\"cluster reachability check "
				 "failed: kubernetes %s\"\nError: cluster "
				 "reachability check failed: kubernetes %s",
				 fault, fault);
	/* Helm 3 asks for it only where a template calls lookup. */
	return helm->dialect != CHART_HELM3 || !dry_run || server ||
	       check_dry_run(helm, dry_run);
}

/* The arguments: [NAME] CHART. */
static bool read_args(struct helm *helm,
		      const struct template_options_of_helm *options,
		      const char **name, const char **chart)
{
	const struct option_texts *args = &helm->args;
	struct str rest;
	size_t i;

	*chart = args->items[args->count - 1];
	*name = "release-name";
	if (args->count == 1)
		return true;
	*chart = args->items[1];
	*name = args->items[0];
	if (args->count == 2 && options->generate_name)
		return helm_fail(helm, "cannot set --generate-name and also "
				       "specify a name");
	if (args->count == 2 && options->name_template)
		return helm_fail(helm, "cannot set --name-template and also "
				       "specify a name");
	if (args->count == 2)
		return true;
	str_init(&rest, helm->arena);
	for (i = 2; i < args->count; i++)
		str_printf(&rest, "%s%s", i > 2 ? ", " : "", args->items[i]);
	return helm_fail(helm,
			 "expected at most two arguments, unexpected "
			 "arguments: %s",
			 str_text(&rest));
}

/* With --output-dir nothing is left to print, so --show-only finds nothing. */
static bool put_shown(struct helm *helm, const struct chart_output *output,
		      bool nothing)
{
	const struct template_options_of_helm *options = helm->options;
	struct option_texts patterns = options->show_only;
	struct str all, *out = patterns.count ? &all : helm->out;

	str_init(&all, helm->arena);
	if (nothing)
		str_putc(out, '\n');
	else
		chart_write_stdout(output, false, out);
	if (!patterns.count)
		return true;
	vec_push(helm->arena, &patterns, NULL);
	return chart_show_only(&all, patterns.items, helm->dialect, helm->diags,
			       helm->out);
}

static bool print(struct helm *helm, const struct chart_output *output,
		  const char *release)
{
	const struct template_options_of_helm *options = helm->options;
	const char *dir = options->output_dir;
	bool files = dir && *dir, fine = true;

	if (files)
		fine = helm_write_files(helm, output, dir,
					options->release_name ? release : NULL);
	if (!fine && !helm->global->debug)
		return false;
	return put_shown(helm, output, files) && fine;
}

/*
 * --debug: what was rendered is printed although it is no YAML.  That
 * --show-only finds nothing in it is the error then.
 */
static void print_debris(struct helm *helm, const struct chart_output *output)
{
	struct diag_sink diags;
	struct helm debris = *helm;

	diag_sink_init(&diags, helm->arena);
	debris.diags = &diags;
	if (!put_shown(&debris, output, false))
		*helm->diags = diags;
}

static bool render(struct helm *helm, struct chart *chart,
		   struct chart_options *how, struct value *values,
		   struct chart_output *output)
{
	const struct template_options_of_helm *options = helm->options;
	struct option_texts versions = { 0 };

	helm_split_csv(helm->arena, &options->api_versions, &versions);
	vec_push(helm->arena, &versions, NULL);
	how->name_space = helm_namespace(helm);
	how->values = &values;
	how->value_count = 1;
	how->dialect = helm->dialect;
	how->kube_version = options->kube_version;
	if (how->kube_version && !*how->kube_version)
		how->kube_version = NULL;
	how->api_versions = versions.items;
	how->is_upgrade = options->is_upgrade;
	how->include_crds = options->include_crds;
	how->skip_tests = options->skip_tests;
	how->no_hooks = options->no_hooks;
	how->skip_schema = options->skip_schema;
	how->enable_dns = options->enable_dns;
	how->cluster = options->dry_run && is_server(options->dry_run);
	how->seed = options->seed;
	how->debug = helm->global->debug;
	/* A script gets Helm's words for the first error; a person, all. */
	how->all_errors = isatty(STDERR_FILENO);
	how->limits = &helm->limits;
	return chart_render(chart, how, helm->arena, helm->diags, output);
}

/* The chart, with the dependencies it lacked if that was asked for. */
static struct chart *load(struct helm *helm, const char *typed,
			  const char *path)
{
	const struct template_options_of_helm *options = helm->options;
	const struct chart_load_options how = { .dialect = helm->dialect,
						.limits = &helm->limits,
						.detects = true,
						.notes = helm->notes };
	struct chart *chart =
		chart_load(helm->arena, &helm->view, path, &how, helm->diags);
	const char *missing;

	if (!chart || !options->dependency_update ||
	    !helm_lacks_dependency(helm, chart, &missing))
		return chart;
	if (!helm_dependency_update(helm, typed, helm->out))
		return NULL;
	return chart_load(helm->arena, &helm->view, path, &how, helm->diags);
}

static int run(struct helm *helm)
{
	const struct template_options_of_helm *options = helm->options;
	struct chart_options how = { 0 };
	struct chart_output output;
	struct value *values;
	struct chart *chart;
	const char *name, *path;

	if (!check_flags(helm, options) ||
	    !chart_kube_version(helm->arena, helm->diags, options->kube_version,
				helm->dialect) ||
	    !read_args(helm, options, &how.release, &name) ||
	    (options->name_template &&
	     !release_name(helm->arena, helm->diags, options->name_template,
			   &how.release)))
		return STATUS_FINDINGS;
	path = helm_locate(helm, name, &options->remote);
	if (!path)
		return STATUS_FINDINGS;
	values = helm_values_merge(helm, &options->values);
	if (!values)
		return STATUS_FINDINGS;
	chart = load(helm, name, path);
	if (!chart)
		return STATUS_FINDINGS;
	if (chart_is_deprecated(chart) && !chart_is_library(chart))
		str_puts(helm->notes,
			 helm->dialect == CHART_HELM3
				 ? "WARNING: This chart is deprecated\n"
				 : "level=WARN msg=\"this chart is "
				   "deprecated\"\n");
	if (!check_cluster(helm, options))
		return STATUS_FINDINGS;
	if (!render(helm, chart, &how, values, &output)) {
		if (how.debug && output.started)
			print_debris(helm, &output);
		return STATUS_FINDINGS;
	}
	return print(helm, &output, how.release) ? STATUS_CLEAN
						 : STATUS_FINDINGS;
}

const struct helm_verb helm_template = {
	.name = "template",
	.usage = "[NAME] [CHART] [flags]",
	.summary = "Render a chart and print it.",
	.least_args = 1,
	.groups = groups,
	.size = sizeof(struct template_options_of_helm),
	.run = run,
};
