/*
 * Small texts in languages of their own, each read as all of them:
 * quantities, durations, schedules, labels, formats.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "lints/schema/bounds.h"
#include "lints/schema/cron.h"
#include "lints/schema/duration.h"
#include "lints/schema/quantity.h"
#include "lints/subjects/name_syntax.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

/* Equal to itself, and nothing that is not scaled. */
static void try_quantity(const char *text)
{
	struct quantity quantity;

	if (quantity_parse(text, strlen(text), &quantity))
		return;
	must(quantity_compare(&quantity, &quantity) == 0);
	must(!quantity_is_zero(&quantity) ||
	     !quantity_is_fractional(&quantity));
	(void)quantity_suspicion(&quantity, "memory");
	(void)quantity_meant(quantity.suffix);
}

static void try_formats(struct arena *arena, const char *text)
{
	static const char *const formats[] = {
		"bsonobjectid", "byte",  "cidr", "date", "date-time",
		"duration",     "email", "ipv4", "ipv6", "hexcolor",
		"hostname",     "mac",   "uri",  "uuid", "uuid4",
		"nobody-knows", NULL
	};
	const char *const *format;

	for (format = formats; *format; format++)
		(void)schema_format_refused(arena, *format, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *text = arena_strndup(arena, (const char *)data, size);
	int64_t length;

	try_quantity(text);
	(void)schema_duration_parse(text, &length);
	(void)cron_refused(arena, text);
	(void)lint_name_refused_key(arena, text);
	(void)lint_name_refused_label(arena, text);
	(void)lint_name_refused_port(arena, text);
	try_formats(arena, text);
	arena_free(arena);
	return 0;
}
