/*
 * helm dependency: list, and update or build from charts on this machine.
 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/glob.h"
#include "base/number.h"
#include "base/path.h"
#include "base/str.h"
#include "base/table.h"
#include "base/utf8.h"
#include "compiler/command.h"
#include "compiler/helm.h"
#include "templates/chart_verbs.h"

struct dependency_options {
	int64_t max_width;
	bool verify;
};

static const struct option own_options[] = {
	{ .name = "max-col-width",
	  .kind = OPTION_NUMBER,
	  .offset = offsetof(struct dependency_options, max_width),
	  .value = "N",
	  .help = "Longest column of `list` (80)." },
	{ .name = "skip-refresh", .kind = OPTION_NOTED, .hidden = true },
	{ .name = "verify",
	  .kind = OPTION_FLAG,
	  .offset = offsetof(struct dependency_options, verify),
	  .hidden = true },
	{ .name = NULL }
};

static const struct option_group groups[] = {
	{ "Flags", own_options, 0 },
	{ "Without effect", helm_transfer_options, 0 },
	{ NULL, NULL, 0 },
};

/* The chart that a verb is about. */
struct subject {
	struct helm *helm;
	const char *typed;
	struct chart *chart;
	struct str *out;
	/* For the list: the charts below charts/, and what lies there. */
	struct table children;
	struct tree_listing listing;
};

/* A chart or NULL, without a word. */
static struct chart *try_load(struct helm *helm, const char *typed)
{
	const struct chart_load_options load = { .dialect = helm->dialect,
						 .limits = &helm->limits,
						 .notes = helm->notes };
	struct diag_sink unheard;

	diag_sink_init(&unheard, helm->arena);
	return chart_load(helm->arena, &helm->view, helm_path(helm, typed),
			  &load, &unheard);
}

/* List. */

static const char *range_word(struct helm *helm, const struct chart_need *need,
			      const struct chart *chart, const char *fine)
{
	if (strcmp(chart_version(chart), need->version) == 0)
		return fine;
	switch (chart_range(helm->arena, need->version, chart_version(chart))) {
	case CHART_IN_RANGE:
		return fine;
	case CHART_OUT_OF_RANGE:
		return "wrong version";
	case CHART_NO_VERSION:
		break;
	}
	return "invalid version";
}

