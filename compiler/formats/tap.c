/*
 * tap: version 14, one point for each finding.
 */
#include "base/arena.h"
#include "base/str.h"
#include "compiler/report_put.h"

/* In a description "#" begins a directive. */
static void put_description(struct str *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '#' || *text == '\\')
			str_putc(out, '\\');
		str_putc(out, (unsigned char)*text < ' ' ? ' ' : *text);
	}
}

static void put(struct str *out, const struct finding *finding, size_t number)
{
	const struct finding_place *place = report_place(finding);

	str_printf(out, "not ok %zu - %s", number, report_rule(finding));
	if (place) {
		str_puts(out, " at ");
		put_description(out, place->file);
		str_printf(out, ":%u", place->line);
	}
	str_puts(out, "\n  ---\n  message: ");
	report_put_json(out, finding->message);
	str_printf(out, "\n  severity: %s\n",
		   diag_severity_name(finding->diag->severity));
	if (finding->diag->help) {
		str_puts(out, "  help: ");
		report_put_json(out, finding->diag->help);
		str_putc(out, '\n');
	}
	str_puts(out, "  ...\n");
}

static void write(struct str *out, const struct report *report,
		  const struct report_style *style)
{
	struct report_list list;
	size_t i;

	report_sort(out->arena, report, style, &list);
	str_printf(out, "TAP version 14\n1..%zu\n",
		   list.count ? list.count : (size_t)1);
	if (!list.count)
		str_puts(out, "ok 1 - nothing found\n");
	for (i = 0; i < list.count; i++)
		put(out, list.items[i], i + 1);
}

const struct report_format report_tap = {
	.name = "tap",
	.help = "Test Anything Protocol, version 14.",
	.write = write,
};
