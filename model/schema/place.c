/*
 * Where in the document something stands, as a pointer and as an address.
 */
#include "model/schema/compile.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/value.h"

static void put_part(struct str *out, const char *key, size_t len)
{
	size_t i;

	str_putc(out, '/');
	for (i = 0; i < len; i++) {
		if (key[i] == '~')
			str_puts(out, "~0");
		else if (key[i] == '/')
			str_puts(out, "~1");
		else
			str_putc(out, key[i]);
	}
}

/* A part of the document, and what it stands in. */
struct spot {
	const struct value *part;
	const struct spot *outer;        /* NULL: it is the document */
	const struct value_entry *entry; /* NULL: an item */
	size_t index;
};

static void note_spots(struct schema_run *run, struct spot place)
{
	const struct value *part = place.part, *item;
	const struct value_entry *entry;
	struct spot *own;

	if (table_get(&run->places, (const char *)&part, sizeof(part)))
		return;
	own = arena_alloc(run->arena, sizeof(*own));
	*own = place;
	table_put(&run->places, (const char *)&own->part, sizeof(own->part),
		  own);
	list_foreach (item, part)
		note_spots(run, (struct spot){ item, own, NULL, item_at });
	value_foreach (entry, part)
		note_spots(run, (struct spot){ entry->value, own, entry, 0 });
}

static void put_spot(struct str *out, const struct spot *place)
{
	if (!place || !place->outer)
		return;
	put_spot(out, place->outer);
	if (place->entry)
		put_part(out, place->entry->key, place->entry->len);
	else
		str_printf(out, "/%zu", place->index);
}

const char *schema_place(struct schema_run *run, const struct value *part)
{
	struct str out;

	if (!run->places.count)
		note_spots(run, (struct spot){ .part = run->document });
	str_init(&out, run->arena);
	put_spot(&out,
		 table_get(&run->places, (const char *)&part, sizeof(part)));
	return str_text(&out);
}

void schema_put_encoded(struct str *out, const char *pointer)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-_.~$&+:=@/";

	for (; *pointer; pointer++) {
		if (strchr(plain, *pointer))
			str_putc(out, *pointer);
		else
			str_printf(out, "%%%02X", (unsigned char)*pointer);
	}
}

const char *schema_location(struct schema_run *run, const struct value *part)
{
	struct str out;

	str_init(&out, run->arena);
	str_printf(&out, "%s#", run->uri);
	schema_put_encoded(&out, schema_place(run, part));
	return str_text(&out);
}
