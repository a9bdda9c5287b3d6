/*
 * Trees: links, loops and escapes in memory, the jail on disk.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/pool.h"
#include "base/tree_disk.h"
#include "base/tree_memory.h"

struct fixture {
	struct arena *arena;
	struct tree *tree;
	struct tree_view view;
	char dir[64]; /* on disk: root is dir/root */
};

static void put(struct tree *tree, const char *path, const char *text)
{
	tree_memory_add(tree, path, text, strlen(text));
}

static int memory_setup(void **state)
{
	struct fixture *fix = calloc(1, sizeof(*fix));

	fix->arena = arena_new();
	fix->tree = tree_memory_open();
	put(fix->tree, "a/one.yaml", "one");
	put(fix->tree, "a/b/two.yaml", "two");
	put(fix->tree, "a/b/c/three.yaml", "three");
	put(fix->tree, "a/b/note.txt", "");
	put(fix->tree, "top.yaml", "top");
	tree_memory_link(fix->tree, "file", "a/one.yaml");
	tree_memory_link(fix->tree, "a/up", "../top.yaml");
	tree_memory_link(fix->tree, "a/self", "b/../b");
	tree_memory_link(fix->tree, "loop", "pool");
	tree_memory_link(fix->tree, "pool", "loop");
	tree_memory_link(fix->tree, "out", "../etc/passwd");
	tree_memory_link(fix->tree, "far", "/etc/passwd");
	tree_memory_link(fix->tree, "gone", "nothing");
	tree_view_init(&fix->view, fix->tree, fix->arena);
	*state = fix;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fix = *state;

	tree_close(fix->tree);
	arena_free(fix->arena);
	free(fix);
	return 0;
}

static enum tree_status get(struct fixture *fix, const char *path,
			    const char **text)
{
	struct source *source = NULL;
	enum tree_status status =
		tree_view_read(&fix->view, path, SOURCE_MANIFEST, &source);

	*text = source ? source->text : "";
	if (source)
		assert_int_equal(source->text[source->len], 0);
	return status;
}

static void expect_text(struct fixture *fix, const char *path,
			const char *expected)
{
	const char *text;

	assert_int_equal(get(fix, path, &text), TREE_OK);
	assert_string_equal(text, expected);
}

static void expect_status(struct fixture *fix, const char *path,
			  enum tree_status expected)
{
	const char *text;

	assert_int_equal(get(fix, path, &text), expected);
}

static void test_links(void **state)
{
	struct fixture *fix = *state;
	const char *real;

	expect_text(fix, "a/one.yaml", "one");
	expect_text(fix, "./a//b/../one.yaml", "one");
	expect_text(fix, "file", "one");
	expect_text(fix, "a/up", "top");
	expect_text(fix, "a/self/two.yaml", "two");
	assert_int_equal(tree_view_resolve(&fix->view, "a/self/c", &real),
			 TREE_OK);
	assert_string_equal(real, "a/b/c");
}

static void test_refusals(void **state)
{
	struct fixture *fix = *state;

	expect_status(fix, "loop", TREE_LOOP);
	expect_status(fix, "loop/x", TREE_LOOP);
	expect_status(fix, "out", TREE_OUTSIDE);
	expect_status(fix, "far", TREE_OUTSIDE);
	expect_status(fix, "../x", TREE_OUTSIDE);
	expect_status(fix, "/etc/passwd", TREE_OUTSIDE);
	expect_status(fix, "gone", TREE_MISSING);
	expect_status(fix, "none", TREE_MISSING);
	expect_status(fix, "a", TREE_NOT_FILE);
	expect_status(fix, "top.yaml/x", TREE_NOT_DIR);
	fix->tree->file_limit = 2;
	expect_status(fix, "top.yaml", TREE_TOO_LARGE);
}

static size_t logged(struct fixture *fix, enum tree_access_kind kind,
		     const char *path)
{
	size_t i, count = 0;

	for (i = 0; i < fix->view.log.count; i++)
		count += fix->view.log.items[i].kind == kind &&
			 strcmp(fix->view.log.items[i].path, path) == 0;
	return count;
}

static void test_log(void **state)
{
	struct fixture *fix = *state;
	struct tree_listing listing;
	struct tree_paths paths;

	expect_text(fix, "a/up", "top");
	expect_text(fix, "a/up", "top");
	expect_status(fix, "none", TREE_MISSING);
	expect_status(fix, "none", TREE_MISSING);
	assert_int_equal(tree_view_list(&fix->view, "a", &listing), TREE_OK);
	assert_int_equal(listing.count, 4);
	assert_string_equal(listing.items[0].name, "b");
	assert_string_equal(listing.items[3].name, "up");
	tree_view_glob(&fix->view, "a", "*.yaml", &paths);
	tree_view_glob(&fix->view, "a", "*.yaml", &paths);
	assert_int_equal(logged(fix, TREE_OPENED, "top.yaml"), 1);
	assert_int_equal(logged(fix, TREE_OPENED, "a/up"), 1);
	assert_int_equal(logged(fix, TREE_MISSED, "none"), 1);
	assert_int_equal(logged(fix, TREE_LISTED, "a"), 1);
	assert_int_equal(logged(fix, TREE_GLOBBED, "a/*.yaml"), 1);
	assert_int_equal(fix->view.log.count, 5);
}

