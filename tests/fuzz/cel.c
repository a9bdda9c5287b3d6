/*
 * Expressions of CEL: what is refused is refused inside of the text, and what
 * is taken is taken in parentheses as well.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "lints/schema/cel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const variables[] = { "self", "oldSelf", NULL };
	const struct cel_names names = { variables, NULL };
	struct arena *arena = arena_new();
	const char *text = arena_strndup(arena, (const char *)data, size);
	struct cel_problem problem = { 0 };

	if (cel_refused(arena, text, &names, &problem)) {
		if (!problem.reason || problem.begin > strlen(text) ||
		    problem.len > strlen(text) - problem.begin)
			abort();
	} else if (cel_refused(arena, arena_printf(arena, "(%s\n)", text),
			       &names, &problem)) {
		abort();
	}
	arena_free(arena);
	return 0;
}
