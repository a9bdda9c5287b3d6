#include "overlays/image_name.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "overlays/run.h"

struct image {
	const char *name;
	const char *tag;    /* NULL: none */
	const char *digest; /* NULL: none */
};

/* Behind the first slash, so that the port of a registry is no tag. */
static struct image split(struct overlay_run *run, const char *text)
{
	struct image image = { text, NULL, NULL };
	const char *slash = strchr(text, '/');
	const char *rest = slash && slash != text ? slash : text;
	const char *colon = strchr(rest, ':');
	const char *at = strchr(rest, '@');

	if (at && colon && colon > at)
		colon = NULL;
	if (at)
		image.digest = at + 1;
	if (colon)
		image.tag = arena_strndup(run->arena, colon + 1,
					  at ? (size_t)(at - colon - 1)
					     : strlen(colon + 1));
	if (colon || at)
		image.name =
			arena_strndup(run->arena, text,
				      (size_t)((colon ? colon : at) - text));
	return image;
}

const char *image_name(struct overlay_run *run, const char *text)
{
	return split(run, text).name;
}

const char *image_renamed(struct overlay_run *run,
			  const struct image_change *change, const char *text)
{
	struct image image = split(run, text);
	struct str out;

	if (*change->new_name)
		image.name = change->new_name;
	if (*change->new_tag && *change->digest) {
		image.tag = change->new_tag;
		image.digest = change->digest;
	} else if (*change->new_tag) {
		image.tag = change->new_tag;
		image.digest = NULL;
	} else if (*change->digest) {
		image.tag = NULL;
		image.digest = change->digest;
	} else if (*change->tag_suffix) {
		image.tag =
			overlay_text(run, "%s%s", image.tag ? image.tag : "",
				     change->tag_suffix);
		image.digest = NULL;
	}
	str_init(&out, run->arena);
	str_puts(&out, image.name);
	if (image.tag && *image.tag)
		str_printf(&out, ":%s", image.tag);
	if (image.digest && *image.digest)
		str_printf(&out, "@%s", image.digest);
	return str_text(&out);
}
