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

enum {
	DROPPED_AFTER = 64, /* findings */
};

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

/* Of errors, and of findings without a place. */
static const char *fold_text(struct arena *arena, const struct finding *finding)
{
	const struct finding_place *place =
		finding->places->count ? &finding->places->items[0] : NULL;
	const struct diag *diag = finding->diag;

	if (!place)
		return arena_printf(
			arena, "%d\n%s\n%s\n%s\n%s/%s", (int)diag->severity,
			diag->rule ? diag->rule : "", finding->message,
			diag->object->kind, diag->object->name_space,
			diag->object->name);
	return arena_printf(arena, "%d\n\n%s:%u:%u\n%s", (int)diag->severity,
			    place->file, place->line, place->column,
			    finding->message);
}

static uint32_t place_hash(const struct finding *finding)
{
	const struct finding_place *place = finding->places->items;
	const uint32_t key[] = {
		table_hash(place->file, strlen(place->file)),
		table_hash(finding->diag->code, strlen(finding->diag->code)),
		place->line,
		place->column,
	};

	return table_hash((const char *)key, sizeof(key));
}

/* What makes two findings one: rule, severity and the line to edit. */
static bool is_same(const struct finding *a, const struct finding *b)
{
	const struct finding_place *one = a->places->items;
	const struct finding_place *other = b->places->items;

	return a->hash == b->hash && a->places->count &&
	       one->line == other->line && one->column == other->column &&
	       a->diag->severity == b->diag->severity &&
	       strcmp(a->diag->rule, b->diag->rule) == 0 &&
	       strcmp(one->file, other->file) == 0;
}

/* The slot of the finding that says the same; or a free one. */
static uint32_t *slot_of(const struct report *report,
			 const struct finding *finding)
{
	uint32_t mask = report->by_place.mask, at = finding->hash & mask;
	uint32_t *slots = report->by_place.slots;

	while (slots[at] &&
	       !is_same(report->findings.items[slots[at] - 1], finding))
		at = (at + 1) & mask;
	return &slots[at];
}

/* A table of its own: with keys it would be larger than the findings. */
static void grow_slots(struct report *report, size_t findings)
{
	size_t i, count = report->by_place.mask + (size_t)1;

	if (report->by_place.slots && findings < count / 4 * 3)
		return;
	while (count < 64 || findings >= count / 4 * 3)
		count *= 2;
	report->by_place.slots =
		arena_zalloc(report->arena, count * sizeof(uint32_t));
	report->by_place.mask = (uint32_t)count - 1;
	for (i = 0; i < report->findings.count; i++)
		if (report->findings.items[i]->places->count)
			*slot_of(report, report->findings.items[i]) =
				(uint32_t)i + 1;
}

/* The finding that says the same; else this one is from now on. */
static struct finding *fold(struct report *report, struct finding *finding)
{
	struct finding *first;
	const char *text;
	uint32_t *slot;

	if (finding->diag->rule && finding->places->count) {
		slot = slot_of(report, finding);
		if (*slot)
			return report->findings.items[*slot - 1];
		*slot = (uint32_t)report->findings.count + 1;
		return NULL;
	}
	text = fold_text(report->arena, finding);
	first = table_gets(&report->folded, text);
	if (!first)
		table_puts(&report->folded, text, finding);
	return first;
}

/* Most are of the same target and environment as the one before. */
static void set_where(struct report *report, struct finding *finding,
		      const struct finding_where *where)
{
	struct finding_wheres *last = report->where;

	if (!last || last->items->target != where->target ||
	    last->items->environment != where->environment) {
		last = arena_zalloc(report->arena, sizeof(*last));
		last->room = 1;
		last->items = arena_alloc(report->arena, sizeof(*where));
		vec_push(report->arena, last, *where);
		report->where = last;
	}
	finding->where = last;
}

static void add_where(struct report *report, struct finding *finding,
		      const struct finding_where *where)
{
	struct finding_wheres *own;

	/* One alone is not its own. */
	if (finding->where->count == 1) {
		own = arena_zalloc(report->arena, sizeof(*own));
		vec_push(report->arena, own, finding->where->items[0]);
		finding->where = own;
	}
	finding_add_where(report->arena, finding->where, where);
}