/* Names are in order: the first that may begin as a pattern does. */
static size_t first_with(const struct tree_listing *listing, const char *begin)
{
	size_t low = 0, high = listing->count, len = strcspn(begin, "*?[\\");

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strncmp(listing->items[middle].name, begin, len) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_past(const char *name, const char *begin)
{
	return strncmp(name, begin, strcspn(begin, "*?[\\")) > 0;
}

static const char *status_of(struct subject *subject,
			     const struct chart_need *need)
{
	struct helm *helm = subject->helm;
	const char *dir = path_join(helm->arena, subject->typed, "charts");
	const char *pattern = arena_join(helm->arena, need->name, "-*.tgz");
	const struct chart *chart;
	const struct tree_listing *listing = &subject->listing;
	const char *archive = NULL;
	size_t i;

	if (!glob_valid(GLOB_PATH, pattern))
		return "bad pattern";
	for (i = first_with(listing, need->name); i < listing->count; i++) {
		const char *name = listing->items[i].name;

		if (is_past(name, need->name))
			break;
		if (!glob_match(GLOB_PATH, pattern, name))
			continue;
		if (archive)
			return "too many matches";
		archive = name;
	}
	if (archive) {
		chart = try_load(helm, path_join(helm->arena, dir, archive));
		if (!chart)
			return "corrupt";
		if (strcmp(chart_name(chart), need->name) != 0)
			return "misnamed";
		return range_word(helm, need, chart, "ok");
	}
	chart = table_gets(&subject->children, need->name);
	return chart ? range_word(helm, need, chart, "unpacked") : "missing";
}

enum {
	COLUMNS = 4
};

struct row {
	const char *cells[COLUMNS];
};

static const char *cut(struct arena *arena, const char *text, int64_t width)
{
	if ((int64_t)utf8_count(text, strlen(text)) <= width || width < 4)
		return text;
	return arena_printf(arena, "%.*s...", (int)width - 3, text);
}

static void put_rows(struct str *out, const struct row *rows, size_t count)
{
	size_t widths[COLUMNS] = { 0 }, i, column;

	for (i = 0; i < count; i++)
		for (column = 0; column < COLUMNS; column++) {
			const char *cell = rows[i].cells[column];
			size_t width = utf8_count(cell, strlen(cell));

			if (width > widths[column])
				widths[column] = width;
		}
	for (i = 0; i < count; i++) {
		for (column = 0; column < COLUMNS; column++) {
			const char *cell = rows[i].cells[column];

			str_printf(out, "%s%s", column ? "\t" : "", cell);
			str_fill(out, ' ',
				 widths[column] -
					 utf8_count(cell, strlen(cell)));
		}
		str_putc(out, '\n');
	}
	str_putc(out, '\n');
}

/* Charts, and what is none, that no entry speaks of. */
static void put_strays(struct subject *subject)
{
	struct helm *helm = subject->helm;
	const char *dir = path_join(helm->arena, subject->typed, "charts");
	const struct tree_listing *listing = &subject->listing;
	struct chart_need need;
	struct table needs;
	size_t i;

	table_init(&needs, helm->arena);
	for (i = 0; chart_need(subject->chart, i, &need); i++)
		table_puts(&needs, need.name, subject);
	for (i = 0; i < listing->count; i++) {
		const char *path =
			path_join(helm->arena, dir, listing->items[i].name);
		struct chart *chart;

		if (listing->items[i].kind != TREE_DIR &&
		    strcmp(path_ext(path), ".tgz") != 0)
			continue;
		chart = try_load(helm, path);
		if (!chart)
			str_printf(helm->out,
				   "WARNING: \"%s\" is not a chart.\n", path);
		else if (!table_gets(&needs, chart_name(chart)))
			str_printf(helm->out,
				   "WARNING: \"%s\" is not in Chart.yaml.\n",
				   path);
	}
}

static void look(struct subject *subject)
{
	struct helm *helm = subject->helm;
	const char *dir = path_join(helm->arena, subject->typed, "charts");

	chart_children(helm->arena, subject->chart, &subject->children);
	if (tree_view_list(&helm->view, helm_path(helm, dir),
			   &subject->listing) != TREE_OK)
		subject->listing.count = 0;
}

static bool list(struct subject *subject)
{
	const struct dependency_options *options = subject->helm->options;
	struct helm *helm = subject->helm;
	int64_t width = options->max_width ? options->max_width : 80;
	VEC(struct row) rows = { 0 };
	struct chart_need need;
	size_t i;

	if (!chart_has_needs(subject->chart)) {
		str_printf(helm->out, "WARNING: no dependencies at %s\n",
			   path_join(helm->arena, subject->typed, "charts"));
		return true;
	}
	*vec_new(helm->arena, &rows) =
		(struct row){ { "NAME", "VERSION", "REPOSITORY", "STATUS" } };
	look(subject);
	for (i = 0; chart_need(subject->chart, i, &need); i++)
		*vec_new(helm->arena, &rows) = (struct row){
			{ cut(helm->arena, need.name, width),
			  cut(helm->arena, need.version, width),
			  cut(helm->arena, need.repository, width),
			  status_of(subject, &need) }
		};
	put_rows(helm->out, rows.items, rows.count);
	put_strays(subject);
	return true;
}

/* Update and build. */

static bool is_local(const struct chart_need *need)
{
	return !*need->repository ||
	       strncmp(need->repository, "file://", 7) == 0;
}

/* As net/url has it: a scheme and a colon, or a path. */
static bool is_url(const char *text)
{
	size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz"
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "0123456789+-.");

	return *text == '/' ||
	       (len && text[len] == ':' && !strchr("0123456789+-.", *text));
}

static void put_name(struct str *names, const char *name)
{
	str_printf(names, "%s%s", names->len ? ", " : "", name);
}

/*
 * What Helm says of repositories before it does anything, here where none is
 * known; `lock` is what a build would fetch from them.
 */
