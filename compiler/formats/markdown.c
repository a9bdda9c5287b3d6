/*
 * markdown: a summary for a pull request, the worst first, within the size
 * that hosts take.
 */
#include "base/arena.h"
#include "base/str.h"
#include "compiler/report_put.h"

enum {
	COMMENT_MAX = 60 * 1024,
	TAIL_ROOM = 300 /* for the end of a section, and what was cut */
};

static const char *const titles[] = { "Notes", "Warnings", "Errors" };

static void put(struct str *out, const struct report *report,
		const struct finding *finding)
{
	const struct finding_place *place = report_place(finding);
	size_t i;

	str_puts(out, "* ");
	if (finding->diag->rule)
		str_printf(out, "`%s %s` ", finding->diag->code,
			   finding->diag->rule);
	if (place) {
		str_puts(out, "**");
		report_put_markdown(
			out, report_path(out->arena, report, place->file));
		str_printf(out, ":%u** ", place->line);
	}
	report_put_markdown(out, finding->message);
	if (finding->count > 1)
		str_printf(out, " (%u times)", finding->count);
	for (i = 0; i < finding->where->count; i++) {
		const struct finding_where *where = &finding->where->items[i];

		if (!*where->environment)
			continue;
		str_puts(out, i ? ", " : " in ");
		report_put_markdown(out, where->target);
		str_putc(out, '@');
		report_put_markdown(out, where->environment);
	}
	if (finding->diag->help) {
		str_puts(out, "  \n  ");
		report_put_markdown(out, finding->diag->help);
	}
	str_putc(out, '\n');
}

/* The findings of one severity; how many of them did not fit. */
static size_t put_section(struct str *out, const struct report *report,
			  const struct report_list *list,
			  enum diag_severity severity)
{
	bool begun = false, full = false;
	size_t i, left = 0;
	struct str one;

	for (i = 0; i < list->count; i++) {
		if (list->items[i]->diag->severity != severity)
			continue;
		str_init(&one, out->arena);
		put(&one, report, list->items[i]);
		full = full || out->len + one.len + TAIL_ROOM > COMMENT_MAX;
		if (full) {
			left++;
			continue;
		}
		if (!begun)
			str_printf(out,
				   "\n<details%s><summary>%s</summary>\n\n",
				   severity == DIAG_ERROR ? " open" : "",
				   titles[severity]);
		begun = true;
		str_put(out, one.text, one.len);
	}
	if (begun)
		str_puts(out, "\n</details>\n");
	return left;
}

/* How many there are of these is not known of reports that were joined. */
static void put_table(struct str *out, const struct report *report)
{
	bool joined = report->joined;

	str_printf(out, "| errors | warnings | notes | ignored |%s\n",
		   joined ? "" : " targets | objects |");
	str_printf(out, "| --- | --- | --- | --- |%s\n",
		   joined ? "" : " --- | --- |");
	str_printf(out, "| %zu | %zu | %zu | %zu |",
		   report->counts[DIAG_ERROR] + report->errors.count,
		   report->counts[DIAG_WARNING], report->counts[DIAG_INFO],
		   report->ignored);
	if (!joined)
		str_printf(out, " %zu | %zu |", report->targets,
			   report->objects);
	str_putc(out, '\n');
}

static void write(struct str *out, const struct report *report,
		  const struct report_style *style)
{
	struct report_list list;
	size_t left = 0;
	int severity;

	report_sort(out->arena, report, style, &list);
	str_puts(out, "### plimsoll: ");
	report_put_counts(out, report);
	str_puts(out, "\n\n");
	put_table(out, report);
	for (severity = DIAG_ERROR; severity >= DIAG_INFO; severity--)
		left += put_section(out, report, &list,
				    (enum diag_severity)severity);
	if (left)
		str_printf(out,
			   "\n%zu more findings do not fit here; `plimsoll "
			   "lint` shows them all.\n",
			   left);
}

const struct report_format report_markdown = {
	.name = "markdown",
	.help = "A summary for a pull request, within 60 KB.",
	.write = write,
};
