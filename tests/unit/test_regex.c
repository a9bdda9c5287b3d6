/*
 * Regular expressions; answers are those of Go's regexp.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <string.h>

#include "base/arena.h"
#include "base/regex.h"
#include "base/str.h"

static struct regex *compile(struct arena *arena, const char *pattern)
{
	const char *error;

	return regex_compile(arena, pattern, strlen(pattern), &error);
}

/* All matches with their groups: "0 1 0 1|2 3 -1 -1". */
static const char *matches(struct arena *arena, const struct regex *regex,
			   const char *text)
{
	struct regex_iterator it = { .regex = regex,
				     .text = text,
				     .len = strlen(text) };
	size_t count = regex_groups(regex) + 1;
	struct regex_span *spans = arena_alloc(arena, count * sizeof(*spans));
	struct str out;

	str_init(&out, arena);
	while (regex_next(&it, spans, count)) {
		str_puts(&out, out.len ? "|" : "");
		for (size_t i = 0; i < count; i++)
			str_printf(&out, "%s%d %d", i ? " " : "",
				   (int)spans[i].begin, (int)spans[i].end);
	}
	return str_text(&out);
}

static const struct {
	const char *pattern;
	const char *text;
	const char *want;
} match_rows[] = {
	{ "a*", "baac", "0 0|1 3|4 4" },
	{ "", "ab", "0 0|1 1|2 2" },
	{ "(a*)+", "baa", "0 0 0 0|1 3 1 3" },
	{ "(a*)*", "b", "0 0 0 0|1 1 1 1" },
	{ "(a|b*)*", "aab", "0 3 2 3" },
	{ "(|a)+", "aa", "0 0 0 0|1 1 1 1|2 2 2 2" },
	{ "(\?:(a)|b)*", "ab", "0 2 0 1" },
	{ "(a|ab)(c|bcd)(d*)", "abcd", "0 4 0 1 1 4 4 4" },
	{ "^$", "", "0 0" },
	{ "$", "a\012", "2 2" },
	{ "(\?m)$", "a\012b\012", "1 1|3 3|4 4" },
	{ "(\?m)^", "a\012\012", "0 0|2 2|3 3" },
	{ "(\?m)^.*$", "ab\012c", "0 2|3 4" },
	{ "a.c", "a\012c", "" },
	{ "(\?s)a.c", "a\012c", "0 3" },
	{ "(\?i)k+", "kK\342\204\252\305\277", "0 5" },
	{ "(\?i)stra\303\237e", "STRA\341\272\236E", "0 8" },
	{ "(\?i)[^k]", "kKx", "2 3" },
	{ "(\?i)\\W", "\305\277-", "2 3" },
	{ "\\W", "\305\277", "0 2" },
	{ "\\w+", "a\303\251_1", "0 1|3 5" },
	{ "\\s", "\013\014\302\240", "1 2" },
	{ "\\d", "\331\2433", "2 3" },
	{ "\\b\303\251\\b", "\303\251", "" },
	{ "\\B", "ab", "1 1" },
	{ "\\pL+", "a\303\251\316\2511", "0 5" },
	{ "\\p{Greek}", "a\316\251", "1 3" },
	{ "\\P{Greek}", "a\316\251", "0 1" },
	{ "\\p{^Greek}", "a\316\251", "0 1" },
	{ "(\?i)\\p{Lu}", "aA1", "0 1|1 2" },
	{ "[[:alpha:]_]+", "ab_1", "0 3" },
	{ "[^[:^digit:]]", "a1", "1 2" },
	{ "[]a]+", "a]b", "0 2" },
	{ "[a-]", "-", "0 1" },
	{ "\\Qa.b\\E+", "a.bb", "0 4" },
	{ "\\x41\\x{1F600}\\101", "A\360\237\230\200A", "0 6" },
	{ "a{2}", "aaaaa", "0 2|2 4" },
	{ "a{1,2}\?", "aaa", "0 1|1 2|2 3" },
	{ "(\?U)a+", "aa", "0 1|1 2" },
	{ "(\?U)a+\?", "aa", "0 2" },
	{ "a{,2}", "a{,2}", "0 5" },
	{ "x{0}y", "xy", "1 2" },
	{ "(\?i:A)b", "abaB", "0 2" },
	{ ".", "\377\303\251\303", "0 1|1 3|3 4" },
	{ "[^a]", "\342\204", "0 1|1 2" },
	{ "\\x{FFFD}a", "\377a", "0 2" },
	{ "[^\\x{0}-\\x{10FFFF}]", "a", "" },
	{ "\\z", "ab", "2 2" },
	{ "\\Aa", "aa", "0 1" },
	{ "(\?P<y>\\d{4})-(\?<m>\\d\\d)", "on 2024-05", "3 10 3 7 8 10" },
	{ "^[a-z0-9]([-a-z0-9]*[a-z0-9])\?$", "web-1", "0 5 1 5" },
	{ "(a{0,2}){2,}", "aaaa", "0 4 2 4" },
};

