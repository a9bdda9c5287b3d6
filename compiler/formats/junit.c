/*
 * junit: a suite for each file, a test case for each finding.
 */
#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "compiler/report_put.h"

struct suite {
	const char *file;
	size_t failures;
	VEC(const struct finding *) findings;
};

static void attribute(struct str *out, const char *name, const char *text)
{
	str_printf(out, " %s=\"", name);
	report_put_xml(out, text);
	str_putc(out, '"');
}

static void put_case(struct str *out, const struct suite *suite,
		     const struct finding *finding)
{
	const struct finding_place *place = report_place(finding);
	const char *tag = finding->diag->rule ? "failure" : "error";
	struct str text;

	str_init(&text, out->arena);
	if (place)
		str_printf(&text, "line %u, col %u, ", place->line,
			   place->chars.begin);
	str_puts(&text, finding->message);
	if (finding->diag->help)
		str_printf(&text, "\n%s", finding->diag->help);
	str_puts(out, "    <testcase");
	attribute(out, "name", report_rule(finding));
	attribute(out, "classname", suite->file);
	str_printf(out, ">\n      <%s", tag);
	attribute(out, "message", finding->message);
	attribute(out, "type", diag_severity_name(finding->diag->severity));
	str_putc(out, '>');
	report_put_xml(out, str_text(&text));
	str_printf(out, "</%s>\n    </testcase>\n", tag);
}

static void put_suite(struct str *out, const struct suite *suite)
{
	size_t i;

	str_puts(out, "  <testsuite");
	attribute(out, "name", suite->file);
	str_printf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n",
		   suite->findings.count, suite->failures,
		   suite->findings.count - suite->failures);
	for (i = 0; i < suite->findings.count; i++)
		put_case(out, suite, suite->findings.items[i]);
	str_puts(out, "  </testsuite>\n");
}

static void put_clean(struct str *out)
{
	str_puts(out, "  <testsuite name=\"plimsoll\" tests=\"1\" "
		      "failures=\"0\" errors=\"0\">\n"
		      "    <testcase name=\"nothing found\" "
		      "classname=\"plimsoll\"/>\n"
		      "  </testsuite>\n");
}

static struct suite *suite_of(struct arena *arena, struct table *suites,
			      const char *file)
{
	struct suite *suite = table_gets(suites, file);

	if (suite)
		return suite;
	suite = arena_zalloc(arena, sizeof(*suite));
	suite->file = file;
	table_puts(suites, file, suite);
	return suite;
}

static void write(struct str *out, const struct report *report,
		  const struct report_style *style)
{
	struct report_list list;
	struct table suites;
	size_t i, failures = 0;

	table_init(&suites, out->arena);
	report_sort(out->arena, report, style, &list);
	for (i = 0; i < list.count; i++) {
		const struct finding_place *place = report_place(list.items[i]);
		struct suite *suite = suite_of(
			out->arena, &suites,
			place ? report_path(out->arena, report, place->file)
			      : "plimsoll");

		vec_push(out->arena, &suite->findings, list.items[i]);
		suite->failures += list.items[i]->diag->rule != NULL;
		failures += list.items[i]->diag->rule != NULL;
	}
	str_printf(out,
		   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		   "<testsuites name=\"plimsoll\" tests=\"%zu\" "
		   "failures=\"%zu\" errors=\"%zu\">\n",
		   list.count ? list.count : (size_t)1, failures,
		   list.count - failures);
	if (!list.count)
		put_clean(out);
	for (i = 0; i < suites.count; i++)
		put_suite(out, suites.entries[i].value);
	str_puts(out, "</testsuites>\n");
}

const struct report_format report_junit = {
	.name = "junit",
	.help = "JUnit's XML, a suite for each file.",
	.write = write,
};