static void add_member(struct report *report, struct finding *first,
		       const struct finding *finding,
		       const struct finding_where *where)
{
	const struct finding_member member = { finding->diag, *where,
					       finding->identity };

	if (!first->others)
		first->others =
			arena_zalloc(report->arena, sizeof(*first->others));
	vec_push(report->arena, first->others, member);
	first->count++;
	add_where(report, first, where);
}

static bool in_focus(const struct finding *finding,
		     const struct option_texts *focus)
{
	size_t i, j;

	if (!focus || !finding->diag->rule || finding->stops)
		return true;
	for (i = 0; i < finding->places->count; i++)
		for (j = 0; j < focus->count; j++)
			if (path_is_below(finding->places->items[i].file,
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

/* Lines that findings are about are all over a text: it comes in parts. */
static void drop_text(const struct diag_sink *sink, size_t read)
{
	const struct source *source =
		origin_source(&sink->diags.items[read]->origin);

	if (source && read % DROPPED_AFTER == 0)
		source_drop(source, 0, source->len);
}

struct finding **report_make(const struct report *report, struct arena *arena,
			     const struct diag_sink *sink)
{
	struct finding_nodes nodes = { 0 };
	struct finding **made =
		arena_alloc(arena, (sink->diags.count + 1) * sizeof(*made));
	struct arena *scratch = report->bare ? arena_new_small() : NULL;
	size_t i;

	str_init(&nodes.identity, scratch);
	for (i = 0; i < sink->diags.count; i++) {
		made[i] = finding_new(arena, &nodes, sink->diags.items[i],
				      report->bare);
		if (made[i]->diag->rule && made[i]->places->count)
			made[i]->hash = place_hash(made[i]);
		drop_text(sink, i);
	}
	arena_free(scratch);
	return made;
}

void report_add(struct report *report, const struct diag_sink *sink,
		const struct report_from *from)
{
	report_add_made(report, sink, report_make(report, report->arena, sink),
			from);
}

void report_add_made(struct report *report, const struct diag_sink *sink,
		     struct finding *const *findings,
		     const struct report_from *from)
{
	const struct finding_where where = { from->target, from->environment };
	size_t i;

	vec_exact(report->arena, &report->findings, sink->diags.count);
	grow_slots(report, report->findings.count + sink->diags.count);
	for (i = 0; i < sink->diags.count; i++) {
		struct finding *finding = findings[i], *first;

		/* What rules found is in a sink without errors. */
		finding->stops = sink->errors > 0;
		add_objects(report, finding, from->followed);
		if (!in_focus(finding, from->focus))
			continue;
		first = fold(report, finding);
		if (first) {
			add_member(report, first, finding, &where);
			continue;
		}
		set_where(report, finding, &where);
		if (!finding->diag->rule) {
			vec_push(report->arena, &report->errors, finding);
			continue;
		}
		vec_push(report->arena, &report->findings, finding);
		if (finding->diag->ignored_by)
			report->ignored++;
		else
			report->counts[finding->diag->severity]++;
	}
}

static void fold_by_text(struct report *report, struct finding *finding)
{
	table_puts(&report->folded, fold_text(report->arena, finding), finding);
}

/* What is found from now on is not one with what was taken out. */
static void refold(struct report *report)
{
	size_t i;

	report->by_place.slots = NULL;
	table_init(&report->folded, report->arena);
	for (i = 0; i < report->errors.count; i++)
		fold_by_text(report, report->errors.items[i]);
	for (i = 0; i < report->findings.count; i++)
		if (!report->findings.items[i]->places->count)
			fold_by_text(report, report->findings.items[i]);
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
		if (finding->diag->ignored_by)
			report->ignored--;
		else
			report->counts[finding->diag->severity]--;
	}
	report->findings.count = kept;
	refold(report);
}

void report_find_words(struct report *report)
{
	size_t i;

	for (i = 0; i < report->findings.count; i++)
		finding_find_words(report->arena, report->findings.items[i]);
	for (i = 0; i < report->errors.count; i++)
		finding_find_words(report->arena, report->errors.items[i]);
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
