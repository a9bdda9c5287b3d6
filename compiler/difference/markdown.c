/*
 * markdown: a comment on a pull request, the most important first, within the
 * size that hosts take.
 */
#include <string.h>

#include "base/arena.h"
#include "compiler/difference.h"
#include "model/object.h"

enum {
	COMMENT_MAX = 60 * 1024,
	VALUE_MAX = 80,
	TAIL_ROOM = 400 /* for what was cut, and the end of a section */
};

static const char *const titles[] = { "added", "removed", "changed" };

/* By risk, the worst first; equal ones as they came. */
static struct object_change **
sorted(struct arena *arena, const struct difference *difference, size_t *shown)
{
	size_t count = difference->changes.count, i, k = 0;
	struct object_change **items =
		arena_alloc(arena, (count + 1) * sizeof(*items));
	int risk;

	for (risk = 0; risk <= RISK_NONE; risk++)
		for (i = 0; i < count; i++)
			if ((int)difference->changes.items[i]->risk == risk &&
			    !difference->changes.items[i]->is_alike)
				items[k++] = difference->changes.items[i];
	*shown = k;
	return items;
}

/* In a cell of a table a bar and a line feed would end it. */
static void put_cell(struct str *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '|')
			str_puts(out, "\\|");
		else if (*text == '\n' || *text == '\r')
			str_putc(out, ' ');
		else
			str_putc(out, *text);
	}
}

/* Names come from files that anybody may have written. */
static void put_html(struct str *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '<')
			str_puts(out, "&lt;");
		else if (*text == '&')
			str_puts(out, "&amp;");
		else
			str_putc(out, *text == '\n' ? ' ' : *text);
	}
}

/* Code whose own backticks do not end it. */
static void put_code(struct str *out, const char *text)
{
	const char *fence = strchr(text, '`') ? "``" : "`";

	if (!*text)
		return;
	str_printf(out, "%s%s", fence, fence[1] ? " " : "");
	put_cell(out, text);
	str_printf(out, "%s%s", fence[1] ? " " : "", fence);
}

static void put_value(struct str *out, const struct field_change *field,
		      const struct value *value)
{
	struct str text;

	if (!value)
		return;
	str_init(&text, out->arena);
	difference_put_value(&text, value, field->secret, VALUE_MAX);
	put_code(out, str_text(&text));
}

static void put_field(struct str *out, const struct object_change *change,
		      const struct field_change *field)
{
	struct str text;

	str_puts(out, "| ");
	put_code(out, field->path);
	str_puts(out, " | ");
	put_value(out, field, field->old);
	str_puts(out, " | ");
	put_value(out, field, field->new);
	str_puts(out, " | ");
	str_init(&text, out->arena);
	if (difference_put_place(&text, field))
		put_code(out, str_text(&text));
	str_puts(out, " | ");
	if (field->risk != RISK_NONE)
		str_printf(out, "**%s**", change_risk_name(field->risk));
	if (field->breach)
		str_printf(out, " **%s**", field->breach);
	str_init(&text, out->arena);
	if (difference_put_only(&text, change, field))
		str_printf(out, " only %s", str_text(&text));
	str_puts(out, " |\n");
}

static void put_change(struct str *out, const struct object_change *change)
{
	struct str name, where;
	size_t i;

	str_init(&name, out->arena);
	str_init(&where, out->arena);
	difference_put_objects(&name, change);
	difference_put_where(&where, &change->where);
	str_printf(out, "\n<details%s><summary>%s: <code>",
		   change->risk < RISK_IMAGE ? " open" : "",
		   titles[change->kind]);
	put_html(out, str_text(&name));
	str_puts(out, "</code> in ");
	put_html(out, str_text(&where));
	if (change->risk != RISK_NONE)
		str_printf(out, " (<b>%s</b>)", change_risk_name(change->risk));
	if (change->breach)
		str_printf(out, " (<b>%s</b>)", change->breach);
	str_puts(out, "</summary>\n");
	if (change->fields.count)
		str_puts(out, "\n| field | old | new | place | |\n"
			      "| --- | --- | --- | --- | --- |\n");
	for (i = 0; i < change->fields.count; i++)
		put_field(out, change, change->fields.items[i]);
	str_puts(out, "\n</details>\n");
}

static void write(struct str *out, const struct difference *difference,
		  const struct difference_style *style)
{
	size_t count, i;
	struct object_change **changes = sorted(out->arena, difference, &count);
	struct str section;

	(void)style;
	str_puts(out, "### Rendered changes\n\n");
	difference_put_summary(out, difference);
	str_putc(out, '\n');
	for (i = 0; i < count; i++) {
		str_init(&section, out->arena);
		put_change(&section, changes[i]);
		if (out->len + section.len + TAIL_ROOM > COMMENT_MAX)
			break;
		str_put(out, section.text, section.len);
	}
	if (i < count)
		str_printf(out,
			   "\n%zu more changes do not fit here; `plimsoll "
			   "diff` shows them all.\n",
			   count - i);
}

const struct difference_format difference_markdown = { "markdown", write };
