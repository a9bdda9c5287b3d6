/*
 * Variables in texts: the first line of the input is the value of ${v}, the
 * rest a text.  A text whose dollar signs are doubled means itself.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/str.h"
#include "compiler/envsubst.h"
#include "model/value.h"

enum {
	MOST_BYTES = 4096,
	MOST_OUTPUT = 1 << 16,
	MOST_DEPTH = 100
};

static void must(bool holds)
{
	if (!holds)
		abort();
}

/* ${v} has a value, all others have none. */
static const struct value *find(void *context, const char *name, size_t len)
{
	return len == 1 && *name == 'v' ? context : NULL;
}

static bool replace(const struct envsubst *how, const char *text, size_t len,
		    struct str *out)
{
	struct envsubst_result result;
	bool done;

	str_init(out, how->arena);
	done = envsubst_text(how, text, len, out, &result);
	must(done || (result.problem && result.at <= len));
	must(!result.kept || how->unset == ENVSUBST_UNSET_KEEPS);
	return done;
}

/* Every dollar sign twice gives the text back. */
static void escape(const struct envsubst *how, const char *text, size_t len)
{
	struct str doubled, out;
	size_t i;

	str_init(&doubled, how->arena);
	for (i = 0; i < len; i++) {
		if (text[i] == '$')
			str_putc(&doubled, '$');
		str_putc(&doubled, text[i]);
	}
	must(replace(how, doubled.text ? doubled.text : "", doubled.len,
		     &out));
	must(out.len == len && (!len || memcmp(out.text, text, len) == 0));
}

/* A longest match is no shorter than a shortest one. */
static void match(struct arena *arena, const char *pattern, const char *text)
{
	size_t least, most;

	if (!envsubst_prefix(arena, pattern, text, false, &least) ||
	    !envsubst_prefix(arena, pattern, text, true, &most))
		return;
	must(least <= most && most <= strlen(text) && !least == !most);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct limits limits = limits_default();
	struct arena *arena = arena_new();
	struct envsubst how = { .arena = arena,
				.limits = &limits,
				.find = find };
	char *value = arena_strndup(arena, (const char *)data,
				    size < MOST_BYTES ? size : MOST_BYTES);
	char *text = strchr(value, '\n');
	struct str out;

	limits.output_size = MOST_OUTPUT;
	limits.tree_depth = MOST_DEPTH;
	if (text) {
		*text++ = '\0';
		how.context = value_new_cstring(arena, NULL, value);
		for (how.unset = ENVSUBST_UNSET_FAILS;
		     how.unset <= ENVSUBST_UNSET_KEEPS; how.unset++)
			(void)replace(&how, text, strlen(text), &out);
		how.unset = ENVSUBST_UNSET_FAILS;
		escape(&how, text, strlen(text));
		match(arena, value, text);
	}
	arena_free(arena);
	return 0;
}
