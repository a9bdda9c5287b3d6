/*
 * argocd paths: which files each Application is made of, as the annotation
 * that keeps Argo CD from looking at all others after a commit.
 */
#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/str.h"
#include "base/table.h"
#include "compiler/command.h"
#include "compiler/gitops/gitops.h"
#include "compiler/run.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"
#include "overlays/overlay.h"

#define ANNOTATION "argocd.argoproj.io/manifest-generate-paths"

/* One Application, what it names and what it reads. */
struct application {
	struct job *job;
	const char *const *dirs; /* of its sources; NULL at the end */
	struct table opened;
	VEC(const char *) outside; /* files and folders beside them */
};

static bool is_in_source(const struct application *application,
			 const char *path)
{
	size_t i;

	for (i = 0; application->dirs[i]; i++)
		if (path_is_below(path, application->dirs[i]))
			return true;
	return false;
}

/* A chart or a kustomization that the Application read. */
static bool was_opened(const struct application *application, const char *dir)
{
	const struct table *opened = &application->opened;
	struct arena *arena = application->job->arena;
	const char *const *name;

	for (name = overlay_file_names; *name; name++)
		if (table_gets(opened, path_below(arena, dir, *name)))
			return true;
	return table_gets(opened, path_below(arena, dir, "Chart.yaml")) != NULL;
}

/* The highest folder above a file that was read as a whole. */
static const char *unit_of(const struct application *application,
			   const char *path)
{
	struct arena *arena = application->job->arena;
	const char *unit = path, *dir = path;

	do {
		dir = path_dir(arena, dir);
		if (strcmp(dir, ".") == 0)
			dir = "";
		if (was_opened(application, dir))
			unit = dir;
	} while (*dir);
	return unit;
}

static void add_outside(struct application *application, const char *path)
{
	size_t i, kept = 0;

	for (i = 0; i < application->outside.count; i++)
		if (path_is_below(path, application->outside.items[i]))
			return;
	for (i = 0; i < application->outside.count; i++)
		if (!path_is_below(application->outside.items[i], path))
			application->outside.items[kept++] =
				application->outside.items[i];
	application->outside.count = kept;
	vec_push(application->job->arena, &application->outside, path);
}

static void find_inputs(struct application *application)
{
	const struct tree_view *view = &application->job->view;
	size_t i;

	table_init(&application->opened, application->job->arena);
	for (i = 0; i < view->log.count; i++)
		if (view->log.items[i].kind == TREE_OPENED)
			table_puts(&application->opened,
				   view->log.items[i].path, application);
	for (i = 0; i < application->opened.count; i++) {
		const char *path = application->opened.entries[i].key;

		if (!is_in_source(application, path))
			add_outside(application, unit_of(application, path));
	}
}

/* ".;/common/values.yaml" */
static const char *annotation_of(const struct application *application)
{
	struct str out;
	size_t i;

	str_init(&out, application->job->arena);
	str_puts(&out, ".");
	for (i = 0; i < application->outside.count; i++)
		str_printf(&out, ";/%s", application->outside.items[i]);
	return str_text(&out);
}

static bool matches(struct arena *arena, const char *dir, const char *item,
		    const char *path)
{
	const char *full =
		*item == '/' ? path_clean(arena, item + 1)
			     : path_clean(arena, path_below(arena, dir, item));

	return strcmp(full, ".") == 0 || path_is_below(path, full) ||
	       glob_match(GLOB_PATH, full, path);
}

/* Whether a list of paths takes a file in. */
static bool covers(const struct application *application, const char *list,
		   const char *path)
{
	struct arena *arena = application->job->arena;
	size_t len, i;

	for (; *list; list += len + (list[len] == ';')) {
		const char *item;

		list += strspn(list, " ");
		len = strcspn(list, ";");
		item = arena_strndup(arena, list, len);
		for (i = 0; *item && application->dirs[i]; i++)
			if (matches(arena, application->dirs[i], item, path))
				return true;
	}
	return false;
}

static const char *name_of(const struct application *application)
{
	return application->job->target->followed->name;
}

