/*
 * Names of images: registry/name:tag@digest.
 */
#ifndef OVERLAYS_IMAGE_NAME_H
#define OVERLAYS_IMAGE_NAME_H

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

#endif
