/*
 * Where in the document something stands, as a pointer and as an address.
 */
#include "model/schema/compile.h"

#include <string.h>

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

/* Look below `at`; true: `out` has the way to `part`. */
static bool find(struct str *out, const struct value *at,
		 const struct value *part)
{
	const struct value_entry *entry;
	const struct value *item;
	size_t len = out->len;

	if (at == part)
		return true;
	list_foreach (item, at) {
		str_printf(out, "/%zu", item_at);
		if (find(out, item, part))
			return true;
		out->len = len;
	}
	value_foreach (entry, at) {
		put_part(out, entry->key, entry->len);
		if (find(out, entry->value, part))
			return true;
		out->len = len;
	}
	return false;
}

const char *schema_place(const struct schema_run *run, const struct value *part)
{
	struct str out;

	str_init(&out, run->arena);
	find(&out, run->document, part);
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

const char *schema_location(const struct schema_run *run,
			    const struct value *part)
{
	struct str out;

	str_init(&out, run->arena);
	str_printf(&out, "%s#", run->uri);
	schema_put_encoded(&out, schema_place(run, part));
	return str_text(&out);
}