static bool check_repositories(struct subject *subject,
			       const struct chart_lock *lock)
{
	struct helm *helm = subject->helm;
	struct str unnamed, unknown;
	struct chart_need need;
	struct tree_stat stat;
	bool plain = false;
	size_t i;

	str_init(&unnamed, helm->arena);
	str_init(&unknown, helm->arena);
	for (i = 0; chart_need(subject->chart, i, &need); i++) {
		const char *path;

		if (!is_local(&need)) {
			if (is_url(need.repository))
				continue;
			put_name(&unnamed, need.repository);
			plain = plain || *need.repository != '@';
		} else if (*need.repository) {
			path = path_join(helm->arena, subject->typed,
					 need.repository + 7);
			if (tree_view_stat(&helm->view, helm_path(helm, path),
					   &stat) != TREE_OK)
				return helm_fail(helm, "directory %s not found",
						 path);
		}
	}
	if (unnamed.len)
		return helm_fail(
			helm,
			"no repository definition for %s. Please add them via "
			"'helm repo add'%s",
			str_text(&unnamed),
			plain ? "\nNote that repositories must be URLs or "
				"aliases. For example, to refer to the "
				"\"example\"\nrepository, use "
				"\"https://charts.example.com/\" or "
				"\"@example\" instead of\n\"example\". Don't "
				"forget to add the repo, too ('helm repo "
				"add')."
			      : "");
	for (i = 0; lock && i < lock->count; i++)
		if (!is_local(&lock->needs[i]) &&
		    strncmp(lock->needs[i].repository, "oci://", 6) != 0)
			put_name(&unknown, lock->needs[i].repository);
	return !unknown.len ||
	       helm_fail(helm,
			 "no repository definition for %s. Please add the "
			 "missing repos via 'helm repo add'",
			 str_text(&unknown));
}

/* Where the chart of an entry lies; NULL: reported. */
static const char *local_path(struct subject *subject,
			      const struct chart_need *need)
{
	struct helm *helm = subject->helm;
	const char *path;
	struct tree_stat stat;

	if (!*need->repository)
		path = path_join(helm->arena, subject->typed,
				 path_join(helm->arena, "charts", need->name));
	else if (strncmp(need->repository, "file://", 7) == 0)
		path = path_join(helm->arena, subject->typed,
				 need->repository + 7);
	else {
		helm_fail(helm,
			  "dependency \"%s\" is in %s, and nothing is fetched",
			  need->name, need->repository);
		return NULL;
	}
	if (tree_view_stat(&helm->view, helm_path(helm, path), &stat) ==
	    TREE_OK)
		return path;
	helm_fail(helm, "directory %s not found", path);
	return NULL;
}

/* The versions that the entries lead to. */
static bool resolve(struct subject *subject, struct chart_lock *lock)
{
	struct helm *helm = subject->helm;
	struct str missing;
	struct chart_need need;
	size_t i, count = 0;

	str_init(&missing, helm->arena);
	for (i = 0; chart_need(subject->chart, i, &need); i++) {
		const char *problem =
			chart_constraint_problem(helm->arena, need.version);
		const char *path;
		struct chart *found;

		if (problem)
			return helm_fail(helm,
					 "dependency \"%s\" has an invalid "
					 "version/constraint format: %s",
					 need.name, problem);
		path = local_path(subject, &need);
		if (!path)
			return false;
		lock->needs[lock->count] = need;
		if (!*need.repository) {
			lock->count++;
			continue;
		}
		found = try_load(helm, path);
		if (!found)
			return helm_fail(helm, "unable to load chart '%s'",
					 path);
		if (chart_range(helm->arena, need.version,
				chart_version(found)) == CHART_IN_RANGE) {
			lock->needs[lock->count++].version =
				chart_version(found);
			continue;
		}
		str_printf(&missing,
			   "%s\"%s\" (repository \"%s\", version \"%s\")",
			   count++ ? ", " : "", need.name, need.repository,
			   need.version);
	}
	if (!count)
		return true;
	return helm_fail(helm,
			 "can't get a valid version for %zu subchart(s): %s. "
			 "Make sure a matching chart version exists in the "
			 "repo, or change the version constraint in Chart.yaml",
			 count, str_text(&missing));
}

