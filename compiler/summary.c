#include "compiler/summary.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "base/vec.h"
#include "compiler/report.h"

enum {
	COUNTED_AT_A_GLANCE = 4,
	NAMED_MAX = 4
};

/* The findings of one rule and severity. */
struct row {
	const struct finding *first;
	size_t number; /* in the order they were found */
	size_t count;
	struct table environments;
};

static void count_environments(struct arena *arena, struct table *counts,
			       const struct finding *finding)
{
	struct table seen;
	size_t i;

	/* Two targets in one environment are one finding there. */
	table_init(&seen, arena);
	for (i = 0; i < finding->where->count; i++) {
		const char *name = finding->where->items[i].environment;

		if (!*name || table_gets(&seen, name))
			continue;
		table_puts(&seen, name, (void *)name);
		table_puts(counts, name,
			   (void *)((size_t)table_gets(counts, name) + 1));
	}
}

static struct row *row_of(struct table *rows, struct arena *arena,
			  const struct finding *finding)
{
	const char *key =
		arena_printf(arena, "%d %s", (int)finding->diag->severity,
			     finding->diag->rule);
	struct row *row = table_gets(rows, key);

	if (!row) {
		row = arena_zalloc(arena, sizeof(*row));
		row->first = finding;
		row->number = rows->count;
		table_init(&row->environments, arena);
		table_puts(rows, key, row);
	}
	return row;
}

/* The worst first, then the most frequent. */
static int compare(const void *a, const void *b)
{
	const struct row *one = *(const struct row *const *)a;
	const struct row *other = *(const struct row *const *)b;
	const struct diag *a_diag = one->first->diag;
	const struct diag *b_diag = other->first->diag;

	if (a_diag->severity != b_diag->severity)
		return a_diag->severity < b_diag->severity ? 1 : -1;
	if (one->count != other->count)
		return one->count < other->count ? 1 : -1;
	return one->number < other->number ? -1 : one->number > other->number;
}

/* "only in prod", "in staging, prod"; nothing if it is so in all. */
static void put_environments(struct str *out, const struct row *row,
			     size_t total)
{
	const struct table *names = &row->environments;
	uint32_t i;

	if (!names->count || names->count == total)
		return;
	str_puts(out, names->count == 1 ? "  only in " : "  in ");
	for (i = 0; i < names->count && i < NAMED_MAX; i++)
		str_printf(out, "%s%s", i ? ", " : "", names->entries[i].key);
	if (names->count > NAMED_MAX)
		str_printf(out, " and %u more", names->count - NAMED_MAX);
}

static void put_row(struct str *out, const struct row *row,
		    const struct report *report, size_t wide)
{
	const char *word = diag_severity_name(row->first->diag->severity);
	const char *rule = row->first->diag->rule;
	size_t begin = out->len;

	str_fill(out, ' ', strlen("warning") - strlen(word));
	str_printf(out, "%s %5zu  %s %s", word, row->count,
		   row->first->diag->code, rule);
	begin = out->len;
	put_environments(out, row, report->environments);
	if (out->len > begin) {
		/* Only what is followed by something is filled up. */
		char *rest = arena_strdup(out->arena, str_text(out) + begin);

		out->len = begin;
		str_fill(out, ' ', wide - strlen(rule));
		str_puts(out, rest);
	}
	str_putc(out, '\n');
}

static void put_rows(struct str *out, const struct report *report,
		     const struct table *rows)
{
	const struct row **sorted =
		arena_alloc(out->arena, rows->count * sizeof(*sorted));
	size_t i, wide = 0;

	for (i = 0; i < rows->count; i++) {
		sorted[i] = rows->entries[i].value;
		if (strlen(sorted[i]->first->diag->rule) > wide)
			wide = strlen(sorted[i]->first->diag->rule);
	}
	qsort(sorted, rows->count, sizeof(*sorted), compare);
	for (i = 0; i < rows->count; i++)
		put_row(out, sorted[i], report, wide);
}

void summary_put(struct str *out, const struct report *report,
		 const struct report_style *style)
{
	struct table rows, environments;
	size_t i, count = 0;

	table_init(&rows, out->arena);
	table_init(&environments, out->arena);
	for (i = 0; i < report->findings.count; i++) {
		const struct finding *finding = report->findings.items[i];
		struct row *row;

		if (finding->diag->ignored_by && !style->show_ignored)
			continue;
		row = row_of(&rows, out->arena, finding);
		row->count++;
		count++;
		count_environments(out->arena, &row->environments, finding);
		count_environments(out->arena, &environments, finding);
	}
	if (count <= COUNTED_AT_A_GLANCE || rows.count < 2)
		return;
	put_rows(out, report, &rows);
	if (environments.count && report->environments > 1) {
		for (i = 0; i < environments.count; i++)
			str_printf(out, "%s %s %zu", i ? "," : "in",
				   environments.entries[i].key,
				   (size_t)environments.entries[i].value);
		str_putc(out, '\n');
	}
	str_putc(out, '\n');
}
