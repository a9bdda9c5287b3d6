/*
 * Every limit, with its reason.  What users may need to raise has a name for
 * --limit NAME=VALUE and for `limits:` in the project file (LIMIT rows below);
 * the others are bounds of our own representation.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

/* LIMIT(field, "name", default, "help") */
#define LIMITS(LIMIT)                                                          \
	LIMIT(file_size, "file-size", 64u << 20,                               \
	      "Largest file that is read, in bytes.")                          \
	LIMIT(aliases, "aliases", 10000000,                                    \
	      "Most nodes that aliases of one document may stand for, and "    \
	      "that patches and replacements put in.")                         \
	LIMIT(tree_depth, "tree-depth", 1000,                                  \
	      "Deepest nesting of a document, of folders and of charts.")      \
	LIMIT(base_depth, "base-depth", 12000,                                 \
	      "Deepest nesting of kustomizations in kustomizations.")          \
	LIMIT(template_depth, "template-depth", 1000,                          \
	      "Deepest nesting of includes of one name.")                      \
	LIMIT(tpl_depth, "tpl-depth", 50000,                                   \
	      "Deepest nesting of tpl in the texts that tpl gets.")            \
	LIMIT(template_steps, "template-steps", 200000000,                     \
	      "Most template nodes that one target may evaluate.")             \
	LIMIT(template_memory, "template-memory", 4ull << 30,                  \
	      "Most bytes that the templates of one target may take.")         \
	LIMIT(output_size, "output-size", 512u << 20,                          \
	      "Most bytes that one target may render.")                        \
	LIMIT(schema_steps, "schema-steps", 2000000,                           \
	      "Most schemas that values.schema.json or a check may apply to "  \
	      "a value; comparing and searching count for parts of one.")      \
	/* Helm's own bounds. */                                               \
	LIMIT(chart_file_size, "chart-file-size", 5u << 20,                    \
	      "Largest file of a chart, in bytes.")                            \
	LIMIT(archive_size, "archive-size", 100u << 20,                        \
	      "Most bytes that the files of one archive may have.")            \
	LIMIT(time, "time", 120, "Most seconds that one target may take.")     \
	LIMIT(objects, "objects", 200000, "Most objects in one target.")       \
	LIMIT(members, "members", 20000,                                       \
	      "Most targets of a project, and most members of a family.")      \
	LIMIT(follow_depth, "follow-depth", 32,                                \
	      "Most objects of Flux and Argo CD that apply one another.")

struct limits {
#define LIMIT(field, name, value, help) uint64_t field;
	LIMITS(LIMIT)
#undef LIMIT
};

/* The defaults. */
struct limits limits_default(void);

/* Set a limit by its name; false if there is none of this name. */
bool limits_set(struct limits *limits, const char *name, uint64_t value);

/* The same from "NAME=VALUE"; false if it is not that either. */
bool limits_set_word(struct limits *limits, const char *word);

/* "file-size, aliases, ... and objects" */
extern const char *const limits_names;

/* Offsets in sources are 32 bits. */
#define LIMIT_SOURCE_BYTES UINT32_MAX

#endif
