/*
 * init: a project file, a baseline and an entry for pre-commit, so that the
 * first run is green and the next ones show what is new.
 */
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "base/str.h"
#include "compiler/baseline.h"
#include "compiler/command.h"
#include "compiler/init.h"
#include "compiler/migrate/migrate.h"
#include "compiler/run.h"
#include "model/bundle.h"
#include "model/object.h"
#include "model/yaml_read.h"

static const char project_name[] = "plimsoll.yaml";
static const char baseline_name[] = "plimsoll-baseline.json";
static const char framework_name[] = ".pre-commit-config.yaml";

static const char framework[] =
	"repos:\n"
	"  - repo: local\n"
	"    hooks:\n"
	"      - id: plimsoll-lint\n"
	"        name: plimsoll lint\n"
	"        entry: plimsoll lint --staged --new-from HEAD\n"
	"        language: system\n"
	"        pass_filenames: false\n"
	"        require_serial: true\n"
	"        always_run: true\n";

enum {
	ROUNDS_MAX = 8 /* of leaving out what does not render */
};

struct init_options {
	const char *from;
};

struct setup {
	struct invocation *invocation;
	struct init_plan plan;
	struct str said;
	bool has_baseline;
	bool has_output;
	bool has_framework;
	bool at_git_root;
};

static bool exists(struct run *run, const char *name)
{
	struct tree_stat stat;
	const char *path;

	return run_locate(run, name, &path) == TREE_OK &&
	       tree_view_stat(&run->view, path, &stat) == TREE_OK;
}

static bool refuse_second(struct run *run)
{
	const char *path = project_find(&run->view, run->here);

	if (!path)
		return true;
	diag_error(run->diags, NULL, "%s is there already",
		   tree_view_display(&run->view, path));
	diag_help(run->diags, "plimsoll config show prints what it says; one "
			      "below it is read if `include:` names it");
	return false;
}

/* --from: what was said to another linter. */
static bool take_over(struct setup *setup, struct run *run)
{
	const struct yaml_options how = { .dialect = YAML_HELM };
	const char *name = setup->plan.from, *path;
	const struct value *root;
	struct source *source;
	enum tree_status status;

	if (!name)
		return true;
	status = run_locate(run, name, &path);
	if (status == TREE_OK)
		status = tree_view_read(&run->view, path, SOURCE_PROJECT,
					&source);
	if (status != TREE_OK)
		return diag_error(run->diags, NULL, "--from %s: %s", name,
				  tree_status_text(status));
	root = yaml_read_reported(setup->plan.arena, source, &how, run->diags);
	if (!root)
		return false;
	setup->plan.lint = migrate_config(setup->plan.arena, run->diags, root);
	return setup->plan.lint != NULL;
}

/* Everything below the working directory becomes a target of the plan. */
static bool look_around(struct setup *setup)
{
	static const struct run_options options = { .isolated = true };
	const struct option_texts nothing = { 0 };
	bool good = false;
	struct run run;

	if (run_open(&run, setup->invocation, &options, true) &&
	    refuse_second(&run) && run_select(&run, &nothing)) {
		setup->has_baseline = exists(&run, baseline_name);
		setup->has_output = exists(&run, "dist");
		setup->has_framework = exists(&run, framework_name);
		setup->at_git_root =
			run.git_root && strcmp(run.git_root, run.cwd) == 0;
		init_plan(&setup->plan, &run);
		good = (setup->plan.targets.count ||
			diag_error(run.diags, NULL,
				   "no chart, kustomization or manifest was "
				   "found here")) &&
		       take_over(setup, &run);
	}
	run_close(&run, false);
	return good;
}

static bool write_project(struct setup *setup)
{
	struct str text;

	str_init(&text, setup->plan.arena);
	init_write(&text, &setup->plan, !setup->has_output);
	return file_write(setup->plan.arena, &setup->invocation->diags,
			  project_name, text.text, text.len) != FILE_FAILED;
}

static void say_baseline(struct setup *setup, const struct run *run,
			 size_t findings)
{
	str_printf(&setup->said, "wrote %s: ", baseline_name);
	report_put_count(&setup->said, findings, "finding");
	str_puts(&setup->said, " of ");
	report_put_count(&setup->said, run->report.objects, "object");
	str_puts(&setup->said, ", not shown from now on\n");
}

