#include "tests/runner/buffer.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void die(const char *fmt, ...)
{
	va_list ap;

	fputs("run: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(2);
}

void *zero_alloc(size_t count, size_t size)
{
	void *at = calloc(count ? count : 1, size);

	if (!at)
		die("out of memory");
	return at;
}

void *grow_alloc(void *items, size_t count, size_t size)
{
	void *at = realloc(items, count * size);

	if (!at)
		die("out of memory");
	return at;
}

char *copy_text(const char *at, size_t len)
{
	char *copy = zero_alloc(len + 1, 1);

	memcpy(copy, at, len);
	return copy;
}

void buffer_put(struct buffer *buf, const void *at, size_t len)
{
	if (buf->len + len + 1 > buf->room) {
		buf->room = (buf->len + len + 1) * 2;
		buf->at = grow_alloc(buf->at, buf->room, 1);
	}
	if (len)
		memcpy(buf->at + buf->len, at, len);
	buf->len += len;
	buf->at[buf->len] = '\0';
}

void buffer_puts(struct buffer *buf, const char *text)
{
	buffer_put(buf, text, strlen(text));
}

void buffer_printf(struct buffer *buf, const char *fmt, ...)
{
	va_list ap;
	char *text;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (len < 0)
		die("cannot format a text");
	text = zero_alloc((size_t)len + 1, 1);
	va_start(ap, fmt);
	vsnprintf(text, (size_t)len + 1, fmt, ap);
	va_end(ap);
	buffer_put(buf, text, (size_t)len);
	free(text);
}

void buffer_release(struct buffer *buf)
{
	free(buf->at);
	*buf = (struct buffer){ 0 };
}

bool buffer_equals(const struct buffer *a, const struct buffer *b)
{
	return a->len == b->len &&
	       (a->len == 0 || memcmp(a->at, b->at, a->len) == 0);
}

struct buffer buffer_replace(const struct buffer *buf, const char *from,
			     const char *to)
{
	struct buffer out = { 0 };
	size_t len = strlen(from);
	size_t i = 0;

	buffer_put(&out, "", 0);
	while (i < buf->len) {
		if (len && len <= buf->len - i &&
		    memcmp(buf->at + i, from, len) == 0) {
			buffer_puts(&out, to);
			i += len;
		} else {
			buffer_put(&out, buf->at + i++, 1);
		}
	}
	return out;
}

bool buffer_read(struct buffer *buf, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char part[1 << 16];
	ssize_t got;
	int saved;

	if (fd < 0)
		return false;
	buffer_put(buf, "", 0);
	while ((got = read(fd, part, sizeof(part))) > 0)
		buffer_put(buf, part, (size_t)got);
	saved = errno;
	close(fd);
	errno = saved;
	return got == 0;
}

bool buffer_write(const struct buffer *buf, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	size_t done = 0;

	if (fd < 0)
		return false;
	while (done < buf->len) {
		ssize_t put = write(fd, buf->at + done, buf->len - done);

		if (put < 0) {
			close(fd);
			return false;
		}
		done += (size_t)put;
	}
	return close(fd) == 0;
}

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz0123456789+/";

bool buffer_from_base64(struct buffer *buf, const char *at, size_t len)
{
	uint32_t bits = 0;
	unsigned held = 0;

	buffer_put(buf, "", 0);
	for (size_t i = 0; i < len; i++) {
		const char *digit;
		char byte;

		if (isspace((unsigned char)at[i]) || at[i] == '=')
			continue;
		digit = at[i] ? strchr(digits, at[i]) : NULL;
		if (!digit)
			return false;
		bits = bits << 6 | (uint32_t)(digit - digits);
		held += 6;
		if (held < 8)
			continue;
		held -= 8;
		byte = (char)(bits >> held & 0xff);
		buffer_put(buf, &byte, 1);
	}
	return true;
}

void buffer_to_base64(struct buffer *out, const char *at, size_t len)
{
	size_t column = 0;

	for (size_t i = 0; i < len; i += 3) {
		uint32_t bits = 0;
		size_t held = len - i < 3 ? len - i : 3;
		char four[4];

		for (size_t j = 0; j < 3; j++)
			bits = bits << 8 |
			       (j < held ? (unsigned char)at[i + j] : 0u);
		for (size_t j = 0; j < 4; j++)
			four[j] = j > held ? '='
					   : digits[bits >> (18 - 6 * j) & 63];
		buffer_put(out, four, 4);
		column += 4;
		if (column == 76 || i + 3 >= len) {
			buffer_puts(out, "\n");
			column = 0;
		}
	}
}