static bool save_one(struct subject *subject, const struct chart_need *need)
{
	struct helm *helm = subject->helm;
	const struct chart_pack_options pack = { .dialect = helm->dialect };
	const char *path = local_path(subject, need), *target;
	struct chart *chart;
	struct str bytes;

	if (!path)
		return false;
	if (!*need->repository) {
		str_printf(subject->out,
			   "Dependency %s did not declare a repository. "
			   "Assuming it exists in the charts directory\n",
			   need->name);
		return true;
	}
	chart = try_load(helm, path);
	if (!chart || chart_range(helm->arena, need->version,
				  chart_version(chart)) != CHART_IN_RANGE)
		return helm_fail(helm,
				 "can't get a valid version for dependency %s",
				 need->name);
	target = path_join(helm->arena, subject->typed,
			   arena_printf(helm->arena, "charts/%s-%s.tgz",
					chart_name(chart),
					chart_version(chart)));
	str_init(&bytes, helm->arena);
	return chart_pack(chart, &pack, helm->diags, &bytes) &&
	       file_write(helm->arena, helm->diags, target, bytes.text,
			  bytes.len) != FILE_FAILED;
}

static bool is_saved(struct arena *arena, const struct chart_lock *lock,
		     const char *name)
{
	size_t i;

	for (i = 0; i < lock->count; i++)
		if (*lock->needs[i].repository &&
		    strcmp(arena_printf(arena, "%s-%s.tgz", lock->needs[i].name,
					lock->needs[i].version),
			   name) == 0)
			return true;
	return false;
}

/* Archives that are charts and that no entry leads to any more. */
static void delete_outdated(struct subject *subject,
			    const struct chart_lock *lock)
{
	struct helm *helm = subject->helm;
	const char *dir = path_join(helm->arena, subject->typed, "charts");
	struct tree_listing listing;
	size_t i;

	str_puts(subject->out, "Deleting outdated charts\n");
	if (tree_view_list(&helm->view, helm_path(helm, dir), &listing) !=
	    TREE_OK)
		return;
	for (i = 0; i < listing.count; i++) {
		const char *name = listing.items[i].name;
		const char *path = path_join(helm->arena, dir, name);

		if (listing.items[i].kind != TREE_DIR &&
		    strcmp(path_ext(name), ".tgz") == 0 &&
		    !is_saved(helm->arena, lock, name) && try_load(helm, path))
			unlink(path);
	}
}

static bool save_all(struct subject *subject, const struct chart_lock *lock)
{
	size_t i;

	str_printf(subject->out, "Saving %zu charts\n", lock->count);
	for (i = 0; i < lock->count; i++)
		if (!save_one(subject, &lock->needs[i]))
			return false;
	delete_outdated(subject, lock);
	return true;
}

static const char *timestamp(struct arena *arena)
{
	const char *epoch = options_variable("SOURCE_DATE_EPOCH");
	time_t now = time(NULL);
	int64_t seconds;
	struct tm utc;
	char *text = arena_alloc(arena, 40);

	if (epoch &&
	    number_parse_int(epoch, strlen(epoch), 10, &seconds) == NUMBER_OK)
		now = (time_t)seconds;
	if (!gmtime_r(&now, &utc) ||
	    !strftime(text, 40, "%Y-%m-%dT%H:%M:%SZ", &utc))
		return "1970-01-01T00:00:00Z";
	return text;
}

static bool update(struct subject *subject)
{
	struct helm *helm = subject->helm;
	struct chart_lock *old =
		chart_lock(subject->chart, helm->arena, helm->diags);
	struct chart_lock lock = { .count = 0 };
	struct chart_need need;
	struct str text;
	size_t count = 0;

	while (chart_need(subject->chart, count, &need))
		count++;
	if (!count)
		return true;
	lock.needs = arena_zalloc(helm->arena, count * sizeof(*lock.needs));
	if (!check_repositories(subject, NULL) || !resolve(subject, &lock) ||
	    !save_all(subject, &lock))
		return false;
	lock.digest = chart_lock_digest(helm->arena, subject->chart, lock.needs,
					lock.count);
	if (old && strcmp(old->digest, lock.digest) == 0)
		return true;
	str_init(&text, helm->arena);
	chart_lock_write(&text, &lock, timestamp(helm->arena));
	return file_write(helm->arena, helm->diags,
			  path_join(helm->arena, subject->typed,
				    chart_is_v1(subject->chart)
					    ? "requirements.lock"
					    : "Chart.lock"),
			  text.text, text.len) != FILE_FAILED;
}

