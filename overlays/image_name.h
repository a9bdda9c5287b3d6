/*
 * Names of images: registry/name:tag@digest.
 */
#ifndef OVERLAYS_IMAGE_NAME_H
#define OVERLAYS_IMAGE_NAME_H

#include <stdbool.h>

struct overlay_run;

/* What becomes of an image; "" leaves a part as it is. */
struct image_change {
	const char *new_name;
	const char *new_tag;
	const char *digest;
	const char *tag_suffix;
};

/* The text without tag and digest. */
const char *image_name(struct overlay_run *run, const char *text);

const char *image_renamed(struct overlay_run *run,
			  const struct image_change *change, const char *text);

/* Whether the name of an entry holds nothing of a pattern but dots. */
bool image_is_plain(const char *name);

/*
 * Whether an image that is ASCII has such a name, as the pattern that
 * kustomize makes of it matches: a dot is any character.  `any_digest`: not
 * only those of SHA-256.
 */
bool image_is_named(const char *image, const char *name, bool any_digest);

#endif
