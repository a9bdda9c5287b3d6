/*
 * Versions and constraints on them: a constraint, a line feed, a version.  What
 * is printed of a version reads as the same one, and comparing is consistent.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "templates/chart_verbs.h"
#include "templates/semver.h"

static void check_version(struct arena *arena, const char *text, size_t len)
{
	struct semver version, again;
	struct str out;

	if (!semver_parse(&version, arena, text, len))
		return;
	str_init(&out, arena);
	semver_put(&out, &version);
	if (!semver_parse(&again, arena, str_text(&out), out.len) ||
	    semver_compare(&version, &again) != 0 ||
	    semver_compare(&version, &version) != 0)
		abort();
}

static void check_pair(struct arena *arena, const char *one, const char *two)
{
	struct semver a, b;

	if (!semver_parse(&a, arena, one, strlen(one)) ||
	    !semver_parse(&b, arena, two, strlen(two)))
		return;
	if ((semver_compare(&a, &b) < 0) != (semver_compare(&b, &a) > 0))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *text = arena_strndup(arena, (const char *)data, size);
	const char *feed = strchr(text, '\n');
	const char *constraint =
		feed ? arena_strndup(arena, text, (size_t)(feed - text)) : text;
	const char *version = feed ? feed + 1 : text;

	check_version(arena, version, strlen(version));
	check_pair(arena, constraint, version);
	(void)chart_range(arena, constraint, version);
	arena_free(arena);
	return 0;
}
