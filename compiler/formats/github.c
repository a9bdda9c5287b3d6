/*
 * github: workflow commands, which GitHub shows as annotations.  It shows
 * only ten of each kind a step, so the worst come first and the last line
 * counts the others.
 */
#include "base/arena.h"
#include "base/str.h"
#include "compiler/report_put.h"

enum {
	SHOWN_MAX = 10
};

static const char in_data[] = "%\r\n";
static const char in_property[] = "%\r\n:,";

static void put_place(struct str *out, const struct report *report,
		      const struct finding_place *place)
{
	str_puts(out, "file=");
	report_put_percent(out, report_path(out->arena, report, place->file),
			   in_property);
	str_printf(out, ",line=%u", place->line);
	/* Columns of a region over several lines are refused. */
	if (place->end_line == place->line)
		str_printf(out, ",col=%u,endLine=%u,endColumn=%u",
			   place->chars.begin, place->end_line,
			   place->chars.end);
	else
		str_printf(out, ",endLine=%u", place->end_line);
	str_putc(out, ',');
}

static void put(struct str *out, const struct report *report,
		const struct finding *finding)
{
	static const char *const kinds[] = { "notice", "warning", "error" };
	const struct finding_place *place = report_place(finding);

	str_printf(out, "::%s ", report_word(finding, kinds));
	if (place)
		put_place(out, report, place);
	str_puts(out, "title=");
	report_put_percent(out, report_rule(finding), in_property);
	str_puts(out, "::");
	report_put_percent(out, finding->message, in_data);
	if (finding->diag->help) {
		str_puts(out, "%0A");
		report_put_percent(out, finding->diag->help, in_data);
	}
	str_putc(out, '\n');
}

static void write(struct str *out, const struct report *report,
		  const struct report_style *style)
{
	size_t shown[3] = { 0, 0, 0 }, i, left = 0;
	struct report_list list;

	report_sort(out->arena, report, style, &list);
	for (i = 0; i < list.count; i++)
		if (shown[list.items[i]->diag->severity]++ < SHOWN_MAX)
			put(out, report, list.items[i]);
		else
			left++;
	if (left)
		str_printf(out,
			   "%zu more findings are not annotated: GitHub shows "
			   "%d of each kind\n",
			   left, SHOWN_MAX);
}

const struct report_format report_github = {
	.name = "github",
	.help = "Workflow commands: annotations in GitHub Actions.",
	.write = write,
};
