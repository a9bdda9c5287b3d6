#include "tests/runner/execute.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/runner/sandbox.h"

/* What sanitizers and coverage are told; a program does not see them. */
static const char *const passed_on[] = { "ASAN_OPTIONS",      "UBSAN_OPTIONS",
					 "LSAN_OPTIONS",      "TSAN_OPTIONS",
					 "LLVM_PROFILE_FILE", "GCOV_PREFIX",
					 "LD_LIBRARY_PATH",   NULL };

struct words {
	char **items;
	size_t count;
};

static void words_add(struct words *words, const char *word)
{
	words->items = grow_alloc(words->items, words->count + 2,
				  sizeof(*words->items));
	words->items[words->count++] = copy_text(word, strlen(word));
	words->items[words->count] = NULL;
}

static void words_add_pair(struct words *words, const char *name,
			   const char *value)
{
	struct buffer text = { 0 };

	buffer_printf(&text, "%s=%s", name, value);
	words_add(words, text.at);
	buffer_release(&text);
}

static struct words environment(const struct test_case *tc, const char *home)
{
	const char *path = getenv("PATH");
	struct words env = { 0 };

	words_add_pair(&env, "PATH", path ? path : "/usr/bin:/bin");
	words_add_pair(&env, "HOME", home);
	for (size_t i = 0; passed_on[i]; i++)
		if (getenv(passed_on[i]))
			words_add_pair(&env, passed_on[i],
				       getenv(passed_on[i]));
	for (size_t i = 0; tc && i < tc->env_count; i++)
		words_add(&env, tc->env[i]);
	return env;
}

static void words_release(struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		free(words->items[i]);
	free(words->items);
}

static char *below(const char *dir, const char *name)
{
	struct buffer path = { 0 };

	buffer_printf(&path, "%s/%s", dir, name);
	return path.at;
}

/* Run a program and keep what it printed. */
static int run_and_read(struct outcome *outcome, struct program *program)
{
	char *out = below(outcome->place, "stdout");
	char *err = below(outcome->place, "stderr");
	int status;

	program->dir = outcome->dir;
	program->out = out;
	program->err = err;
	status = program_run(program);
	buffer_release(&outcome->out);
	buffer_release(&outcome->err);
	if (!buffer_read(&outcome->out, out))
		buffer_puts(&outcome->said, "its stdout cannot be read\n");
	if (!buffer_read(&outcome->err, err))
		buffer_puts(&outcome->said, "its stderr cannot be read\n");
	free(out);
	free(err);
	return status;
}

static const char *find_git(void)
{
	static const char *const places[] = { "/usr/bin/git", "/bin/git",
					      "/usr/local/bin/git",
					      "/opt/homebrew/bin/git", NULL };

	for (size_t i = 0; places[i]; i++)
		if (access(places[i], X_OK) == 0)
			return places[i];
	return NULL;
}

/* Names and dates are fixed, so that revisions are the same everywhere. */
static bool run_git(struct outcome *outcome, const char *const *args)
{
	struct words env = environment(NULL, outcome->home);
	struct words argv = { 0 };
	struct program git = { .path = find_git() };
	const char *verb = args[0];
	char date[32];
	int status;

	snprintf(date, sizeof(date), "%d +0000",
		 1704067200 + 60 * outcome->commits);
	words_add(&env, "GIT_CONFIG_NOSYSTEM=1");
	words_add_pair(&env, "GIT_AUTHOR_NAME", "A Writer");
	words_add_pair(&env, "GIT_AUTHOR_EMAIL", "writer@example.com");
	words_add_pair(&env, "GIT_AUTHOR_DATE", date);
	words_add_pair(&env, "GIT_COMMITTER_NAME", "A Writer");
	words_add_pair(&env, "GIT_COMMITTER_EMAIL", "writer@example.com");
	words_add_pair(&env, "GIT_COMMITTER_DATE", date);
	words_add(&argv, "git");
	words_add(&argv, "-c");
	words_add(&argv, "init.defaultBranch=main");
	for (; *args; args++)
		words_add(&argv, *args);
	git.argv = argv.items;
	git.envp = env.items;
	status = git.path ? run_and_read(outcome, &git) : -1;
	words_release(&argv);
	words_release(&env);
	if (!git.path)
		buffer_puts(&outcome->said, "the git program is missing; "
					    "\"make deps\" installs it\n");
	else if (status)
		buffer_printf(&outcome->said, "git %s: %s\n", verb,
			      outcome->err.at);
	return status == 0;
}

static bool stage(struct outcome *outcome, bool commit)
{
	char *git = below(outcome->dir, ".git");
	bool is_new = access(git, F_OK) != 0;
	char message[32];

	free(git);
	if (is_new && !run_git(outcome, (const char *[]){ "init", "-q", NULL }))
		return false;
	if (!run_git(outcome, (const char *[]){ "add", "-A", NULL }))
		return false;
	if (!commit)
		return true;
	outcome->commits++;
	snprintf(message, sizeof(message), "Commit %d", outcome->commits);
	return run_git(outcome,
		       (const char *[]){ "commit", "-q", "--allow-empty", "-m",
					 message, NULL });
}

