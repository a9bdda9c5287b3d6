/*
 * What is wrong with an expression, as findings say it.
 */
#include "lints/schema/cel.h"

#include <string.h>

#include "base/arena.h"
#include "model/placeholder.h"
#include "model/value.h"

const char *cel_complaint(struct arena *arena, const struct value *expression,
			  const struct cel_names *names,
			  struct cel_problem *problem)
{
	const char *text = value_string_or(expression, "");
	const char *line = text, *feed;
	size_t number = 1;

	if (!*text || strlen(text) != expression->len ||
	    placeholder_in(text, expression->len) ||
	    !cel_refused(arena, text, names, problem))
		return NULL;
	while ((feed = strchr(line, '\n')) != NULL &&
	       feed < text + problem->begin) {
		line = feed + 1;
		number++;
	}
	return arena_printf(arena, "CEL at %zu:%zu: %s", number,
			    (size_t)(text + problem->begin - line) + 1,
			    problem->reason);
}
