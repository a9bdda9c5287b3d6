/*
 * gitlab: a Code Quality report.  The rule stands in the description, as its
 * own field is not displayed.
 */
#include "base/arena.h"
#include "base/str.h"
#include "compiler/report_put.h"

static void put(struct str *out, const struct report *report,
		const struct finding *finding, const char *identity)
{
	static const char *const severities[] = { "info", "minor", "major" };
	const struct finding_place *place = report_place(finding);

	str_puts(out, "{\"description\": ");
	report_put_json(out, report_title(out->arena, finding));
	str_puts(out, ", \"check_name\": ");
	report_put_json(out, report_rule(finding));
	str_printf(out,
		   ", \"fingerprint\": \"%s\", \"severity\": \"%s\", "
		   "\"location\": {\"path\": ",
		   identity, report_word(finding, severities));
	report_put_json(out,
			place ? report_path(out->arena, report, place->file)
			      : "plimsoll.yaml");
	str_printf(out, ", \"lines\": {\"begin\": %u}}}",
		   place ? place->line : 1);
}

static void write(struct str *out, const struct report *report,
		  const struct report_style *style)
{
	struct report_list list;
	struct table seen;
	size_t i;

	table_init(&seen, out->arena);
	report_sort(out->arena, report, style, &list);
	str_putc(out, '[');
	for (i = 0; i < list.count; i++) {
		str_puts(out, i ? ",\n " : "\n ");
		put(out, report, list.items[i],
		    report_identity(out->arena, &seen, list.items[i]));
	}
	str_puts(out, list.count ? "\n]\n" : "]\n");
}

const struct report_format report_gitlab = {
	.name = "gitlab",
	.help = "A Code Quality report for GitLab.",
	.write = write,
};