static bool set_modes(const struct test_case *tc, struct outcome *outcome)
{
	bool ok = true;

	for (size_t i = 0; i < tc->section_count; i++) {
		const struct section *section = &tc->sections[i];
		char *path;

		if (section->mode < 0)
			continue;
		path = below(outcome->dir, section->path);
		if (chmod(path, (mode_t)section->mode) < 0) {
			buffer_printf(&outcome->said, "%s: %s\n", section->path,
				      strerror(errno));
			ok = false;
		}
		free(path);
	}
	return ok;
}

static bool write_inputs(const struct test_case *tc, struct outcome *outcome)
{
	for (size_t i = 0; i < tc->section_count; i++) {
		const struct section *section = &tc->sections[i];

		switch (section->kind) {
		case SECTION_FILE:
		case SECTION_FOLDER:
		case SECTION_LINK:
			if (sandbox_write(outcome->dir, section))
				break;
			buffer_printf(&outcome->said, "%s: %s\n", section->path,
				      strerror(errno));
			return false;
		case SECTION_GIT_ADD:
		case SECTION_GIT_COMMIT:
			if (!stage(outcome,
				   section->kind == SECTION_GIT_COMMIT))
				return false;
			break;
		case SECTION_WANT_STDOUT:
		case SECTION_WANT_STDERR:
		case SECTION_WANT_FILE:
		case SECTION_WANT_NO_FILE:
			break;
		}
	}
	return set_modes(tc, outcome);
}

static bool changes_modes(const struct test_case *tc)
{
	for (size_t i = 0; i < tc->section_count; i++)
		if (tc->sections[i].mode >= 0)
			return true;
	return false;
}

static bool names_format(const struct command *cmd)
{
	for (size_t i = 0; i < cmd->count; i++)
		if (strncmp(cmd->words[i], "--format", 8) == 0)
			return true;
	return false;
}

static int run_command(const struct test_case *tc, const char *tool,
		       const struct command *cmd, bool lines,
		       struct outcome *outcome)
{
	struct words env = environment(tc, outcome->home);
	struct words argv = { 0 };
	struct program program = { .path = tool,
				   .input = tc->input,
				   .plain = changes_modes(tc) };
	int status;

	words_add(&argv, tc->name ? tc->name : "plimsoll");
	for (size_t i = 0; i < cmd->count; i++)
		words_add(&argv, cmd->words[i]);
	if (lines && !names_format(cmd)) {
		words_add(&argv, "--format");
		words_add(&argv, "line");
	}
	program.folder = tc->folder;
	program.argv = argv.items;
	program.envp = env.items;
	status = run_and_read(outcome, &program);
	words_release(&argv);
	words_release(&env);
	return status;
}

static bool check_status(const struct test_case *tc, size_t run, int status,
			 struct outcome *outcome)
{
	bool last = run + 1 == tc->run_count;
	int want = last && tc->exit >= 0 ? tc->exit : 0;

	if (status == 128 + SIGALRM) {
		buffer_printf(&outcome->said,
			      "run %zu did not end within %d seconds\n",
			      run + 1, CASE_SECONDS);
		outcome->broken = true;
		return false;
	}
	if (status == want || (!last && tc->exit >= 0 && status < 126))
		return true;
	if (tc->run_count > 1)
		buffer_printf(&outcome->said, "run %zu: ", run + 1);
	if (status >= 128)
		buffer_printf(&outcome->said, "ended by signal %d",
			      status - 128);
	else
		buffer_printf(&outcome->said, "exit status is %d", status);
	buffer_printf(&outcome->said, ", want %d\n", want);
	outcome->broken = true;
	return false;
}

bool case_execute(const struct test_case *tc, const char *tool,
		  const char *scratch, struct outcome *outcome)
{
	outcome->place = copy_text(scratch, strlen(scratch));
	outcome->dir = below(scratch, "case");
	outcome->home = below(scratch, "home");
	outcome->broken = true;
	if (!sandbox_make_folder(outcome->dir) ||
	    !sandbox_make_folder(outcome->home)) {
		buffer_printf(&outcome->said, "%s: %s\n", outcome->dir,
			      strerror(errno));
		return false;
	}
	if (!write_inputs(tc, outcome))
		return false;
	outcome->broken = false;
	for (size_t i = 0; i < tc->run_count; i++) {
		int status =
			run_command(tc, tool, &tc->runs[i], false, outcome);

		if (!check_status(tc, i, status, outcome))
			return false;
	}
	return true;
}

bool case_execute_lines(const struct test_case *tc, const char *tool,
			struct outcome *outcome)
{
	const struct command *cmd = &tc->runs[tc->run_count - 1];
	int status = run_command(tc, tool, cmd, true, outcome);

	return check_status(tc, tc->run_count - 1, status, outcome);
}

void outcome_release(struct outcome *outcome)
{
	if (outcome->place)
		sandbox_remove(outcome->place);
	free(outcome->place);
	free(outcome->dir);
	free(outcome->home);
	buffer_release(&outcome->said);
	buffer_release(&outcome->out);
	buffer_release(&outcome->err);
}
