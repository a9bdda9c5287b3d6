/*
 * human: blocks with excerpts, errors first, and a closing line.
 */
#include <string.h>

#include "base/str.h"
#include "base/table.h"
#include "compiler/block.h"
#include "compiler/report.h"

static bool over_limit(struct table *shown, const struct finding *finding,
		       size_t limit)
{
	size_t count = (size_t)table_gets(shown, finding->rule);

	table_puts(shown, finding->rule, (void *)(count + 1));
	return limit && count >= limit;
}

static void put_left_out(struct str *out, const struct table *shown,
			 size_t limit)
{
	uint32_t i;

	if (!limit)
		return;
	for (i = 0; i < shown->count; i++) {
		size_t count = (size_t)shown->entries[i].value;

		if (count > limit)
			str_printf(out,
				   "%s: %zu more not shown "
				   "(--max-diagnostics none)\n",
				   shown->entries[i].key, count - limit);
	}
}

static void plural(struct str *out, size_t count, const char *one)
{
	str_printf(out, "%zu %s%s", count, one, count == 1 ? "" : "s");
}

static void put_closing(struct str *out, const struct report *report)
{
	const struct report_skipped *skipped = &report->skipped;
	const struct {
		size_t count;
		const char *name;
	} rows[] = {
		{ skipped->not_manifests, "not manifests" },
		{ skipped->unreferenced, "unreferenced" },
		{ skipped->generated, "generated" },
		{ skipped->opaque, "opaque" },
		{ skipped->not_followed, "not followed" },
	};
	size_t i;

	report_put_counts(out, report);
	if (report->errors.count) {
		str_puts(out, "; ");
		plural(out, report->errors.count, "failure");
	}
	str_puts(out, " in ");
	plural(out, report->targets, "target");
	if (report->environments > 1) {
		str_puts(out, " x ");
		plural(out, report->environments, "environment");
	}
	str_puts(out, ", ");
	plural(out, report->objects, "object");
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].count)
			str_printf(out, "; %s %zu", rows[i].name,
				   rows[i].count);
	str_putc(out, '\n');
}

static void write(struct str *out, const struct report *report,
		  const struct report_style *style)
{
	struct block_style block = {
		.colour = style->colour,
		.width = style->width,
		.alone = report->targets <= 1 && report->environments <= 1,
	};
	struct table shown;
	size_t i;

	table_init(&shown, out->arena);
	for (i = 0; i < report->errors.count; i++)
		block_put(out, report->errors.items[i], &block);
	for (i = 0; i < report->findings.count; i++) {
		const struct finding *finding = report->findings.items[i];

		if (!finding->ignored_by &&
		    !over_limit(&shown, finding, style->max_per_rule))
			block_put(out, finding, &block);
	}
	put_left_out(out, &shown, style->max_per_rule);
	put_closing(out, report);
}

const struct report_format report_human = {
	.name = "human",
	.help = "Blocks with excerpts and remedies, for people.",
	.write = write,
};