static bool build(struct subject *subject)
{
	struct helm *helm = subject->helm;
	struct chart_lock *lock =
		chart_lock(subject->chart, helm->arena, helm->diags);
	bool v1 = chart_is_v1(subject->chart);

	if (!lock) {
		/* Updating begins with loading it anew. */
		str_printf(helm->notes, "%s",
			   arena_strdup(helm->arena, str_text(helm->notes)));
		return !helm->diags->errors && update(subject);
	}
	if (strcmp(lock->digest, chart_lock_digest(helm->arena, subject->chart,
						   lock->needs, lock->count)) !=
	    0)
		return helm_fail(helm,
				 "the lock file (%s) is out of sync with the "
				 "dependencies file (%s). Please update the "
				 "dependencies%s",
				 v1 ? "requirements.lock" : "Chart.lock",
				 v1 ? "requirements.yaml" : "Chart.yaml",
				 helm->dialect == CHART_HELM4 && !v1
					 ? " with 'helm dependency update'"
					 : "");
	return check_repositories(subject, lock) && save_all(subject, lock);
}

static bool load(struct subject *subject, bool lists)
{
	struct helm *helm = subject->helm;
	const struct chart_load_options load_options = {
		.dialect = helm->dialect,
		.limits = &helm->limits,
		.notes = helm->notes,
	};
	const char *path = helm_path(helm, subject->typed);
	struct tree_stat stat;

	if (tree_view_stat(&helm->view, path, &stat) != TREE_OK)
		return helm_fail(helm,
				 "%s%s%sstat %s: no such file or directory",
				 lists ? "" : "could not find ",
				 lists ? "" : subject->typed, lists ? "" : ": ",
				 subject->typed);
	if (!lists && stat.kind != TREE_DIR)
		return helm_fail(helm, "only unpacked charts can be updated");
	subject->chart = chart_load(helm->arena, &helm->view, path,
				    &load_options, helm->diags);
	return subject->chart != NULL;
}

bool helm_dependency_update(struct helm *helm, const char *chart,
			    struct str *out)
{
	struct subject subject = {
		.helm = helm,
		.typed = path_clean(helm->arena, chart),
		.out = out,
	};

	return load(&subject, false) && update(&subject);
}

bool helm_lacks_dependency(struct helm *helm, const struct chart *chart,
			   const char **missing)
{
	struct chart_need need;
	struct table children;
	struct str names;
	size_t count = 0, i;

	str_init(&names, helm->arena);
	chart_children(helm->arena, chart, &children);
	for (i = 0; chart_need(chart, i, &need); i++)
		if (!table_gets(&children, need.name))
			str_printf(&names, "%s%s", count++ ? ", " : "",
				   need.name);
	*missing = str_text(&names);
	return count != 0;
}

static const struct {
	const char *name;
	const char *other;
	bool (*run)(struct subject *subject);
} actions[] = {
	{ "build", "build", build },
	{ "list", "ls", list },
	{ "update", "up", update },
};

static int run(struct helm *helm)
{
	const struct dependency_options *options = helm->options;
	const char *name = helm->args.count ? helm->args.items[0] : "";
	struct subject subject = { .helm = helm,
				   .typed = ".",
				   .out = helm->out };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(actions); i++)
		if (strcmp(actions[i].name, name) == 0 ||
		    strcmp(actions[i].other, name) == 0)
			break;
	if (i == ARRAY_COUNT(actions)) {
		helm_describe(helm);
		return STATUS_CLEAN;
	}
	if (helm->args.count > 1)
		subject.typed = path_clean(helm->arena, helm->args.items[1]);
	if ((options->verify &&
	     !helm_refuse_verify(helm, helm_path(helm, subject.typed))) ||
	    !load(&subject, actions[i].run == list) ||
	    !actions[i].run(&subject))
		return STATUS_FINDINGS;
	return STATUS_CLEAN;
}

const struct helm_verb helm_dependency = {
	.name = "dependency",
	.other = "dep",
	.usage = "list|update|build [CHART] [flags]",
	.summary = "List a chart's dependencies, or bring local ones in.",
	.groups = groups,
	.size = sizeof(struct dependency_options),
	.run = run,
};
