#include "compiler/report.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/str.h"
#include "compiler/gitops/gitops.h"

const struct report_format *const report_formats[] = {
#define FORMAT(x) &report_##x,
#include "compiler/formats.def"
#undef FORMAT
	NULL
};

const struct report_format *report_format_find(const char *name)
{
	size_t i;

	for (i = 0; report_formats[i]; i++)
		if (strcmp(report_formats[i]->name, name) == 0)
			return report_formats[i];
	return NULL;
}

void report_init(struct report *report, struct arena *arena)
{
	memset(report, 0, sizeof(*report));
	report->arena = arena;
	table_init(&report->folded, arena);
	table_init(&report->unchecked, arena);
}

void report_unchecked(struct report *report, const char *api_version,
		      const char *kind)
{
	const char *key =
		arena_printf(report->arena, "%s %s", api_version, kind);
	struct report_unchecked *row = table_gets(&report->unchecked, key);

	if (!row) {
		row = arena_zalloc(report->arena, sizeof(*row));
		row->api_version = api_version;
		row->kind = kind;
		table_puts(&report->unchecked, key, row);
	}
	row->count++;
	report->unchecked_objects++;
}

/* What makes two findings one: rule, severity and the line to edit. */
static const char *fold_key(struct arena *arena, const struct finding *finding)
{
	const struct finding_place *place =
		finding->places.count ? &finding->places.items[0] : NULL;

	if (!place)
		return arena_printf(
			arena, "%d\n%s\n%s\n%s\n%s/%s", (int)finding->severity,
			finding->rule ? finding->rule : "", finding->message,
			finding->object.kind, finding->object.name_space,
			finding->object.name);
	return arena_printf(
		arena, "%d\n%s\n%s:%u:%u\n%s", (int)finding->severity,
		finding->rule ? finding->rule : "", place->file, place->line,
		place->column, finding->rule ? "" : finding->message);
}

static void add_where(struct report *report, struct finding *finding,
		      const char *target, const char *environment)
{
	struct finding_where where = { target, environment };
	const struct finding_where *last;

	if (finding->where.count) {
		last = vec_last(&finding->where);
		if (strcmp(last->target, target) == 0 &&
		    strcmp(last->environment, environment) == 0)
			return;
	}
	vec_push(report->arena, &finding->where, where);
}

static bool in_focus(const struct finding *finding,
		     const struct option_texts *focus)
{
	size_t i, j;

	if (!focus || !finding->rule || finding->stops)
		return true;
	for (i = 0; i < finding->places.count; i++)
		for (j = 0; j < focus->count; j++)
			if (path_is_below(finding->places.items[i].file,
					  focus->items[j]))
				return true;
	return false;
}

/* The objects that led there belong to the chain, the nearest one first. */
static void add_objects(struct report *report, struct finding *finding,
			const struct followed *followed)
{
	for (; followed; followed = followed->parent)
		finding_add_object(report->arena, finding, &followed->at,
				   "applied by", followed->name);
}

void report_add(struct report *report, const struct diag_sink *sink,
		const struct report_from *from)
{
	size_t i;

	for (i = 0; i < sink->diags.count; i++) {
		struct finding *finding =
			finding_new(report->arena, sink->diags.items[i]);
		const char *key = fold_key(report->arena, finding);
		struct finding *first = table_gets(&report->folded, key);

		/* What rules found is in a sink without errors. */
		finding->stops = sink->errors > 0;
		add_objects(report, finding, from->followed);
		if (!in_focus(finding, from->focus))
			continue;
		if (first) {
			first->count++;
			add_where(report, first, from->target,
				  from->environment);
			continue;
		}
		table_puts(&report->folded, key, finding);
		add_where(report, finding, from->target, from->environment);
		if (!finding->rule) {
			vec_push(report->arena, &report->errors, finding);
			continue;
		}
		vec_push(report->arena, &report->findings, finding);
		if (finding->ignored_by)
			report->ignored++;
		else
			report->counts[finding->severity]++;
	}
}

void report_drop(struct report *report,
		 bool (*is_known)(void *context, struct finding *finding),
		 void *context)
{
	size_t i, kept = 0;

	for (i = 0; i < report->findings.count; i++) {
		struct finding *finding = report->findings.items[i];

		if (finding->stops || !is_known(context, finding)) {
			report->findings.items[kept++] = finding;
			continue;
		}
		report->known++;
		if (finding->ignored_by)
			report->ignored--;
		else
			report->counts[finding->severity]--;
	}
	report->findings.count = kept;
}

void report_put_number(struct str *out, size_t count)
{
	size_t unit = 1;

	while (count / unit >= 1000)
		unit *= 1000;
	str_printf(out, "%zu", count / unit);
	for (; unit > 1; unit /= 1000)
		str_printf(out, ",%03zu", count % unit / (unit / 1000));
}

void report_put_count(struct str *out, size_t count, const char *one)
{
	report_put_number(out, count);
	str_printf(out, " %s%s", one, count == 1 ? "" : "s");
}

void report_put_counts(struct str *out, const struct report *report)
{
	static const char *const names[] = { "note", "warning", "error" };
	const char *between = "";
	size_t i;

	for (i = ARRAY_COUNT(names); i-- > 0;) {
		if (!report->counts[i])
			continue;
		str_puts(out, between);
		report_put_count(out, report->counts[i], names[i]);
		between = ", ";
	}
	if (!*between)
		str_puts(out, "nothing found");
}
