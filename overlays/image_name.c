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

static bool is_alnum(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
	       (byte >= 'A' && byte <= 'Z');
}

static bool is_one_of(char byte, const char *set)
{
	return byte && strchr(set, byte);
}

bool image_is_plain(const char *name)
{
	for (; *name; name++)
		if (!is_alnum(*name) && !is_one_of(*name, "/:@._-"))
			return false;
	return true;
}

/* [a-zA-Z0-9_.{}-]* */
static const char *skip_tag(const char *at)
{
	while (is_alnum(*at) || is_one_of(*at, "_.{}-"))
		at++;
	return at;
}

/* [a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*: and a tag; NULL: it is none. */
static const char *skip_digest(const char *at)
{
	for (;;) {
		if (!is_alnum(*at))
			return NULL;
		while (is_alnum(*at))
			at++;
		if (*at == ':')
			return skip_tag(at + 1);
		if (!is_one_of(*at, ".+_-"))
			return NULL;
		at++;
	}
}

bool image_is_named(const char *image, const char *name, bool any_digest)
{
	for (; *name; name++, image++)
		if (!*image ||
		    (*name == '.' ? *image == '\n' : *name != *image))
			return false;
	if (*image == ':')
		image = skip_tag(image + 1);
	if (*image == '@' && any_digest)
		image = skip_digest(image + 1);
	else if (strncmp(image, "@sha256:", 8) == 0)
		image = skip_tag(image + 8);
	return image && !*image;
}