/* Objects that Flux or Argo CD follow. */
static bool is_gitops(const struct run *run)
{
	static const char *const groups[] = { "kustomize.toolkit.fluxcd.io",
					      "helm.toolkit.fluxcd.io",
					      "argoproj.io" };
	static const char *const kinds[] = { "Kustomization", "HelmRelease",
					     "Application" };
	const struct object *object;
	size_t i, j;

	for (i = 0; i < run->jobs.count; i++) {
		if (!run->jobs.items[i]->bundle)
			continue;
		bundle_foreach (object, run->jobs.items[i]->bundle)
			for (j = 0; j < ARRAY_COUNT(groups); j++)
				if (object_is(object, groups[j], kinds[j]))
					return true;
	}
	return false;
}

static size_t count_good(const struct run *run)
{
	size_t i, good = 0;

	for (i = 0; i < run->jobs.count; i++)
		good += !run->jobs.items[i]->failed;
	return good;
}

/* What came of a run of what was written. */
struct outcome {
	size_t broken; /* targets that came to nothing */
	size_t good;   /* jobs that came to something */
	bool again;    /* files were left out since */
};

/* What builds is wanted: what lint takes for a finding may be in its way. */
static bool try_build(struct setup *setup, struct outcome *outcome)
{
	const struct run_options options = { .config = project_name,
					     .quiet = true };
	const struct option_texts nothing = { 0 };
	struct init_plan *plan = &setup->plan;
	bool good = false;
	struct run run;

	memset(outcome, 0, sizeof(*outcome));
	if (run_open(&run, setup->invocation, &options, false)) {
		run.builds = true;
		run.follow = plan->discover;
		if (run_select(&run, &nothing)) {
			run_jobs(&run);
			outcome->broken =
				init_mark_broken(plan, &run, &outcome->again);
			outcome->good = count_good(&run);
			if (!plan->rest && !plan->discover)
				plan->discover = is_gitops(&run);
			init_leave_out(plan, &run);
			good = true;
		}
	}
	run_close(&run, false);
	return good;
}

/* Keep what it finds, if there is no baseline yet. */
static bool try_lint(struct setup *setup)
{
	const struct run_options options = {
		.config = project_name,
		.quiet = true,
		.update_baseline = !setup->has_baseline,
	};
	const struct option_texts nothing = { 0 };
	bool good = false;
	struct run run;

	if (run_open(&run, setup->invocation, &options, true) &&
	    run_select(&run, &nothing)) {
		run.follow = true;
		run.broken_is_finding = true;
		run_jobs(&run);
		good = true;
		if (!setup->has_baseline) {
			size_t findings;

			run_collect(&run);
			findings = run.report.findings.count;
			good = baseline_apply(&run);
			if (good)
				say_baseline(setup, &run, findings);
		}
	}
	run_close(&run, false);
	return good;
}

static void say_project(struct setup *setup)
{
	const struct init_plan *plan = &setup->plan;
	size_t i, good = 0, found = 0;

	for (i = 0; i < plan->targets.count; i++) {
		const struct init_target *target = &plan->targets.items[i];
		bool is_found = init_is_found(plan, target) && !target->family;

		good += !target->broken && !is_found;
		found += !target->broken && is_found;
	}
	str_printf(&setup->said, "wrote %s: ", project_name);
	if (plan->discover) {
		str_puts(&setup->said, "what GitOps objects apply is followed, "
				       "the rest is found\n");
		return;
	}
	if (!good && found) {
		report_put_count(&setup->said, found, "target");
		str_printf(&setup->said, " %s found\n",
			   found == 1 ? "is" : "are");
		return;
	}
	report_put_count(&setup->said, good, "target");
	if (plan->families.count) {
		str_puts(&setup->said, " in ");
		report_put_count(&setup->said, plan->families.count, "line");
	}
	for (i = 0; i < plan->environments.count && !plan->rest; i++)
		str_printf(&setup->said, "%s%s", i ? ", " : " for ",
			   plan->environments.items[i]);
	if (found)
		str_printf(&setup->said, "; %zu more are found", found);
	str_putc(&setup->said, '\n');
}

static void say_rest(struct setup *setup)
{
	const struct init_plan *plan = &setup->plan;
	struct str *out = &setup->said;

	if (setup->has_baseline)
		str_printf(out, "%s is there already and stays as it is\n",
			   baseline_name);
	init_say_rest(out, plan);
}

static bool write_framework(struct setup *setup)
{
	if (!setup->at_git_root)
		return true;
	if (setup->has_framework) {
		str_printf(&setup->said, "to add to %s:\n%s", framework_name,
			   strchr(framework, '\n') + 1);
		return true;
	}
	str_printf(&setup->said,
		   "wrote %s, which `pre-commit install` or\n"
		   "  `plimsoll hook install` begins to use\n",
		   framework_name);
	return file_write(setup->plan.arena, &setup->invocation->diags,
			  framework_name, framework,
			  strlen(framework)) != FILE_FAILED;
}

