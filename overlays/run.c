#include "overlays/run.h"

#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "overlays/resource.h"

enum {
	JOINED_MAX = 8,
	/* Each quoting doubles the backslashes of the one before. */
	QUOTED_MAX = 1 << 20
};

void native_push(struct overlay_run *run, const char *before, const char *after)
{
	struct native_wrap wrap = { before, after, NATIVE_PLAIN, NULL };

	vec_push(run->arena, &run->natives, wrap);
}

void native_push_quoted(struct overlay_run *run, const char *before)
{
	struct native_wrap wrap = { before, "", NATIVE_QUOTED, NULL };

	vec_push(run->arena, &run->natives, wrap);
}

void native_push_attempt(struct overlay_run *run, const char *before,
			 const char *after)
{
	struct native_wrap wrap = { before, after, NATIVE_ATTEMPT, NULL };

	vec_push(run->arena, &run->natives, wrap);
}

void native_push_field(struct overlay_run *run, const char *path,
		       const struct object *object)
{
	struct native_wrap wrap = { path, "", NATIVE_FIELD, object };

	vec_push(run->arena, &run->natives, wrap);
}

void native_pop(struct overlay_run *run)
{
	run->natives.count--;
}

const char *overlay_text(struct overlay_run *run, const char *format, ...)
{
	const char *text;
	va_list args;

	va_start(args, format);
	text = arena_vprintf(run->arena, format, args);
	va_end(args);
	return text;
}

const char *overlay_join(struct overlay_run *run, const char *const *parts,
			 const char *gaps)
{
	size_t lens[JOINED_MAX], count = strlen(gaps) + 1, total = 0, i;
	char *text, *at;

	if (count > JOINED_MAX)
		BUG("too many parts");
	for (i = 0; i < count; i++) {
		lens[i] = strlen(parts[i]);
		total += lens[i] + 1;
	}
	text = at = arena_alloc(run->arena, total);
	for (i = 0; i < count; i++) {
		memcpy(at, parts[i], lens[i]);
		at += lens[i];
		*at++ = gaps[i];
	}
	return text;
}

const char *overlay_trim(struct overlay_run *run, const char *text)
{
	size_t len;

	text += strspn(text, " \t\n\v\f\r");
	len = strlen(text);
	while (len && strchr(" \t\n\v\f\r", text[len - 1]))
		len--;
	return arena_strndup(run->arena, text, len);
}

static void put_escape(struct str *out, uint32_t rune)
{
	static const char named[] = "\a\b\f\n\r\t\v\\\"";
	static const char letters[] = "abfnrtv\\\"";
	const char *at = rune && rune < 0x80 ? strchr(named, (int)rune) : NULL;

	if (at)
		str_printf(out, "\\%c", letters[at - named]);
	else if (rune < 0x80)
		str_printf(out, "\\x%02x", (unsigned)rune);
	else if (rune < 0x10000)
		str_printf(out, "\\u%04x", (unsigned)rune);
	else
		str_printf(out, "\\U%08x", (unsigned)rune);
}

const char *overlay_go_quote(struct overlay_run *run, const char *text)
{
	size_t len = strlen(text), at, size;
	struct str out;

	str_init(&out, run->arena);
	str_putc(&out, '"');
	for (at = 0; at < len; at += size) {
		uint32_t rune = utf8_decode(text + at, len - at, &size);

		if (rune == UTF8_REPLACEMENT && size == 1)
			str_printf(&out, "\\x%02x", (unsigned char)text[at]);
		else if (rune == '"' || rune == '\\' || !rune_is_print(rune))
			put_escape(&out, rune);
		else
			str_put(&out, text + at, size);
	}
	str_putc(&out, '"');
	return str_text(&out);
}

void native_push_reference(struct overlay_run *run, const char *path,
			   const struct object *object)
{
	struct native_wrap wrap = { path, "", NATIVE_REFERENCE, object };

	vec_push(run->arena, &run->natives, wrap);
}

