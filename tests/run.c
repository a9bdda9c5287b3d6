/*
 * The case runner.
 *
 *	run [--tool PROGRAM] [--only TEXT] [--jobs N] [--bless] PATH...
 *
 * PATH is a case file or a folder of them.  Each case runs in an empty
 * directory of its own, many at once; failures are printed in the order of
 * the files, and the last line is "N passed, N failed".
 */
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/runner/bless.h"
#include "tests/runner/buffer.h"
#include "tests/runner/case.h"
#include "tests/runner/compare.h"
#include "tests/runner/execute.h"
#include "tests/runner/sandbox.h"

/* One case in the queue, and what came of it. */
struct job {
	const struct test_case *tc;
	char *failure; /* NULL: passed */
	struct blessings blessings;
	bool blessed;
};

struct run {
	const char *tool;
	const char *only;
	bool bless;
	long workers;
	char *scratch;
	struct case_file *files;
	size_t file_count;
	struct job *jobs;
	size_t job_count;
	atomic_size_t next;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_file(struct run *run, const char *path)
{
	run->files = grow_alloc(run->files, run->file_count + 1,
				sizeof(*run->files));
	if (!case_file_read(&run->files[run->file_count++], path))
		die("%s: %s", path, strerror(errno));
}

static bool is_case_name(const char *name)
{
	size_t len = strlen(name);

	return len > 5 && strcmp(name + len - 5, ".test") == 0;
}

static void add_path(struct run *run, const char *path, bool named)
{
	struct dirent *entry;
	struct stat info;
	char **names = NULL;
	size_t count = 0;
	DIR *folder;

	if (stat(path, &info) < 0)
		die("%s: %s", path, strerror(errno));
	if (!S_ISDIR(info.st_mode)) {
		if (named || is_case_name(path))
			add_file(run, path);
		return;
	}
	folder = opendir(path);
	while (folder && (entry = readdir(folder))) {
		struct buffer below = { 0 };

		if (entry->d_name[0] == '.')
			continue;
		buffer_printf(&below, "%s/%s", path, entry->d_name);
		names = grow_alloc(names, count + 1, sizeof(*names));
		names[count++] = below.at;
	}
	if (folder)
		closedir(folder);
	if (count)
		qsort(names, count, sizeof(*names), by_name);
	for (size_t i = 0; i < count; i++)
		add_path(run, names[i], false);
	free(names);
}

static bool is_chosen(const struct run *run, const struct test_case *tc)
{
	struct buffer name = { 0 };
	bool chosen;

	if (!run->only)
		return true;
	buffer_printf(&name, "%s:%u: %s", tc->file, tc->line, tc->title);
	chosen = strstr(name.at, run->only) != NULL;
	buffer_release(&name);
	return chosen;
}

static void collect_jobs(struct run *run)
{
	for (size_t i = 0; i < run->file_count; i++) {
		const struct case_file *file = &run->files[i];

		for (size_t j = 0; j < file->count; j++) {
			if (!is_chosen(run, &file->cases[j]))
				continue;
			run->jobs = grow_alloc(run->jobs, run->job_count + 1,
					       sizeof(*run->jobs));
			run->jobs[run->job_count++] =
				(struct job){ .tc = &file->cases[j] };
		}
	}
}

/* Marks ask for findings, which only these commands have. */
static bool reports_findings(const struct test_case *tc)
{
	const char *verb = tc->runs[tc->run_count - 1].words[0];

	return strcmp(verb, "lint") == 0 || strcmp(verb, "build") == 0;
}

static void run_case(const struct run *run, struct job *job,
		     struct outcome *outcome, const char *scratch)
{
	const struct test_case *tc = job->tc;
	size_t before;

