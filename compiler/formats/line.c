/*
 * line: file:line:col: severity: message [rule], one finding a line, as
 * compilers print it; editors jump to it without a plugin.
 */
#include <string.h>

#include "base/str.h"
#include "compiler/report.h"

/* What templates say with fail may have lines: a blank stands for each end. */
static void put_message(struct str *out, const char *text)
{
	size_t len;

	for (text += strspn(text, " \r\n"); *text; text += len) {
		len = strcspn(text, "\r\n");
		str_put_tame(out, text, len);
		len += strspn(text + len, " \r\n");
		if (text[len])
			str_putc(out, ' ');
	}
}

static void put_place(struct str *out, const struct finding_place *place)
{
	put_message(out, place->file);
	str_printf(out, ":%u:%u: ", place->line, place->column);
}

static void put(struct str *out, const struct finding *finding,
		const struct report_style *style)
{
	if (finding->diag->ignored_by && !style->show_ignored)
		return;
	if (finding->places->count)
		put_place(out, &finding->places->items[0]);
	else
		str_puts(out, "plimsoll: ");
	str_printf(out, "%s: ", diag_severity_name(finding->diag->severity));
	put_message(out, finding->message);
	if (finding->diag->rule)
		str_printf(out, " [%s]", finding->diag->rule);
	if (finding->diag->ignored_by)
		str_printf(out, " (ignored by %s: %s)",
			   finding->diag->ignored_by,
			   finding->diag->ignored_reason);
	str_putc(out, '\n');
}

static void write(struct str *out, const struct report *report,
		  const struct report_style *style)
{
	size_t i;

	for (i = 0; i < report->errors.count; i++)
		put(out, report->errors.items[i], style);
	for (i = 0; i < report->findings.count; i++)
		put(out, report->findings.items[i], style);
}

const struct report_format report_line = {
	.name = "line",
	.help = "One line for each finding: file:line:col: severity: message.",
	.write = write,
};
