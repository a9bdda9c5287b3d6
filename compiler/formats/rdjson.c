/*
 * rdjson: reviewdog's diagnostics.
 */
#include "base/str.h"
#include "compiler/report_put.h"

static void put_place(struct str *out, const struct report *report,
		      const struct finding_place *place)
{
	str_puts(out, ", \"location\": {\"path\": ");
	report_put_json(out, report_path(out->arena, report, place->file));
	str_printf(out,
		   ", \"range\": {\"start\": {\"line\": %u, \"column\": %u}, "
		   "\"end\": {\"line\": %u, \"column\": %u}}}",
		   place->line, place->column, place->end_line,
		   place->end_column);
}

static void put(struct str *out, const struct report *report,
		const struct finding *finding)
{
	static const char *const severities[] = { "INFO", "WARNING", "ERROR" };
	const struct finding_place *place = report_place(finding);

	str_puts(out, "{\"message\": ");
	report_put_json(out, finding->message);
	if (place)
		put_place(out, report, place);
	str_printf(out, ", \"severity\": \"%s\", \"code\": {\"value\": ",
		   report_word(finding, severities));
	report_put_json(out, report_rule(finding));
	str_puts(out, "}, \"suggestions\": []}");
}

static void write(struct str *out, const struct report *report,
		  const struct report_style *style)
{
	struct report_list list;
	size_t i;

	report_sort(out->arena, report, style, &list);
	str_puts(out, "{\"source\": {\"name\": \"plimsoll\"}, \"severity\": "
		      "\"WARNING\", \"diagnostics\": [");
	for (i = 0; i < list.count; i++) {
		str_puts(out, i ? ",\n " : "\n ");
		put(out, report, list.items[i]);
	}
	str_puts(out, "]}\n");
}

const struct report_format report_rdjson = {
	.name = "rdjson",
	.help = "Diagnostics for reviewdog.",
	.write = write,
};
