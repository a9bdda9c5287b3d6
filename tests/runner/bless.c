#include "tests/runner/bless.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/runner/buffer.h"
#include "tests/runner/case.h"
#include "tests/runner/compare.h"
#include "tests/runner/execute.h"

/* Would this text, as a body, be read as something else? */
static bool needs_base64(const struct buffer *text)
{
	const char *at = text->at;
	const char *end = text->at + text->len;

	if (!text->len)
		return false;
	if (memchr(at, '\0', text->len) || memchr(at, '\r', text->len))
		return true;
	while (at < end) {
		const char *feed = memchr(at, '\n', (size_t)(end - at));
		size_t len = (size_t)((feed ? feed : end) - at);

		if (len >= 4 && memcmp(at, "=== ", 4) == 0)
			return true;
		if (len > 6 && memcmp(at, "-- ", 3) == 0 &&
		    memcmp(at + len - 3, " --", 3) == 0)
			return true;
		at = feed ? feed + 1 : end;
	}
	return false;
}

/* Each line ends with CR LF, and neither occurs otherwise. */
static bool is_crlf(const struct buffer *text)
{
	bool any = false;

	for (size_t i = 0; i < text->len; i++) {
		bool feed = text->at[i] == '\n';
		bool after = i && text->at[i - 1] == '\r';

		if (feed != after)
			return false;
		any |= feed;
	}
	return any && text->at[text->len - 1] != '\r';
}

static void write_body(struct buffer *out, const struct buffer *text)
{
	struct buffer plain = { 0 };
	bool crlf = is_crlf(text);

	if (crlf)
		plain = buffer_replace(text, "\r\n", "\n");
	else
		buffer_put(&plain, text->at, text->len);
	if (needs_base64(&plain)) {
		buffer_puts(out, " (base64) --\n");
		buffer_to_base64(out, text->at, text->len);
	} else {
		bool open = plain.len && plain.at[plain.len - 1] != '\n';

		buffer_puts(out, crlf ? " (crlf)" : "");
		buffer_puts(out, open ? " (no newline) --\n" : " --\n");
		buffer_put(out, plain.at, plain.len);
		buffer_puts(out, open ? "\n" : "");
	}
	buffer_release(&plain);
}

static void note(struct blessings *blessings, const struct section *want,
		 const struct buffer *got)
{
	struct buffer out = { 0 };

	buffer_puts(&out, "-- want ");
	if (want->kind == SECTION_WANT_STDOUT)
		buffer_puts(&out, "stdout");
	else if (want->kind == SECTION_WANT_STDERR)
		buffer_puts(&out, "stderr");
	else
		buffer_printf(&out, "file %s", want->path);
	write_body(&out, got);
	blessings->items = grow_alloc(blessings->items, blessings->count + 1,
				      sizeof(*blessings->items));
	blessings->items[blessings->count++] =
		(struct blessing){ want, out.at, out.len };
}

bool bless_note(struct blessings *blessings, const struct test_case *tc,
		const struct outcome *outcome)
{
	bool any = false;

	if (outcome->broken)
		return false;
	for (size_t i = 0; i < tc->section_count; i++) {
		const struct section *want = &tc->sections[i];
		struct buffer got = { 0 };

		if (!section_is_want(want))
			continue;
		if (want_actual(want, outcome, &got)) {
			struct buffer shown =
				buffer_replace(&got, outcome->dir, "$DIR");

			if (!buffer_equals(&shown, &want->content)) {
				note(blessings, want, &shown);
				any = true;
			}
			buffer_release(&shown);
		}
		buffer_release(&got);
	}
	return any;
}

static bool is_title(const struct buffer *text, size_t at)
{
	return text->len - at >= 4 && memcmp(text->at + at, "=== ", 4) == 0;
}

bool bless_write(const struct case_file *file,
		 const struct blessings *blessings)
{
	struct buffer out = { 0 };
	struct buffer temporary = { 0 };
	size_t done = 0;
	bool ok;

	for (size_t i = 0; i < blessings->count; i++) {
		const struct blessing *blessing = &blessings->items[i];

		buffer_put(&out, file->text.at + done,
			   blessing->want->head - done);
		buffer_put(&out, blessing->text, blessing->len);
		done = blessing->want->end;
		/* A blank line before a title belongs to nobody. */
		if (is_title(&file->text, done))
			buffer_puts(&out, "\n");
	}
	buffer_put(&out, file->text.at + done, file->text.len - done);
	buffer_printf(&temporary, "%s.new", file->path);
	ok = buffer_write(&out, temporary.at) &&
	     rename(temporary.at, file->path) == 0;
	buffer_release(&out);
	buffer_release(&temporary);
	return ok;
}