static void expect_glob(struct fixture *fix, const char *dir,
			const char *pattern, const char *expected)
{
	struct tree_paths paths;
	char found[512] = "";
	size_t i, len = 0;

	assert_int_equal(tree_view_glob(&fix->view, dir, pattern, &paths),
			 TREE_OK);
	for (i = 0; i < paths.count; i++)
		len += (size_t)snprintf(found + len, sizeof(found) - len, "%s ",
					paths.items[i]);
	assert_string_equal(found, expected);
}

static void test_glob(void **state)
{
	struct fixture *fix = *state;

	expect_glob(fix, "", "*.yaml", "top.yaml ");
	expect_glob(fix, "a", "*", "a/one.yaml a/up ");
	expect_glob(fix, "", "a/**",
		    "a/b/c/three.yaml a/b/note.txt a/b/two.yaml a/one.yaml "
		    "a/up ");
	expect_glob(fix, "", "**/*.yaml",
		    "a/b/c/three.yaml a/b/two.yaml a/one.yaml top.yaml ");
	expect_glob(fix, "", "**/**/t*.yaml",
		    "a/b/c/three.yaml a/b/two.yaml top.yaml ");
	expect_glob(fix, "", "a/**/c/*", "a/b/c/three.yaml ");
	expect_glob(fix, "a/b", "../*.yaml", "a/one.yaml ");
	expect_glob(fix, "", "a/self/*.yaml", "a/self/two.yaml ");
	expect_glob(fix, "", "a/one.yaml", "a/one.yaml ");
	expect_glob(fix, "", "none/*.yaml", "");
	expect_glob(fix, "", "a/[", "");
}

static void read_job(void *context, size_t index)
{
	struct tree *tree = context;
	struct arena *arena = arena_new();
	struct tree_view view;
	struct source *source;

	tree_view_init(&view, tree, arena);
	assert_int_equal(tree_view_read(&view,
					index % 2 ? "file" : "a/b/two.yaml",
					SOURCE_MANIFEST, &source),
			 TREE_OK);
	arena_free(arena);
}

static void test_shared(void **state)
{
	struct fixture *fix = *state;
	const char *one, *other;

	pool_run(8, 200, read_job, fix->tree);
	get(fix, "file", &one);
	get(fix, "a/one.yaml", &other);
	assert_ptr_equal(one, other);
}

static void write_file(const char *dir, const char *name, const char *text)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void make_link(const char *dir, const char *name, const char *target)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(symlink(target, path), 0);
}

static void make_folder(const char *dir, const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(mkdir(path, 0777), 0);
}

static int disk_setup(void **state)
{
	struct fixture *fix = calloc(1, sizeof(*fix));
	char path[256], root[256], cwd[256], *real;

	snprintf(fix->dir, sizeof(fix->dir), "/tmp/plimsoll-test-XXXXXX");
	assert_non_null(mkdtemp(fix->dir));
	real = realpath(fix->dir, NULL);
	snprintf(fix->dir, sizeof(fix->dir), "%s", real);
	free(real);
	make_folder(fix->dir, "root");
	make_folder(fix->dir, "root/a");
	make_folder(fix->dir, "root/b");
	make_folder(fix->dir, "extra");
	write_file(fix->dir, "secret", "secret");
	write_file(fix->dir, "extra/values.yaml", "x: 1\n");
	write_file(fix->dir, "root/a/x.yaml", "x");
	write_file(fix->dir, "root/b/y.yaml", "y");
	write_file(fix->dir, "root/big", "0123456789");
	make_link(fix->dir, "root/out", "../secret");
	make_link(fix->dir, "root/up", "..");
	make_link(fix->dir, "root/in", "b/y.yaml");
	make_link(fix->dir, "alias", "root/b");
	snprintf(path, sizeof(path), "%s/root/b", fix->dir);
	make_link(fix->dir, "root/abs", path);
	snprintf(path, sizeof(path), "%s/secret", fix->dir);
	make_link(fix->dir, "root/absout", path);
	snprintf(path, sizeof(path), "%s/root/pipe", fix->dir);
	assert_int_equal(mkfifo(path, 0666), 0);
	snprintf(root, sizeof(root), "%s/root", fix->dir);
	snprintf(cwd, sizeof(cwd), "%s/root/a", fix->dir);
	fix->arena = arena_new();
	fix->tree = tree_disk_open(root, cwd, 8);
	assert_non_null(fix->tree);
	tree_view_init(&fix->view, fix->tree, fix->arena);
	*state = fix;
	return 0;
}

