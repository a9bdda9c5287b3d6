/*
 * Findings that say the same are one; what was taken out is forgotten.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "compiler/report.h"

static const struct report_from from = { "web", "prod", NULL, NULL };

/* Two findings at places of their own, and one without a place. */
static void add(struct report *report, struct source *source)
{
	struct diag_sink sink;
	uint32_t i;

	diag_sink_init(&sink, report->arena);
	for (i = 0; i < 3; i++) {
		struct origin at = origin_at(source, i * 5, i * 5 + 1);
		struct diag *diag = diag_add(&sink, DIAG_WARNING, "of a rule");

		if (i < 2)
			diag->origin = at;
		diag->rule = "image-tag-mutable";
		diag->code = "PL8001";
	}
	report_add(report, &sink, &from);
}

static bool is_known(void *context, struct finding *finding)
{
	(void)context;
	(void)finding;
	return true;
}

static void test_folded(void **state)
{
	struct arena *arena = arena_new();
	struct source *source = source_new(arena, "a.yaml", SOURCE_MANIFEST,
					   "a: 1\nb: 2\n", 10);
	struct report report;

	(void)state;
	report_init(&report, arena);
	add(&report, source);
	add(&report, source);
	assert_int_equal(report.findings.count, 3);
	assert_int_equal(report.counts[DIAG_WARNING], 3);
	arena_free(arena);
}

static void test_dropped(void **state)
{
	struct arena *arena = arena_new();
	struct source *source = source_new(arena, "a.yaml", SOURCE_MANIFEST,
					   "a: 1\nb: 2\n", 10);
	struct report report;

	(void)state;
	report_init(&report, arena);
	add(&report, source);
	report_drop(&report, is_known, NULL);
	assert_int_equal(report.findings.count, 0);
	assert_int_equal(report.known, 3);
	/* It is no repetition of what is not there any more. */
	add(&report, source);
	assert_int_equal(report.findings.count, 3);
	assert_int_equal(report.counts[DIAG_WARNING], 3);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_folded),
		cmocka_unit_test(test_dropped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