	if (tc->error) {
		buffer_printf(&outcome->said, "%s\n", tc->error);
		return;
	}
	if (tc->marks.count && !reports_findings(tc)) {
		buffer_puts(&outcome->said, "it holds marks, but the last "
					    "run is not lint or build\n");
		return;
	}
	case_execute(tc, run->tool, scratch, outcome);
	compare_wants(tc, outcome);
	if (run->bless && bless_note(&job->blessings, tc, outcome))
		job->blessed = true;
	if (!tc->marks.count || outcome->broken)
		return;
	before = outcome->said.len;
	if (case_execute_lines(tc, run->tool, outcome))
		compare_marks(tc, outcome);
	if (outcome->said.len > before)
		job->blessed = false;
}

static void *work(void *context)
{
	struct run *run = context;
	size_t i;

	while ((i = atomic_fetch_add(&run->next, 1)) < run->job_count) {
		struct outcome outcome = { 0 };
		struct buffer scratch = { 0 };

		buffer_printf(&scratch, "%s/%zu", run->scratch, i);
		run_case(run, &run->jobs[i], &outcome, scratch.at);
		if (outcome.said.len)
			run->jobs[i].failure =
				copy_text(outcome.said.at, outcome.said.len);
		outcome_release(&outcome);
		buffer_release(&scratch);
	}
	return NULL;
}

static void run_jobs(struct run *run)
{
	pthread_t *threads = zero_alloc((size_t)run->workers, sizeof(*threads));

	for (long i = 0; i < run->workers; i++)
		if (pthread_create(&threads[i], NULL, work, run))
			die("cannot start a thread");
	for (long i = 0; i < run->workers; i++)
		pthread_join(threads[i], NULL);
	free(threads);
}

static void print_failure(const struct job *job)
{
	printf("FAIL %s:%u: %s\n", job->tc->file, job->tc->line,
	       job->tc->title);
	for (const char *at = job->failure; *at;) {
		size_t len = strcspn(at, "\n");

		printf("    %.*s\n", (int)len, at);
		at += len + (at[len] == '\n');
	}
}

/* The jobs of a file are neighbours, in the order of its cases. */
static void write_blessings(struct run *run)
{
	size_t i = 0;

	for (size_t f = 0; f < run->file_count; f++) {
		struct blessings all = { 0 };

		for (; i < run->job_count &&
		       run->jobs[i].tc->file == run->files[f].path;
		     i++) {
			const struct job *job = &run->jobs[i];

			if (!job->blessed)
				continue;
			printf("blessed %s:%u: %s\n", job->tc->file,
			       job->tc->line, job->tc->title);
			for (size_t j = 0; j < job->blessings.count; j++) {
				all.items = grow_alloc(all.items, all.count + 1,
						       sizeof(*all.items));
				all.items[all.count++] =
					job->blessings.items[j];
			}
		}
		if (all.count && !bless_write(&run->files[f], &all))
			die("%s: %s", run->files[f].path, strerror(errno));
		free(all.items);
	}
}

static int report(struct run *run)
{
	size_t failed = 0;

	for (size_t i = 0; i < run->job_count; i++) {
		if (!run->jobs[i].failure)
			continue;
		failed++;
		if (!run->jobs[i].blessed)
			print_failure(&run->jobs[i]);
	}
	if (run->bless)
		write_blessings(run);
	printf("%zu passed, %zu failed\n", run->job_count - failed, failed);
	return failed ? 1 : 0;
}

static char *make_scratch(void)
{
	const char *tmp = getenv("TMPDIR");
	struct buffer path = { 0 };
	char *made;
	char *real;

	buffer_printf(&path, "%s/cases-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	made = mkdtemp(path.at);
	if (!made)
		die("%s: %s", path.at, strerror(errno));
	real = realpath(made, NULL);
	if (!real)
		die("%s: %s", made, strerror(errno));
	return real;
}

static void read_options(struct run *run, int argc, char **argv)
{
	int i = 1;

	for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
		const char *value = i + 1 < argc ? argv[i + 1] : NULL;

		if (strcmp(argv[i], "--bless") == 0) {
			run->bless = true;
			continue;
		}
		if (strcmp(argv[i], "--tool") == 0 && value)
			run->tool = value;
		else if (strcmp(argv[i], "--only") == 0 && value)
			run->only = *value ? value : NULL;
		else if (strcmp(argv[i], "--jobs") == 0 && value)
			run->workers = strtol(value, NULL, 10);
		else
			die("%s: an option without a value, or unknown",
			    argv[i]);
		i++;
	}
	if (i == argc)
		die("nothing to run; name a case file or a folder");
	for (; i < argc; i++)
		add_path(run, argv[i], true);
}

int main(int argc, char **argv)
{
	struct run run = { .tool = "build/plimsoll" };
	int status;

	read_options(&run, argc, argv);
	run.tool = realpath(run.tool, NULL);
	if (!run.tool || access(run.tool, X_OK) < 0)
		die("the program under test is not there: %s", strerror(errno));
	if (run.workers < 1)
		run.workers = sysconf(_SC_NPROCESSORS_ONLN);
	if (run.workers < 1)
		run.workers = 1;
	/* Pages of the children's output would wait in a full buffer. */
	fflush(stdout);
	collect_jobs(&run);
	run.scratch = make_scratch();
	run_jobs(&run);
	status = report(&run);
	sandbox_remove(run.scratch);
	return status;
}
