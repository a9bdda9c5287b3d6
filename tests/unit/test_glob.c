/*
 * Patterns of the three dialects; answers are those of Go's filepath.Match
 * and of the glob package Helm is built with.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/glob.h"

struct row {
	const char *pattern;
	const char *text;
	bool matches;
};

static void run(enum glob_dialect dialect, const struct row *rows, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (glob_match(dialect, rows[i].pattern, rows[i].text) !=
		    rows[i].matches)
			fail_msg("%s on %s is not %d", rows[i].pattern,
				 rows[i].text, rows[i].matches);
}

static void test_path(void **state)
{
	static const struct row rows[] = {
		{ "", "", true },          { "*", "", true },
		{ "*", "a/b", false },     { "a*", "abc", true },
		{ "a*/b", "abc/b", true }, { "a?c", "a/c", false },
		{ "[/]", "/", true },      { "[^a]", "b", true },
		{ "[a-c]x", "bx", true },  { "\\*", "*", true },
		{ "\\*", "a", false },     { "*[a/]*b", "a/b", false },
		{ "**", "ab", true },      { "[]a]", "]", false },
		{ "[-]", "-", false },     { "a[", "a", false },
	};

	(void)state;
	run(GLOB_PATH, rows, sizeof(rows) / sizeof(rows[0]));
}

static void test_malformed(void **state)
{
	(void)state;
	assert_int_equal(glob_path("[", "a"), GLOB_BAD);
	assert_int_equal(glob_path("a[", "a"), GLOB_BAD);
	assert_int_equal(glob_path("a\\", "a"), GLOB_BAD);
	assert_int_equal(glob_path("[]a]", "]"), GLOB_BAD);
	assert_int_equal(glob_path("[-]", "-"), GLOB_BAD);
	/* Not reached, not noticed. */
	assert_int_equal(glob_path("x*[", "a"), GLOB_NO);
	assert_int_equal(glob_path("x*[", "xa"), GLOB_BAD);
	assert_int_equal(glob_path("a*", "ab"), GLOB_YES);
	assert_false(glob_valid(GLOB_PATH, "x*["));
	assert_true(glob_valid(GLOB_PATH, "[a-z]*\\["));
	assert_false(glob_valid(GLOB_GOBWAS, "[a-]"));
	assert_false(glob_valid(GLOB_PROJECT, "a/[/b]"));
}

static void test_gobwas(void **state)
{
	static const struct row rows[] = {
		{ "*.yaml", "a.yaml", true },
		{ "*.yaml", "d/a.yaml", false },
		{ "**.yaml", "d/e/a.yaml", true },
		{ "{a,{b,c}}d", "cd", true },
		{ "{a,{b,c}}d", "dd", false },
		{ "[!a]", "b", true },
		{ "[!a]", "a", false },
		{ "[a-c]", "b", true },
		{ "[ab-]", "-", true },
		{ "?", "/", false },
		{ "a,b", "a,b", true },
		{ "{a", "a", true },
		{ "a\\", "a", true },
		{ "\\{a", "{a", true },
		{ "[]", "a", false },
	};

	(void)state;
	run(GLOB_GOBWAS, rows, sizeof(rows) / sizeof(rows[0]));
}

static void test_project(void **state)
{
	static const struct row rows[] = {
		{ "**/x", "x", true },
		{ "**/x", "a/b/x", true },
		{ "a/**", "a", false },
		{ "a/**", "a/b/c", true },
		{ "a/**/c", "a/c", true },
		{ "a/**/c", "a/b/b/c", true },
		{ "a/**/c", "a/b/d", false },
		{ "**/upstream/**", "x/upstream/y/z", true },
		{ "*.yaml", "a/b.yaml", false },
		{ "**", "a/b", true },
	};

	(void)state;
	run(GLOB_PROJECT, rows, sizeof(rows) / sizeof(rows[0]));
}

/* With backtracking over every star these would run for years. */
static void test_speed(void **state)
{
	char pattern[401], text[2001];
	size_t i;

	(void)state;
	for (i = 0; i < 400; i += 2)
		memcpy(pattern + i, "*a", 2);
	pattern[399] = 'b';
	pattern[400] = '\0';
	memset(text, 'a', 2000);
	text[2000] = '\0';
	assert_false(glob_match(GLOB_PATH, pattern, text));
	assert_false(glob_match(GLOB_GOBWAS, pattern, text));
	assert_int_equal(glob_path(pattern, text), GLOB_NO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_path),   cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_gobwas), cmocka_unit_test(test_project),
		cmocka_unit_test(test_speed),
	};

	return cmocka_run_group_tests_name("glob", tests, NULL, NULL);
}