/* A project file needs a target, so there is none yet. */
static bool give_up(struct setup *setup)
{
	const struct init_plan *plan = &setup->plan;
	size_t i;

	unlink(project_name);
	for (i = 0; i < plan->targets.count; i++)
		diag_error(&setup->invocation->diags, NULL, "%s",
			   plan->targets.items[i].broken);
	diag_help(&setup->invocation->diags,
		  "nothing here renders, so nothing was written; plimsoll lint "
		  "shows the places");
	return false;
}

/* What only those name that are left out is found by itself the next time. */
static bool build_rest(struct setup *setup, struct outcome *outcome)
{
	size_t before, round = 0;

	do {
		before = setup->plan.left_out.count;
		if (!write_project(setup) || !try_build(setup, outcome))
			return false;
	} while (setup->plan.left_out.count > before && ++round < ROUNDS_MAX);
	return true;
}

/* Families have to come to the very jobs that the list came to. */
static bool find_families(struct setup *setup, size_t jobs)
{
	struct outcome outcome = { .good = jobs };

	init_fold(&setup->plan);
	if (!setup->plan.families.count && !setup->plan.rest)
		return true;
	if (!build_rest(setup, &outcome) ||
	    (!setup->plan.rest && outcome.good != jobs))
		init_unfold(&setup->plan);
	setup->plan.discover = false;
	return true;
}

/* What the list could not say is for discovery to find. */
static bool follow(struct setup *setup)
{
	struct init_plan *plan = &setup->plan;
	struct outcome outcome;
	size_t i;

	for (i = 0; i < plan->targets.count; i++)
		plan->targets.items[i].broken = NULL;
	return build_rest(setup, &outcome);
}

/* What does not render is found out by rendering. */
static bool set_up(struct setup *setup)
{
	struct init_plan *plan = &setup->plan;
	struct outcome outcome;
	size_t broken = 0, round = 0;

	if (!look_around(setup))
		return false;
	do {
		if (!write_project(setup) || !try_build(setup, &outcome))
			return false;
		broken += outcome.broken;
	} while (outcome.again && !plan->discover && ++round < ROUNDS_MAX);
	if (broken == plan->targets.count)
		return give_up(setup);
	if (plan->discover ? !follow(setup)
			   : !find_families(setup, outcome.good))
		return false;
	return write_project(setup) && try_lint(setup) &&
	       write_framework(setup);
}

static int run(struct invocation *invocation)
{
	const struct init_options *options = invocation->options;
	struct setup setup = { .invocation = invocation };
	struct str out;

	setup.plan.arena = invocation->arena;
	setup.plan.from = options->from;
	str_init(&setup.said, invocation->arena);
	if (invocation->args.count) {
		diag_error(&invocation->diags, NULL,
			   "init takes no word: it looks at the working "
			   "directory");
		invocation_flush(invocation);
		return STATUS_ERROR;
	}
	if (!set_up(&setup)) {
		invocation_flush(invocation);
		return STATUS_ERROR;
	}
	out = setup.said;
	str_init(&setup.said, invocation->arena);
	say_project(&setup);
	str_put(&setup.said, out.text, out.len);
	say_rest(&setup);
	return invocation_print(invocation, &setup.said, STATUS_CLEAN);
}

static const struct option own[] = {
	{ .name = "from",
	  .kind = OPTION_TEXT,
	  .offset = offsetof(struct init_options, from),
	  .value = "FILE",
	  .help = "Take over what .kube-linter.yaml or polaris.yaml says; what "
		  "has no counterpart is a warning." },
	{ .name = NULL },
};

static const struct option_group groups[] = { { "Question", own, 0 },
					      { NULL, NULL, 0 } };

const struct command command_init = {
	.name = "init",
	.summary = "Write a project file for what is in this folder.",
	.usage = "init [--from FILE]",
	.help = "Charts, kustomizations and manifests become targets, names "
		"of values files and\nfolders (dev, prod-us) environments. "
		"Paths that differ in one place are a family;\nwhere Flux or "
		"Argo CD say what is applied, their objects are followed.\nA "
		"baseline keeps today's findings, so that the next run shows "
		"what is new; in the\nroot of a repository an entry for "
		"pre-commit is written, too. Nothing that is\nthere is "
		"overwritten.",
	.groups = groups,
	.size = sizeof(struct init_options),
	.run = run,
};
