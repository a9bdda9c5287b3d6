/*
 * Growing bytes for the case runner.
 *
 *	struct buffer out = { 0 };
 *
 *	buffer_printf(&out, "%s:%u: ", file, line);
 *	buffer_put(&out, bytes, count);
 *
 * Zeros are an empty buffer.  A NUL that is not counted follows the bytes.
 * The runner uses nothing of base/, so that a fault there cannot hide itself;
 * it lives for seconds and frees only what grows with the number of cases.
 */
#ifndef TESTS_RUNNER_BUFFER_H
#define TESTS_RUNNER_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct buffer {
	char *at;
	size_t len;
	size_t room;
};

/* Say what is wrong with the runner's own world, and end with status 2. */
__attribute__((noreturn, format(printf, 1, 2))) void die(const char *fmt, ...);

void *zero_alloc(size_t count, size_t size);
void *grow_alloc(void *items, size_t count, size_t size);
char *copy_text(const char *at, size_t len);

void buffer_put(struct buffer *buf, const void *at, size_t len);
void buffer_puts(struct buffer *buf, const char *text);
__attribute__((format(printf, 2, 3))) void buffer_printf(struct buffer *buf,
							 const char *fmt, ...);
void buffer_release(struct buffer *buf);
bool buffer_equals(const struct buffer *a, const struct buffer *b);

/* A copy in which each `from` has become `to`. */
struct buffer buffer_replace(const struct buffer *buf, const char *from,
			     const char *to);

/* False, with errno, if the file cannot be read or written. */
bool buffer_read(struct buffer *buf, const char *path);
bool buffer_write(const struct buffer *buf, const char *path);

/* Base64; white space between the characters is passed over. */
bool buffer_from_base64(struct buffer *buf, const char *at, size_t len);
void buffer_to_base64(struct buffer *out, const char *at, size_t len);

#endif
