#include "lints/subjects/image.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"

static const char KO[] = "ko://";

/* The first part is a host if it could not be a folder of Docker Hub. */
static bool is_host(const char *part, size_t len)
{
	if (len == strlen("localhost") && strncmp(part, "localhost", len) == 0)
		return true;
	return memchr(part, '.', len) || memchr(part, ':', len);
}

struct lint_image lint_image_split(struct arena *arena, const char *text)
{
	struct lint_image image = { "", "", "", "" };
	const char *digest = strchr(text, '@');
	const char *slash = strchr(text, '/');
	char *name, *last, *colon;

	/* ko builds it, and puts its digest in this place. */
	if (strncmp(text, KO, strlen(KO)) == 0) {
		image.repository = arena_strdup(arena, text + strlen(KO));
		image.digest = "ko";
		return image;
	}
	if (digest)
		image.digest = arena_strdup(arena, digest + 1);
	name = arena_strndup(arena, text,
			     digest ? (size_t)(digest - text) : strlen(text));
	if (slash && (!digest || slash < digest) &&
	    is_host(text, (size_t)(slash - text))) {
		image.registry =
			arena_strndup(arena, text, (size_t)(slash - text));
		name += slash - text + 1;
	}
	/* host:5000/app has no tag: a tag follows the last slash. */
	last = strrchr(name, '/');
	colon = strchr(last ? last : name, ':');
	if (colon) {
		*colon = '\0';
		image.tag = colon + 1;
	}
	image.repository = name;
	return image;
}
