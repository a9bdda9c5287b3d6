/*
 * human: blocks with excerpts, errors first, and a closing line.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "base/vec.h"
#include "compiler/block.h"
#include "compiler/report.h"
#include "compiler/summary.h"

static bool over_limit(struct table *shown, const struct finding *finding,
		       size_t limit)
{
	size_t count = (size_t)table_gets(shown, finding->diag->rule);

	table_puts(shown, finding->diag->rule, (void *)(count + 1));
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

/* Of those that discovery saw, how many files somebody makes use of. */
static void put_files(struct str *out, const struct report_skipped *skipped)
{
	size_t left = 0;

#define SKIP(field, json, human) left += skipped->field;
	REPORT_FILES(SKIP)
#undef SKIP
	if (!skipped->files)
		return;
	str_puts(out, " from ");
	if (left) {
		report_put_number(out, skipped->files - left);
		str_puts(out, " of ");
	}
	report_put_count(out, skipped->files, "file");
}

/* Engines warn, too, of what stops nobody. */
static size_t count_failures(const struct report *report)
{
	size_t failures = 0, i;

	for (i = 0; i < report->errors.count; i++)
		failures +=
			report->errors.items[i]->diag->severity == DIAG_ERROR;
	return failures;
}

void report_put_closing(struct str *out, const struct report *report)
{
	const struct report_skipped *skipped = &report->skipped;
	const struct {
		size_t count;
		const char *name;
	} rows[] = { { report->ignored, "ignored" },
		     { report->known, "known before" },
		     { report->unchecked_objects, "without a schema" },
		     { report->rules, "CEL rules not evaluated" },
#define SKIP(field, json, human) { skipped->field, human },
		     REPORT_SKIPS(SKIP)
#undef SKIP
	};
	size_t failures = count_failures(report), i;

	if (report->findings.count || !failures)
		report_put_counts(out, report);
	if (failures) {
		str_puts(out, report->findings.count ? "; " : "");
		report_put_count(out, failures, "failure");
	}
	if (report->errors.count > failures) {
		str_puts(out, "; rendered with ");
		report_put_count(out, report->errors.count - failures,
				 "warning");
	}
	str_puts(out, " in ");
	report_put_count(out, report->targets, "target");
	if (report->environments > 1) {
		str_puts(out, " x ");
		report_put_count(out, report->environments, "environment");
	}
	str_puts(out, ", ");
	report_put_count(out, report->objects, "object");
	put_files(out, skipped);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].count) {
			str_printf(out, "; %s ", rows[i].name);
			report_put_number(out, rows[i].count);
		}
	str_putc(out, '\n');
}

/* The last line, between its words where the screen ends. */
static void put_closing(struct str *out, const struct report *report,
			size_t wrap)
{
	size_t column = 0, len;
	const char *at;
	struct str line;

	str_init(&line, out->arena);
	report_put_closing(&line, report);
	for (at = str_text(&line); *at; at += len) {
		len = strcspn(at + 1, " \n") + 1;
		if (wrap && *at == ' ' && column + len > wrap) {
			str_puts(out, "\n   ");
			column = 3;
		}
		str_put(out, at, len);
		column += len;
	}
}

/* Where to read on, for somebody who looks at it. */
static void put_hint(struct str *out, const struct table *shown,
		     const struct report_style *style)
{
	if (style->wrap && shown->count)
		str_printf(out,
			   "for more about a rule: plimsoll explain %s\n\n",
			   shown->entries[0].key);
}

/* Findings that share a block, in the order they were found. */
struct group {
	VEC(const struct finding *) findings;
};

static const char *group_key(struct arena *arena, const struct finding *finding)
{
	const struct finding_place *place = &finding->places->items[0];

	return arena_printf(arena, "%s:%u:%u", place->file, place->line,
			    place->column);
}

/*
 * Join a group at the same place, or begin one.  A place has one group as a
 * rule; one whose chain differs stays alone.
 */
static void add_to_group(struct str *out, struct table *groups,
			 const struct finding *finding, size_t number)
{
	struct arena *arena = out->arena;
	const char *key = finding->places->count
				  ? group_key(arena, finding)
				  : arena_printf(arena, "%zu", number);
	struct group *group = table_gets(groups, key);

	if (group && !block_joins(group->findings.items[0], finding)) {
		key = arena_printf(arena, "%zu", number);
		group = NULL;
	}
	if (!group) {
		group = arena_zalloc(arena, sizeof(*group));
		table_puts(groups, key, group);
	}
	vec_push(arena, &group->findings, finding);
}

static void write(struct str *out, const struct report *report,
		  const struct report_style *style)
{
	struct block_style block = {
		.colour = style->colour,
		.width = style->width,
		.wrap = style->wrap,
		.alone = report->targets <= 1 && report->environments <= 1,
	};
	struct table shown, groups;
	size_t i;

	table_init(&shown, out->arena);
	table_init(&groups, out->arena);
	for (i = 0; i < report->errors.count; i++)
		block_put(out, report->errors.items[i], &block);
	for (i = 0; i < report->findings.count; i++) {
		const struct finding *finding = report->findings.items[i];

		if (style->quiet && finding->diag->severity < DIAG_ERROR)
			continue;
		if ((!finding->diag->ignored_by || style->show_ignored) &&
		    !over_limit(&shown, finding, style->max_per_rule))
			add_to_group(out, &groups, finding, i);
	}
	for (i = 0; i < groups.count; i++) {
		const struct group *group = groups.entries[i].value;

		block_put_all(out, group->findings.items, group->findings.count,
			      &block);
	}
	if (style->quiet || style->brief)
		return;
	put_left_out(out, &shown, style->max_per_rule);
	put_hint(out, &shown, style);
	summary_put(out, report, style);
	put_closing(out, report, style->wrap);
}

const struct report_format report_human = {
	.name = "human",
	.help = "Blocks with excerpts and remedies, for people.",
	.write = write,
};
