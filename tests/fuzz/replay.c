/*
 * replay NAME FOLDER: feed each file of a corpus to a fuzz target.
 *
 * Linked instead of a fuzzing engine, so that what was once found stays
 * found without one.  A child per file: one crash does not hide another.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A file of a corpus is small; a longer one would be cut. */
#define MOST_BYTES (1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void feed(const char *path)
{
	static uint8_t room[MOST_BYTES];
	FILE *file = fopen(path, "rb");
	uint8_t *data;
	size_t size;

	if (!file)
		_exit(1);
	size = fread(room, 1, sizeof(room), file);
	fclose(file);
	/* Exactly as long as the input, so that reading past it shows. */
	data = malloc(size ? size : 1);
	if (!data)
		_exit(1);
	memcpy(data, room, size);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
	_exit(0);
}

static int replay(const char *path)
{
	pid_t pid;
	int status;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		alarm(60);
		feed(path);
	}
	if (pid > 0 && waitpid(pid, &status, 0) == pid && status == 0)
		return 1;
	printf("FAIL %s: the fuzz target does not survive it\n", path);
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int replay_all(const char *name, const char *folder, char **paths,
		      size_t count)
{
	size_t passed = 0;

	if (count)
		qsort(paths, count, sizeof(*paths), by_name);
	else
		printf("FAIL tests/fuzz/%s.c: %s is empty\n", name, folder);
	for (size_t i = 0; i < count; i++)
		passed += (size_t)replay(paths[i]);
	printf("%zu passed, %zu failed\n", passed, count ? count - passed : 1);
	return count && passed == count ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct dirent *entry;
	char **paths = NULL;
	size_t count = 0;
	DIR *folder;
	int status;

	if (argc != 3)
		return 2;
	folder = opendir(argv[2]);
	while (folder && (entry = readdir(folder))) {
		size_t len = strlen(argv[2]) + strlen(entry->d_name) + 2;
		char *path = malloc(len);

		paths = realloc(paths, (count + 1) * sizeof(*paths));
		if (!path || !paths)
			return 2;
		snprintf(path, len, "%s/%s", argv[2], entry->d_name);
		if (entry->d_name[0] != '.')
			paths[count++] = path;
		else
			free(path);
	}
	if (folder)
		closedir(folder);
	status = replay_all(argv[1], argv[2], paths, count);
	while (count)
		free(paths[--count]);
	free(paths);
	return status;
}
