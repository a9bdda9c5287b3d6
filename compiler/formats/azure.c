/*
 * azure: logging commands of Azure Pipelines.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "compiler/report_put.h"

static void put_text(struct str *out, const char *text)
{
	for (; *text; text++)
		if (*text == '%')
			str_puts(out, "%AZP25");
		else if (strchr("\r\n;]", *text))
			str_printf(out, "%%%02X", (unsigned char)*text);
		else
			str_putc(out, *text);
}

static void write(struct str *out, const struct report *report,
		  const struct report_style *style)
{
	/* There is no third kind. */
	static const char *const kinds[] = { "warning", "warning", "error" };
	struct report_list list;
	size_t i;

	report_sort(out->arena, report, style, &list);
	for (i = 0; i < list.count; i++) {
		const struct finding *finding = list.items[i];
		const struct finding_place *place = report_place(finding);

		str_printf(out, "##vso[task.logissue type=%s;",
			   report_word(finding, kinds));
		if (place) {
			str_puts(out, "sourcepath=");
			put_text(out,
				 report_path(out->arena, report, place->file));
			str_printf(out, ";linenumber=%u;columnnumber=%u;",
				   place->line, place->chars.begin);
		}
		str_printf(out, "code=%s;]",
			   finding->diag->code ? finding->diag->code : "error");
		put_text(out, report_title(out->arena, finding));
		str_putc(out, '\n');
	}
}

const struct report_format report_azure = {
	.name = "azure",
	.help = "Logging commands of Azure Pipelines.",
	.write = write,
};
