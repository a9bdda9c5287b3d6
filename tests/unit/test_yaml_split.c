/*
 * Streams into documents, as the programs cut them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "model/yaml_split.h"

struct row {
	const char *stream;
	const char *want; /* the documents, each in angle brackets */
};

static void check_rows(const struct row *rows, size_t count,
		       enum yaml_splitter splitter)
{
	for (size_t i = 0; i < count; i++) {
		struct arena *arena = arena_new();
		const char *text = rows[i].stream;
		struct source *source = source_new(arena, "in", SOURCE_MANIFEST,
						   text, strlen(text));
		struct yaml_documents documents = { 0 };
		uint32_t bad = 0;
		struct str out;

		str_init(&out, arena);
		if (!yaml_split(arena, source, splitter, &documents, &bad))
			str_printf(&out, "bad at %u", bad);
		for (size_t k = 0; k < documents.count; k++) {
			struct yaml_document document = documents.items[k];

			str_putc(&out, '<');
			str_put(&out, text + document.begin,
				document.end - document.begin);
			str_putc(&out, '>');
		}
		assert_string_equal(str_text(&out), rows[i].want);
		arena_free(arena);
	}
}

#define CHECK(rows, splitter) check_rows(rows, ARRAY_COUNT(rows), splitter)

static void test_helm3(void **state)
{
	static const struct row rows[] = {
		{ "", "" },
		{ " \n\n", "" },
		{ "a: 1\n", "<a: 1>" },
		{ "---\na: 1\n---\nb: 2\n", "<a: 1><b: 2>" },
		{ "a: 1\n\n \n---  \n\n  b: 2\n  c: 3\n",
		  "<a: 1><b: 2\n  c: 3>" },
		{ "a\n---\n", "<a>" },
		/* A second separator has no line feed left before it. */
		{ "a\n---\n---\nb\n", "<a><---\nb>" },
		{ "---\n---\n", "<--->" },
		{ "a\n---foo\n--- # c\nb", "<a><foo><# c\nb>" },
		{ "a\n -----BEGIN\n-----BEGIN", "<a\n -----BEGIN><--BEGIN>" },
		{ "  ---\na", "<a>" },
		{ "a\r\n---\r\nb\r\nc\r\n", "<a><b\r\nc>" },
		{ "k: |\n  x\n---\n  y\n", "<k: |\n  x><y>" },
		{ "\xC2\xA0 a\n---\nb\xE2\x80\xA8\n", "<a><b>" },
	};

	(void)state;
	CHECK(rows, YAML_SPLIT_HELM3);
}

static void test_helm4(void **state)
{
	static const struct row rows[] = {
		{ " \n\n", "" },
		{ "a: 1\n", "<a: 1\n>" },
		{ "---\na: 1\n\n\n---\n  b: 2\n", "<a: 1\n\n\n><b: 2\n>" },
		{ "a\n---\n---\nb\n", "<a\n><b\n>" },
		{ "a\n---foo\n--- # c\nb", "<a\n><foo\n><# c\nb>" },
		{ "a\n ---\nb", "<a\n ---\nb>" },
		{ "a\r\n---\r\nb\r\n", "<a\r\n><b\r\n>" },
	};

	(void)state;
	CHECK(rows, YAML_SPLIT_HELM4);
}

static void test_kustomize(void **state)
{
	static const struct row rows[] = {
		{ "a: 1\n---\nb: 2\n", "<a: 1\n><b: 2\n>" },
		{ "---\na: 1\n--- # c\nb: 2\n---  \nc",
		  "<---\na: 1\n><b: 2\n><c>" },
		{ "a\n---\n---\nb\n", "<a\n><---\nb\n>" },
		{ "a\n---", "<a\n--->" },
		{ "a\n---\n", "<a\n><>" },
		{ "a\n--- foo\nb\n", "bad at 2" },
		{ "a\r\n---\r\nb\r\n", "<a\r\n><b\r\n>" },
	};

	(void)state;
	CHECK(rows, YAML_SPLIT_KUSTOMIZE);
}

static void test_plain(void **state)
{
	static const struct row rows[] = {
		{ "", "" },
		{ "a\n---\nb\n", "<a\n><b\n>" },
		{ "---\n---\n \n---\na\n---", "<a\n>" },
		{ "a\n---foo\n ---\nb\n", "<a\n---foo\n ---\nb\n>" },
		{ "a\n--- # c\nb\n", "<a\n><b\n>" },
		{ "a\n--- {b: 1}\n--- |\n c\n",
		  "<a\n><--- {b: 1}\n><--- |\n c\n>" },
		{ "a\r\n---\r\nb\r\n", "<a\r\n><b\r\n>" },
	};

	(void)state;
	CHECK(rows, YAML_SPLIT_PLAIN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_helm3),
		cmocka_unit_test(test_helm4),
		cmocka_unit_test(test_kustomize),
		cmocka_unit_test(test_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