static int disk_teardown(void **state)
{
	static const char *const names[] = { "root/a/x.yaml",
					     "root/b/y.yaml",
					     "root/big",
					     "root/out",
					     "root/up",
					     "root/in",
					     "root/abs",
					     "root/absout",
					     "root/pipe",
					     "root/a",
					     "root/b",
					     "root",
					     "extra/values.yaml",
					     "extra",
					     "secret",
					     "alias",
					     "" };
	struct fixture *fix = *state;
	char path[256];
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", fix->dir, names[i]);
		assert_int_equal(remove(path), 0);
	}
	return teardown(state);
}

static void test_jail(void **state)
{
	struct fixture *fix = *state;

	expect_text(fix, "a/x.yaml", "x");
	expect_text(fix, "in", "y");
	expect_text(fix, "abs/y.yaml", "y");
}

static void test_jail_refuses(void **state)
{
	struct fixture *fix = *state;
	struct tree_stat stat;
	struct tree_text text;

	expect_status(fix, "out", TREE_OUTSIDE);
	expect_status(fix, "absout", TREE_OUTSIDE);
	expect_status(fix, "up/secret", TREE_OUTSIDE);
	expect_status(fix, "up/root/in", TREE_OUTSIDE);
	expect_status(fix, "pipe", TREE_NOT_FILE);
	expect_status(fix, "b", TREE_NOT_FILE);
	expect_status(fix, "big", TREE_TOO_LARGE);
	/* The maker itself opens nothing behind a link. */
	assert_int_equal(fix->tree->class->read(fix->tree, "out", fix->arena,
						100, &text),
			 TREE_NOT_FILE);
	assert_int_equal(fix->tree->class->stat(fix->tree, "up/secret", &stat),
			 TREE_NOT_DIR);
}

static void expect_located(struct fixture *fix, const char *typed,
			   const char *expected)
{
	const char *path;

	assert_int_equal(tree_disk_locate(fix->tree, fix->arena, typed, &path),
			 TREE_OK);
	assert_string_equal(path, expected);
}

static void test_names(void **state)
{
	struct fixture *fix = *state;
	char name[256];
	const char *path;

	assert_string_equal(tree_view_display(&fix->view, "a/x.yaml"),
			    "x.yaml");
	assert_string_equal(tree_view_display(&fix->view, "b/y"), "../b/y");
	expect_located(fix, "x.yaml", "a/x.yaml");
	expect_located(fix, "../b/none", "b/none");
	expect_located(fix, "..", "");
	expect_located(fix, "../../alias/y.yaml", "b/y.yaml");
	snprintf(name, sizeof(name), "%s/root/in", fix->dir);
	expect_located(fix, name, "in");
	assert_int_equal(
		tree_disk_locate(fix->tree, fix->arena, "../../secret", &path),
		TREE_OUTSIDE);
	snprintf(name, sizeof(name), "%s/rootless", fix->dir);
	assert_int_equal(tree_disk_locate(fix->tree, fix->arena, name, &path),
			 TREE_OUTSIDE);
}

static void test_allowed(void **state)
{
	struct fixture *fix = *state;
	char name[256];
	const char *path;

	snprintf(name, sizeof(name), "%s/extra/values.yaml", fix->dir);
	expect_status(fix, name, TREE_OUTSIDE);
	tree_disk_allow(fix->tree, name);
	expect_text(fix, name, "x: 1\n");
	assert_int_equal(tree_disk_locate(fix->tree, fix->arena,
					  "../../extra/values.yaml", &path),
			 TREE_OK);
	assert_string_equal(path, name);
	snprintf(name, sizeof(name), "%s/secret", fix->dir);
	expect_status(fix, name, TREE_OUTSIDE);
}

static void test_no_jail(void **state)
{
	struct fixture *fix = *state;
	struct tree *tree = tree_disk_open("/", fix->dir, 100);
	struct tree_view view;
	struct source *source;
	const char *path, *real;

	tree_view_init(&view, tree, fix->arena);
	assert_int_equal(tree_disk_locate(tree, fix->arena, "root/out", &path),
			 TREE_OK);
	assert_int_equal(tree_view_read(&view, path, SOURCE_VALUES, &source),
			 TREE_OK);
	assert_string_equal(source->text, "secret");
	assert_string_equal(source->name, "root/out");
	assert_int_equal(tree_view_resolve(&view, path, &real), TREE_OK);
	assert_string_equal(tree_view_display(&view, real), "secret");
	assert_string_equal(tree_view_display(&view, "etc"), "/etc");
	tree_close(tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_links, memory_setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_refusals, memory_setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_log, memory_setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_glob, memory_setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_shared, memory_setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_jail, disk_setup,
						disk_teardown),
		cmocka_unit_test_setup_teardown(test_jail_refuses, disk_setup,
						disk_teardown),
		cmocka_unit_test_setup_teardown(test_names, disk_setup,
						disk_teardown),
		cmocka_unit_test_setup_teardown(test_allowed, disk_setup,
						disk_teardown),
		cmocka_unit_test_setup_teardown(test_no_jail, disk_setup,
						disk_teardown),
	};

	return cmocka_run_group_tests_name("tree", tests, NULL, NULL);
}
