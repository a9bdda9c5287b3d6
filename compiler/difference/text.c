/*
 * text: for people in a terminal.
 */
#include "base/arena.h"
#include "base/vec.h"
#include "compiler/difference.h"
#include "model/object.h"

enum {
	WIDTH_MIN = 40
};

struct paint {
	const char *on;
	const char *off;
};

static const char marks[] = { '+', '-', '~' };
static const char *const colours[] = { "\033[32m", "\033[31m", "\033[33m" };

static struct paint paint_of(const struct difference_style *style,
			     const char *colour)
{
	struct paint paint = { style->colour ? colour : "",
			       style->colour ? "\033[0m" : "" };

	return paint;
}

static void put_values(struct str *out, const struct field_change *field,
		       size_t room)
{
	if (field->kind == CHANGE_CHANGED) {
		difference_put_value(out, field->old, field->secret, room / 2);
		str_puts(out, " -> ");
		difference_put_value(out, field->new, field->secret, room / 2);
		return;
	}
	difference_put_value(out, field->new ? field->new : field->old,
			     field->secret, room);
}

static void put_notes(struct str *out, const struct object_change *change,
		      const struct field_change *field,
		      const struct difference_style *style)
{
	struct paint strong = paint_of(style, "\033[1m");
	struct str only;

	str_init(&only, out->arena);
	if (field->risk != RISK_NONE)
		str_printf(out, "  %s[%s]%s", strong.on,
			   change_risk_name(field->risk), strong.off);
	if (field->breach)
		str_printf(out, "  %s[%s]%s", strong.on, field->breach,
			   strong.off);
	if (difference_put_only(&only, change, field))
		str_printf(out, "  (only %s)", str_text(&only));
}

static void put_field(struct str *out, const struct object_change *change,
		      const struct field_change *field,
		      const struct difference_style *style)
{
	struct paint mark = paint_of(style, colours[field->kind]);
	struct paint dim = paint_of(style, "\033[2m");
	size_t room = style->width > WIDTH_MIN ? style->width : WIDTH_MIN;
	struct str place;

	str_init(&place, out->arena);
	str_printf(out, "  %s%c%s %s: ", mark.on, marks[field->kind], mark.off,
		   *field->path ? field->path : "(the object)");
	put_values(out, field, room);
	put_notes(out, change, field, style);
	str_putc(out, '\n');
	if (difference_put_place(&place, field))
		str_printf(out, "      %s%s %s%s\n", dim.on,
			   field->kind == CHANGE_REMOVED ? "was" : "at",
			   str_text(&place), dim.off);
}

/* Where an object that came or went is written. */
static void put_whole(struct str *out, const struct object_change *change,
		      const struct difference_style *style)
{
	struct field_change whole = { .kind = change->kind };
	struct paint dim = paint_of(style, "\033[2m");
	struct str place;

	if (change->kind == CHANGE_CHANGED)
		return;
	str_init(&place, out->arena);
	whole.old = change->old ? change->old->root : NULL;
	whole.new = change->new ? change->new->root : NULL;
	if (difference_put_place(&place, &whole))
		str_printf(out, "      %s%s %s%s\n", dim.on,
			   change->kind == CHANGE_REMOVED ? "was" : "at",
			   str_text(&place), dim.off);
}

static void put_change(struct str *out, const struct object_change *change,
		       const struct difference_style *style)
{
	struct paint mark = paint_of(style, colours[change->kind]);
	struct paint strong = paint_of(style, "\033[1m");
	size_t i;

	str_printf(out, "%s%c%s %s", mark.on, marks[change->kind], mark.off,
		   strong.on);
	difference_put_objects(out, change);
	str_printf(out, "%s in ", strong.off);
	difference_put_where(out, &change->where);
	if (change->risk == RISK_REMOVED)
		str_printf(out, "  %s[removed]%s", strong.on, strong.off);
	if (change->breach)
		str_printf(out, "  %s[%s]%s", strong.on, change->breach,
			   strong.off);
	str_putc(out, '\n');
	put_whole(out, change, style);
	for (i = 0; i < change->fields.count; i++)
		put_field(out, change, change->fields.items[i], style);
	str_putc(out, '\n');
}

static void write(struct str *out, const struct difference *difference,
		  const struct difference_style *style)
{
	size_t i;

	for (i = 0; i < difference->changes.count; i++)
		if (!difference->changes.items[i]->is_alike)
			put_change(out, difference->changes.items[i], style);
	difference_put_summary(out, difference);
	str_putc(out, '\n');
}

const struct difference_format difference_text = { "text", write };
