/*
 * References to images: [registry[:port]/]repository[:tag][@digest]
 */
#ifndef LINTS_SUBJECTS_IMAGE_H
#define LINTS_SUBJECTS_IMAGE_H

struct arena;

/* Absent parts are "". */
struct lint_image {
	const char *registry; /* "" for those of Docker Hub without a host */
	const char *repository;
	const char *tag;
	const char *digest; /* not "" either for what a build will pin */
};

struct lint_image lint_image_split(struct arena *arena, const char *text);

#endif
