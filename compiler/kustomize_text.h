/*
 * Texts of the kustomize command line, as that program prints them.
 */
#ifndef COMPILER_KUSTOMIZE_TEXT_H
#define COMPILER_KUSTOMIZE_TEXT_H

struct arena;
struct bundle;
struct object;

extern const char kustomize_help[];
extern const char kustomize_build_help[];
extern const char kustomize_version_json[];
extern const char kustomize_version_yaml[];
extern const char kustomize_version_usage[];
extern const char kustomize_version_help[];

/* The file of one resource under `-o DIR`. */
const char *kustomize_file_name(struct arena *arena,
				const struct bundle *bundle,
				const struct object *object, const char *dir);

#endif
