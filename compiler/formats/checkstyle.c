/*
 * checkstyle: its XML, which many tools read.
 */
#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "compiler/report_put.h"

VEC_TYPE(file_findings, const struct finding *);

static void put(struct str *out, const struct finding *finding)
{
	static const char *const severities[] = { "info", "warning", "error" };
	const struct finding_place *place = report_place(finding);

	str_printf(out, "    <error line=\"%u\" column=\"%u\" severity=\"%s\"",
		   place ? place->line : 1, place ? place->chars.begin : 1,
		   report_word(finding, severities));
	str_puts(out, " message=\"");
	report_put_xml(out, finding->message);
	str_puts(out, "\" source=\"plimsoll.");
	report_put_xml(out, report_rule(finding));
	str_puts(out, "\"/>\n");
}

static void write(struct str *out, const struct report *report,
		  const struct report_style *style)
{
	struct report_list list;
	struct table files;
	size_t i, j;

	table_init(&files, out->arena);
	report_sort(out->arena, report, style, &list);
	for (i = 0; i < list.count; i++) {
		const struct finding_place *place = report_place(list.items[i]);
		const char *file =
			place ? report_path(out->arena, report, place->file)
			      : "plimsoll.yaml";
		struct file_findings *found = table_gets(&files, file);

		if (!found) {
			found = arena_zalloc(out->arena, sizeof(*found));
			table_puts(&files, file, found);
		}
		vec_push(out->arena, found, list.items[i]);
	}
	str_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		      "<checkstyle version=\"4.3\">\n");
	for (i = 0; i < files.count; i++) {
		const struct file_findings *found = files.entries[i].value;

		str_puts(out, "  <file name=\"");
		report_put_xml(out, files.entries[i].key);
		str_puts(out, "\">\n");
		for (j = 0; j < found->count; j++)
			put(out, found->items[j]);
		str_puts(out, "  </file>\n");
	}
	str_puts(out, "</checkstyle>\n");
}

const struct report_format report_checkstyle = {
	.name = "checkstyle",
	.help = "Checkstyle's XML.",
	.write = write,
};
