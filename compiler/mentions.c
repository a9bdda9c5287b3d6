/*
 * A name that leads out of the folder has ".." in it, and stands as it is in
 * the text unless it is escaped.  It begins and ends at one of the characters
 * below, as names that have none of them in them do in every style of YAML.
 */
#include "compiler/mentions.h"

#include <string.h>

#include "base/arena.h"

static const char ends[] = " \t\r\n\"'[]{},:=#&*!|>%@`\\?";

bool mentions_can_be_found(const char *path)
{
	return !path[strcspn(path, ends)];
}

void mentions_find(struct arena *arena, const char *text,
		   struct mentions *mentions)
{
	const char *at = text, *end;

	/* The objects of units name files, too, and stand in other files. */
	mentions->any = strchr(text, '\\') || strstr(text, "generators:") ||
			strstr(text, "transformers:") ||
			strstr(text, "validators:");
	while ((at = strstr(at, ".."))) {
		end = at + strcspn(at, ends);
		/* What leads down first is rare, and where from is not seen. */
		if (at > text && !strchr(ends, at[-1]))
			mentions->any = true;
		vec_push(arena, &mentions->paths,
			 arena_strndup(arena, at, (size_t)(end - at)));
		at = end;
	}
}
