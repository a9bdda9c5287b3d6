#include "base/diag.h"

#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

enum {
	QUOTE_MAX = 60
};

void diag_sink_init(struct diag_sink *sink, struct arena *arena)
{
	memset(sink, 0, sizeof(*sink));
	sink->arena = arena;
}

struct diag *diag_add(struct diag_sink *sink, enum diag_severity severity,
		      const char *message)
{
	static const struct diag_object none = { "", "", "", "" };
	struct diag *diag = arena_zalloc(sink->arena, sizeof(*diag));

	diag->severity = severity;
	diag->message = message;
	diag->object = &none;
	vec_push(sink->arena, &sink->diags, diag);
	return diag;
}

struct diag *diag_vreport(struct diag_sink *sink, enum diag_severity severity,
			  const struct origin *at, const char *format,
			  va_list args)
{
	struct diag *diag = diag_add(sink, severity,
				     arena_vprintf(sink->arena, format, args));

	if (at)
		diag->origin = *at;
	return diag;
}

bool diag_error(struct diag_sink *sink, const struct origin *at,
		const char *format, ...)
{
	va_list args;

	va_start(args, format);
	diag_vreport(sink, DIAG_ERROR, at, format, args);
	va_end(args);
	sink->errors++;
	return false;
}

void diag_warning(struct diag_sink *sink, const struct origin *at,
		  const char *format, ...)
{
	va_list args;

	va_start(args, format);
	diag_vreport(sink, DIAG_WARNING, at, format, args);
	va_end(args);
}

static struct diag *last(struct diag_sink *sink)
{
	if (!sink->diags.count)
		BUG("an addition to a diagnostic before there is one");
	return *vec_last(&sink->diags);
}

void diag_note(struct diag_sink *sink, const struct origin *at,
	       const char *format, ...)
{
	struct diag_note note = { 0 };
	va_list args;

	va_start(args, format);
	note.text = arena_vprintf(sink->arena, format, args);
	va_end(args);
	if (at)
		note.origin = *at;
	vec_push(sink->arena, &last(sink)->notes, note);
}

void diag_help(struct diag_sink *sink, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	last(sink)->help = arena_vprintf(sink->arena, format, args);
	va_end(args);
}

void diag_native(struct diag_sink *sink, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	last(sink)->native = arena_vprintf(sink->arena, format, args);
	va_end(args);
}

const char *diag_severity_name(enum diag_severity severity)
{
	static const char *const names[] = { "info", "warning", "error" };

	return names[severity];
}

const char *diag_quote(struct arena *arena, const char *name, size_t len)
{
	struct str quoted;
	size_t i, shown = 0;

	str_init(&quoted, arena);
	str_putc(&quoted, '"');
	for (i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)name[i];

		/* Count characters: a byte that continues one is free. */
		if ((byte & 0xc0) != 0x80 && shown++ == QUOTE_MAX) {
			str_puts(&quoted, "...");
			break;
		}
		if (byte < 0x20 || byte == 0x7f)
			str_printf(&quoted, "\\x%02x", byte);
		else
			str_putc(&quoted, (char)byte);
	}
	str_putc(&quoted, '"');
	return str_text(&quoted);
}
