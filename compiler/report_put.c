#include "compiler/report_put.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/json.h"

static void take(struct report_list *list, const struct finding *finding,
		 enum diag_severity severity, const struct report_style *style)
{
	if (finding->diag->severity == severity &&
	    (!finding->diag->ignored_by || style->show_ignored))
		list->items[list->count++] = finding;
}

void report_sort(struct arena *arena, const struct report *report,
		 const struct report_style *style, struct report_list *list)
{
	size_t total = report->errors.count + report->findings.count, i;
	int severity;

	list->items = arena_alloc(arena, (total + 1) * sizeof(*list->items));
	list->count = 0;
	for (i = 0; i < report->errors.count; i++)
		list->items[list->count++] = report->errors.items[i];
	for (severity = DIAG_ERROR; severity >= DIAG_INFO; severity--)
		for (i = 0; i < report->findings.count; i++)
			take(list, report->findings.items[i],
			     (enum diag_severity)severity, style);
}

const struct finding_place *report_place(const struct finding *finding)
{
	return finding->places->count ? &finding->places->items[0] : NULL;
}

const char *report_path(struct arena *arena, const struct report *report,
			const char *file)
{
	return report->here ? path_join(arena, report->here, file) : file;
}

const char *report_title(struct arena *arena, const struct finding *finding)
{
	if (!finding->diag->rule)
		return finding->message;
	return arena_printf(arena, "%s %s: %s", finding->diag->code,
			    finding->diag->rule, finding->message);
}

const char *report_rule(const struct finding *finding)
{
	return finding->diag->rule ? finding->diag->rule : "error";
}

const char *report_word(const struct finding *finding,
			const char *const names[3])
{
	return names[finding->diag->severity];
}

const char *report_identity(struct arena *arena, struct table *seen,
			    const struct finding *finding)
{
	const char *print = finding_fingerprint(arena, finding);
	size_t *count = table_gets(seen, print);

	if (!count) {
		count = arena_zalloc(arena, sizeof(*count));
		table_puts(seen, print, count);
	}
	if (++*count == 1)
		return print;
	return arena_printf(arena, "%s:%zu", print, *count);
}

void report_put_json(struct str *out, const char *text)
{
	json_write_string(out, text, strlen(text), true);
}

/* The character at `text`, with U+FFFD for a byte of a name that is none. */
static const char *put_character(struct str *out, const char *text)
{
	size_t size;
	uint32_t rune = utf8_decode(text, strnlen(text, 4), &size);

	if (!size || (rune == UTF8_REPLACEMENT && size == 1))
		str_puts(out, "\xef\xbf\xbd");
	else
		str_put(out, text, size);
	return text + (size ? size : 1);
}

void report_put_xml(struct str *out, const char *text)
{
	while (*text) {
		unsigned char byte = (unsigned char)*text;

		if (byte >= 0x80) {
			text = put_character(out, text);
			continue;
		}
		if (byte == '&')
			str_puts(out, "&amp;");
		else if (byte == '<')
			str_puts(out, "&lt;");
		else if (byte == '>')
			str_puts(out, "&gt;");
		else if (byte == '"')
			str_puts(out, "&quot;");
		else if (byte == '\n' || byte == '\r' || byte == '\t')
			str_printf(out, "&#%d;", byte);
		else if (byte >= 0x20)
			str_putc(out, *text);
		text++;
	}
}

void report_put_percent(struct str *out, const char *text, const char *special)
{
	while (*text) {
		if (!strchr(special, *text)) {
			text = put_character(out, text);
			continue;
		}
		str_printf(out, "%%%02X", (unsigned char)*text);
		text++;
	}
}

void report_put_uri(struct str *out, const char *path)
{
	const char *plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX"
			    "YZ0123456789-._~/@";

	for (; *path; path++)
		if (strchr(plain, *path))
			str_putc(out, *path);
		else
			str_printf(out, "%%%02X", (unsigned char)*path);
}

void report_put_markdown(struct str *out, const char *text)
{
	while (*text) {
		if (*text == '\n' || *text == '\r')
			str_putc(out, ' ');
		else if (*text == '<')
			str_puts(out, "&lt;");
		else if (strchr("\\`*_[]|#&", *text))
			str_printf(out, "\\%c", *text);
		else {
			text = put_character(out, text);
			continue;
		}
		text++;
	}
}
