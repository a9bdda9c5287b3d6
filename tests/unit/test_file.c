/*
 * Atomic writing: what is there afterwards, and what is not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"

struct fixture {
	struct arena *arena;
	struct diag_sink diags;
	char dir[64];
	char path[128];
};

static int setup(void **state)
{
	struct fixture *fix = calloc(1, sizeof(*fix));

	fix->arena = arena_new();
	diag_sink_init(&fix->diags, fix->arena);
	snprintf(fix->dir, sizeof(fix->dir), "/tmp/plimsoll-test-XXXXXX");
	assert_non_null(mkdtemp(fix->dir));
	snprintf(fix->path, sizeof(fix->path), "%s/out.yaml", fix->dir);
	*state = fix;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fix = *state;

	unlink(fix->path);
	assert_int_equal(rmdir(fix->dir), 0); /* nothing else was left */
	arena_free(fix->arena);
	free(fix);
	return 0;
}

static enum file_result put(struct fixture *fix, const char *text)
{
	return file_write(fix->arena, &fix->diags, fix->path, text,
			  strlen(text));
}

static void expect_content(struct fixture *fix, const char *text)
{
	char bytes[64] = "";
	FILE *file = fopen(fix->path, "r");

	assert_non_null(file);
	assert_int_equal(fread(bytes, 1, sizeof(bytes), file), strlen(text));
	assert_string_equal(bytes, text);
	fclose(file);
}

static void test_write(void **state)
{
	struct fixture *fix = *state;
	struct stat before, after;

	assert_int_equal(put(fix, "one"), FILE_WRITTEN);
	expect_content(fix, "one");
	assert_int_equal(chmod(fix->path, 0640), 0);
	assert_int_equal(stat(fix->path, &before), 0);
	assert_int_equal(put(fix, "one"), FILE_UNCHANGED);
	assert_int_equal(stat(fix->path, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(put(fix, "two"), FILE_WRITTEN);
	expect_content(fix, "two");
	assert_int_equal(stat(fix->path, &after), 0);
	assert_int_equal(after.st_mode & 07777, 0640);
	assert_int_equal(put(fix, ""), FILE_WRITTEN);
	assert_int_equal(put(fix, ""), FILE_UNCHANGED);
	assert_int_equal(fix->diags.diags.count, 0);
}

static void test_folders(void **state)
{
	struct fixture *fix = *state;
	const char *deep = arena_join(fix->arena, fix->dir, "/a/b/c.yaml");

	assert_int_equal(file_write(fix->arena, &fix->diags, deep, "x", 1),
			 FILE_WRITTEN);
	assert_int_equal(unlink(deep), 0);
	assert_int_equal(rmdir(arena_join(fix->arena, fix->dir, "/a/b")), 0);
	assert_int_equal(rmdir(arena_join(fix->arena, fix->dir, "/a")), 0);
}

static void test_failures(void **state)
{
	struct fixture *fix = *state;

	assert_int_equal(file_write(fix->arena, &fix->diags, fix->dir, "x", 1),
			 FILE_FAILED);
	assert_int_equal(put(fix, "x"), FILE_WRITTEN);
	assert_int_equal(file_write(fix->arena, &fix->diags,
				    arena_join(fix->arena, fix->path, "/y"),
				    "x", 1),
			 FILE_FAILED);
	assert_int_equal(fix->diags.errors, 2);
	assert_non_null(strstr(fix->diags.diags.items[0]->message, fix->dir));
	expect_content(fix, "x");
}

static void test_read_all(void **state)
{
	struct fixture *fix = *state;
	size_t len;
	char *text;
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "hello", 5), 5);
	close(ends[1]);
	text = file_read_all(fix->arena, &fix->diags, ends[0], "-", 5, &len);
	assert_non_null(text);
	assert_int_equal(len, 5);
	assert_string_equal(text, "hello");
	close(ends[0]);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "hello", 5), 5);
	close(ends[1]);
	assert_null(
		file_read_all(fix->arena, &fix->diags, ends[0], "-", 4, &len));
	assert_int_equal(fix->diags.errors, 1);
	close(ends[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_write, setup, teardown),
		cmocka_unit_test_setup_teardown(test_folders, setup, teardown),
		cmocka_unit_test_setup_teardown(test_failures, setup, teardown),
		cmocka_unit_test_setup_teardown(test_read_all, setup, teardown),
	};

	return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
