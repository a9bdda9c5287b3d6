#include "tests/runner/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <linux/capability.h>
#include <sys/prctl.h>
#endif

#include "tests/runner/buffer.h"
#include "tests/runner/case.h"
#include "tests/runner/execute.h"

/*
 * A case about a file that cannot be read has to hold for root too, who may
 * read everything; without these two powers root is like anyone else.
 */
static void drop_power_over_modes(void)
{
#ifdef __linux__
	prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
	prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0);
#endif
}

static bool redirect(const char *path, int flags, int to)
{
	int fd = open(path, flags, 0600);

	if (fd < 0 || dup2(fd, to) < 0)
		return false;
	if (fd != to)
		close(fd);
	return true;
}

/* After fork(): only calls that are safe beside other threads. */
static void become(const struct program *program)
{
	const int writing = O_WRONLY | O_CREAT | O_TRUNC;

	if (program->plain)
		drop_power_over_modes();
	/* The alarm outlives exec() and ends what hangs. */
	alarm(CASE_SECONDS);
	if (chdir(program->dir) < 0 ||
	    !redirect(program->input ? program->input : "/dev/null", O_RDONLY,
		      STDIN_FILENO) ||
	    !redirect(program->out, writing, STDOUT_FILENO) ||
	    !redirect(program->err, writing, STDERR_FILENO) ||
	    (program->folder && chdir(program->folder) < 0))
		_exit(126);
	execve(program->path, program->argv, program->envp);
	_exit(127);
}

int program_run(const struct program *program)
{
	pid_t pid = fork();
	int status;

	if (pid < 0)
		return -1;
	if (pid == 0)
		become(program);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	if (WIFSIGNALED(status))
		return 128 + WTERMSIG(status);
	return WEXITSTATUS(status);
}

bool sandbox_make_folder(const char *path)
{
	char *copy = copy_text(path, strlen(path));
	bool ok = true;

	for (char *at = copy + 1; ok && *at; at++) {
		if (*at != '/')
			continue;
		*at = '\0';
		ok = mkdir(copy, 0777) == 0 || errno == EEXIST;
		*at = '/';
	}
	ok = ok && (mkdir(copy, 0777) == 0 || errno == EEXIST);
	free(copy);
	return ok;
}

bool sandbox_write(const char *dir, const struct section *section)
{
	struct buffer path = { 0 };
	char *slash;
	bool ok;

	buffer_printf(&path, "%s/%s", dir, section->path);
	slash = strrchr(path.at, '/');
	*slash = '\0';
	ok = sandbox_make_folder(path.at);
	*slash = '/';
	if (ok && section->kind == SECTION_LINK) {
		unlink(path.at);
		ok = symlink(section->target, path.at) == 0;
	} else if (ok && section->kind == SECTION_FILE) {
		struct buffer content =
			buffer_replace(&section->content, "$DIR", dir);

		/* A later version of a file must not write through a link. */
		unlink(path.at);
		ok = buffer_write(&content, path.at);
		buffer_release(&content);
	}
	buffer_release(&path);
	return ok;
}

void sandbox_remove(const char *path)
{
	struct stat info;
	struct dirent *entry;
	DIR *folder;

	if (lstat(path, &info) < 0)
		return;
	if (!S_ISDIR(info.st_mode)) {
		unlink(path);
		return;
	}
	chmod(path, 0700);
	folder = opendir(path);
	while (folder && (entry = readdir(folder))) {
		struct buffer below = { 0 };

		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		buffer_printf(&below, "%s/%s", path, entry->d_name);
		sandbox_remove(below.at);
		buffer_release(&below);
	}
	if (folder)
		closedir(folder);
	rmdir(path);
}