static void check_row(struct arena *arena, const struct regex *regex, size_t i)
{
	const char *text = match_rows[i].text;

	assert_string_equal(matches(arena, regex, text), match_rows[i].want);
	assert_int_equal(regex_matches(regex, text, strlen(text)),
			 match_rows[i].want[0] != '\0');
}

/* By the program, and once there was enough to search, by PCRE2. */
static void test_matches(void **state)
{
	static char much[10000];
	struct arena *arena = arena_new();

	(void)state;
	memset(much, ' ', sizeof(much) - 1);
	for (size_t i = 0; i < sizeof(match_rows) / sizeof(match_rows[0]);
	     i++) {
		struct regex *regex = compile(arena, match_rows[i].pattern);

		assert_non_null(regex);
		check_row(arena, regex, i);
		regex_matches(regex, much, sizeof(much) - 1);
		check_row(arena, regex, i);
	}
	arena_free(arena);
}

static const struct {
	const char *pattern;
	const char *want; /* behind "error parsing regexp: " */
} refusals[] = {
	{ "(a", "missing closing ): `(a`" },
	{ "a)", "unexpected ): `a)`" },
	{ "*", "missing argument to repetition operator: `*`" },
	{ "a|*", "missing argument to repetition operator: `*`" },
	{ "(*", "missing argument to repetition operator: `*`" },
	{ "a**", "invalid nested repetition operator: `**`" },
	{ "a*\?+", "invalid nested repetition operator: `*\?+`" },
	{ "a{2}{3}", "invalid nested repetition operator: `{2}{3}`" },
	{ "a{1001}", "invalid repeat count: `{1001}`" },
	{ "a{2,1}", "invalid repeat count: `{2,1}`" },
	{ "(x{100}){11}", "invalid repeat count: `{11}`" },
	{ "{2}", "missing argument to repetition operator: `{2}`" },
	{ "[a", "missing closing ]: `[a`" },
	{ "[]", "missing closing ]: `[]`" },
	{ "[z-a]", "invalid character class range: `z-a`" },
	{ "[a-\\d]", "invalid escape sequence: `\\d`" },
	{ "[[:foo:]]", "invalid character class range: `[:foo:]`" },
	{ "\\1", "invalid escape sequence: `\\1`" },
	{ "\\8", "invalid escape sequence: `\\8`" },
	{ "\\C", "invalid escape sequence: `\\C`" },
	{ "\\Z", "invalid escape sequence: `\\Z`" },
	{ "\\G", "invalid escape sequence: `\\G`" },
	{ "\\x{110000}", "invalid escape sequence: `\\x{110000`" },
	{ "\\x4", "invalid escape sequence: `\\x4`" },
	{ "\\xg4", "invalid escape sequence: `\\xg4`" },
	{ "\\\303\251", "invalid escape sequence: `\\\303\251`" },
	{ "\\", "trailing backslash at end of expression: ``" },
	{ "[\\", "trailing backslash at end of expression: ``" },
	{ "(\?=a)", "invalid or unsupported Perl syntax: `(\?=`" },
	{ "(\?!a)", "invalid or unsupported Perl syntax: `(\?!`" },
	{ "(\?<=a)", "invalid named capture: `(\?<=a)`" },
	{ "(\?>a)", "invalid or unsupported Perl syntax: `(\?>`" },
	{ "(\?#a)", "invalid or unsupported Perl syntax: `(\?#`" },
	{ "(\?P=n)", "invalid or unsupported Perl syntax: `(\?P`" },
	{ "(\?P<n", "invalid named capture: `(\?P<n`" },
	{ "(\?P<>a)", "invalid named capture: `(\?P<>`" },
	{ "(\?P<\303\251>a)", "invalid named capture: `(\?P<\303\251>`" },
	{ "(\?i", "invalid or unsupported Perl syntax: `(\?i`" },
	{ "(\?i-)", "invalid or unsupported Perl syntax: `(\?i-)`" },
	{ "(\?z)", "invalid or unsupported Perl syntax: `(\?z`" },
	{ "a++", "invalid nested repetition operator: `++`" },
	{ "\\p", "invalid character class range: `\\p`" },
	{ "\\p{", "invalid character class range: `\\p{`" },
	{ "\\p\303\251", "invalid character class range: `\\p\303\251`" },
	{ "\\p{Nothing}", "invalid character class range: `\\p{Nothing}`" },
	{ "\\p{Old_Italic}",
	  "invalid character class range: `\\p{Old_Italic}`" },
	{ "a\377", "invalid UTF-8: `\377`" },
	{ "[\377", "invalid UTF-8: `\377`" },
	{ "\\Q\377b\\Ec", "invalid UTF-8: `\377b`" },
	{ "(\?P<\377>a)", "invalid UTF-8: `\377`" },
};