static const char *place_of(const struct application *application)
{
	const struct origin *at = &application->job->target->followed->at;
	struct place place;

	if (!origin_source(at) || !origin_first(at, &place))
		return "?";
	return arena_printf(application->job->arena, "%s:%u",
			    place.source->name,
			    source_position(place.source, place.begin).line);
}

static void print(const struct application *application, struct str *out)
{
	str_printf(out, "# %s, %s\n%s: %s\n", name_of(application),
		   place_of(application), ANNOTATION,
		   annotation_of(application));
}

/* True: the annotation is there and takes in all that is read. */
static bool check(const struct application *application, struct str *out)
{
	const struct followed *followed = application->job->target->followed;
	const struct value *annotations =
		value_at(followed->object->root, "metadata.annotations");
	const char *list = value_string(value_get(annotations, ANNOTATION));
	const char *missed = NULL;
	size_t i;

	for (i = 0; list && !missed && i < application->opened.count; i++) {
		const char *path = application->opened.entries[i].key;

		if (!covers(application, list, path))
			missed = path;
	}
	if (list && !missed)
		return true;
	str_printf(out, "%s: %s: ", place_of(application),
		   name_of(application));
	if (missed)
		str_printf(out, "%s leaves out %s", ANNOTATION, missed);
	else
		str_printf(out, "it has no %s", ANNOTATION);
	str_printf(out, "; \"%s\" would do\n", annotation_of(application));
	return false;
}

static int put_all(struct run *run, struct str *out)
{
	int status = STATUS_CLEAN;
	size_t i;

	for (i = 0; i < run->jobs.count; i++) {
		struct application application = {
			.job = run->jobs.items[i],
		};

		application.dirs = gitops_application_dirs(application.job);
		if (!application.dirs || application.job->failed)
			continue;
		find_inputs(&application);
		if (!run->options->check)
			print(&application, out);
		else if (!check(&application, out))
			status = STATUS_FINDINGS;
	}
	return status;
}

static int paths(struct invocation *invocation)
{
	struct run_options *options = invocation->options;
	struct option_texts words = invocation->args;
	int status = STATUS_ERROR, end;
	struct str out;
	struct run self;

	/* The first word is the verb; nothing is looked at but the inputs. */
	words.items++;
	words.count--;
	options->stop_after = "substitute";
	str_init(&out, invocation->arena);
	if (run_open(&self, invocation, options, true) &&
	    run_select(&self, &words)) {
		self.follow = self.brief = true;
		run_jobs(&self);
		status = put_all(&self, &out);
		end = invocation_print(invocation, &out, status);
		run_collect(&self);
		status = run_status(&self, "never");
		if (self.report.errors.count && !run_report(&self, false))
			status = STATUS_ERROR;
		if (status == STATUS_CLEAN)
			status = end;
	}
	run_close(&self, false);
	return status;
}

static int run(struct invocation *invocation)
{
	if (invocation->args.count &&
	    strcmp(invocation->args.items[0], "paths") == 0)
		return paths(invocation);
	diag_error(&invocation->diags, NULL,
		   invocation->args.count ? "argocd cannot \"%s\""
					  : "argocd needs a verb%s",
		   invocation->args.count ? invocation->args.items[0] : "");
	diag_help(&invocation->diags, "it can paths");
	invocation_flush(invocation);
	return STATUS_ERROR;
}

#define FIELD(x) offsetof(struct run_options, x)

static const struct option own[] = {
	{ .name = "check",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(check),
	  .help = "Print only Applications whose annotation is absent or "
		  "leaves out a file that is read; exit with 1 if there is "
		  "one." },
	{ .name = NULL },
};

static const struct option_group groups[] = { { "Annotations", own, 0 },
					      RUN_GROUPS(0),
					      { NULL, NULL, 0 } };

const struct command command_argocd = {
	.name = "argocd",
	.summary = "Say which files the Applications of Argo CD are made of.",
	.usage = "argocd paths [--check] [TARGET|TARGET@ENV|PATH]...",
	.help = "paths    the annotation " ANNOTATION "\n"
		"         of each Application that can be followed, from the "
		"files that rendering it\n"
		"         reads; folders of bases and charts are named as a "
		"whole",
	.groups = groups,
	.size = sizeof(struct run_options),
	.run = run,
};