void native_push_traversal(struct overlay_run *run, const char *rest)
{
	struct native_wrap wrap = { rest, "", NATIVE_TRAVERSAL, NULL };

	vec_push(run->arena, &run->natives, wrap);
}

static const char *traversal(struct overlay_run *run,
			     const struct native_wrap *wrap, const char *text)
{
	char *rest = arena_strdup(run->arena, wrap->before), *at;

	for (at = rest; (at = strchr(at, '/')); at++)
		*at = ' ';
	return overlay_text(run, "visit traversal on path: [%s]: %s", rest,
			    text);
}

/* Texts that name an object are made only when they are needed. */
static const char *about_object(struct overlay_run *run,
				const struct native_wrap *wrap,
				const char *text)
{
	const char *id = resource_text(run, wrap->object);

	if (wrap->form == NATIVE_FIELD)
		return overlay_text(run,
				    "considering field '%s' of object %s: %s",
				    wrap->before, id, text);
	return overlay_text(run,
			    "updating name reference in '%s' field of '%s': "
			    "%s",
			    wrap->before, id, text);
}

static bool is_plain(const struct native_wrap *wrap)
{
	return !wrap->object && wrap->form != NATIVE_QUOTED &&
	       wrap->form != NATIVE_TRAVERSAL;
}

/* From the wrap behind `from` out to the first: they only add to both sides. */
static const char *wrap_plainly(struct overlay_run *run, const char *text,
				size_t first, size_t from)
{
	const struct native_wrap *wraps = run->natives.items;
	struct str out;
	size_t i;

	str_init(&out, run->arena);
	for (i = first; i < from; i++)
		if (wraps[i].form != NATIVE_ATTEMPT || !run->malformed)
			str_puts(&out, wraps[i].before);
	str_puts(&out, text);
	for (i = from; i-- > first;)
		if (wraps[i].form != NATIVE_ATTEMPT || !run->malformed)
			str_puts(&out, wraps[i].after);
	return str_text(&out);
}

/* The innermost text in everything that surrounds it. */
static const char *wrapped(struct overlay_run *run, const char *text)
{
	const struct native_wrap *wraps = run->natives.items;
	size_t i = run->natives.count, first;

	while (i > 0) {
		for (first = i; first > 0 && is_plain(&wraps[first - 1]);)
			first--;
		if (first < i) {
			text = wrap_plainly(run, text, first, i);
			i = first;
			continue;
		}
		i--;
		if (wraps[i].form == NATIVE_TRAVERSAL)
			text = traversal(run, &wraps[i], text);
		else if (wraps[i].object)
			text = about_object(run, &wraps[i], text);
		else if (strlen(text) < QUOTED_MAX)
			text = overlay_text(run, "%s%s%s", wraps[i].before,
					    overlay_go_quote(run, text),
					    wraps[i].after);
	}
	return text;
}

bool overlay_fail(struct overlay_run *run, const struct origin *at,
		  const char *native, const char *format, ...)
{
	const char *message;
	va_list args;

	va_start(args, format);
	message = arena_vprintf(run->arena, format, args);
	va_end(args);
	diag_error(run->diags, at, "%s", message);
	diag_native(run->diags, "%s", wrapped(run, native ? native : message));
	return false;
}

void native_adopt(struct overlay_run *run, const char *before)
{
	struct diag *diag;
	size_t i;

	for (i = run->diags->diags.count; i-- > 0;) {
		diag = run->diags->diags.items[i];
		if (diag->severity != DIAG_ERROR)
			continue;
		diag->native = wrapped(
			run, overlay_text(run, "%s%s", before,
					  diag->native ? diag->native
						       : diag->message));
		return;
	}
}

void overlay_warn(struct overlay_run *run, const char *format, ...)
{
	va_list args;

	if (!run->options->warnings)
		return;
	va_start(args, format);
	str_vprintf(run->options->warnings, format, args);
	va_end(args);
	str_putc(run->options->warnings, '\n');
}