static void test_refusals(void **state)
{
	struct arena *arena = arena_new();
	const char *error;

	(void)state;
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		error = "";
		assert_null(regex_compile(arena, refusals[i].pattern,
					  strlen(refusals[i].pattern), &error));
		assert_memory_equal(error, "error parsing regexp: ", 22);
		assert_string_equal(error + 22, refusals[i].want);
	}
	arena_free(arena);
}

static char *repeated(struct arena *arena, const char *text, size_t count)
{
	struct str str;

	str_init(&str, arena);
	while (count--)
		str_puts(&str, text);
	return str_text(&str);
}

static void test_depth_and_size(void **state)
{
	struct arena *arena = arena_new();
	char *open = repeated(arena, "(", 1001);
	char *close = repeated(arena, ")", 1001);
	const char *error;
	char *pattern;

	(void)state;
	pattern = arena_join(arena, open, close);
	assert_null(regex_compile(arena, pattern, 2002, &error));
	assert_memory_equal(error + 22, "expression nests too deeply: `", 30);
	assert_non_null(regex_compile(arena, pattern + 2, 1998, &error));
	assert_null(regex_compile(arena, open, 1001, &error));
	assert_memory_equal(error + 22, "missing closing ): `", 20);
	pattern = repeated(arena, "x{1000}", 3360);
	assert_null(regex_compile(arena, pattern, strlen(pattern), &error));
	assert_memory_equal(error + 22, "expression too large: `", 23);
	arena_free(arena);
}

/* What takes a backtracking matcher for ever. */
static void test_bombs(void **state)
{
	static const char *const patterns[] = { "(x+x+)+y", "(x*)*y",
						"(x|xx)+y", "(.*)(.*)(.*)y" };
	struct arena *arena = arena_new();
	char *text = repeated(arena, "x", 2000);

	(void)state;
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		struct regex_iterator it = { .regex = compile(arena,
							      patterns[i]),
					     .text = text,
					     .len = 2000 };

		assert_false(regex_next(&it, NULL, 0));
		assert_false(it.limited);
	}
	arena_free(arena);
}

static void test_search(void **state)
{
	struct arena *arena = arena_new();
	struct regex *regex = compile(arena, "\\b(?P<one>a)|(b)|(?<n>c)");
	struct regex_iterator it = {
		.regex = regex, .text = "aab", .len = 3, .at = 1
	};
	struct regex_span spans[6];

	(void)state;
	assert_int_equal(regex_groups(regex), 3);
	assert_string_equal(regex_group_name(regex, 0), "");
	assert_string_equal(regex_group_name(regex, 1), "one");
	assert_string_equal(regex_group_name(regex, 2), "");
	assert_string_equal(regex_group_name(regex, 3), "n");
	assert_true(regex_search(regex, "xxb", 3, spans, 6));
	assert_int_equal(spans[0].begin, 2);
	assert_true(spans[1].begin == REGEX_UNSET);
	assert_int_equal(spans[2].end, 3);
	assert_true(spans[5].begin == REGEX_UNSET);
	assert_false(regex_search(regex, "x", 1, spans, 6));
	/* What is before the place to go on at still counts for \b. */
	assert_true(regex_next(&it, spans, 6));
	assert_int_equal(spans[0].begin, 2);
	/* The same text gives the same object. */
	assert_ptr_equal(regex, compile(arena, "\\b(?P<one>a)|(b)|(?<n>c)"));
	arena_free(arena);
}

/* More patterns than the cache takes, from several threads. */
static void *churn(void *seed)
{
	struct arena *arena = arena_new();
	int wrong = 0;

	for (int i = 0; i < 2500; i++) {
		int number = *(int *)seed ? 2499 - i : i;
		char *word = arena_printf(arena, "w%dz", number);
		struct regex *regex = compile(arena, word);

		wrong += !regex_matches(regex, word, strlen(word)) ||
			 regex_matches(regex, "w", 1);
	}
	arena_free(arena);
	*(int *)seed = wrong;
	return NULL;
}

static void test_threads(void **state)
{
	int seeds[4] = { 0, 1, 0, 1 };
	pthread_t threads[4];

	(void)state;
	for (int i = 0; i < 4; i++)
		assert_int_equal(
			pthread_create(&threads[i], NULL, churn, &seeds[i]), 0);
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(seeds[i], 0);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_matches),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_depth_and_size),
		cmocka_unit_test(test_bombs),
		cmocka_unit_test(test_search),
		cmocka_unit_test(test_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
