/*
 * `lint:` of one place of a project, as rules see it: patterns of paths in a
 * file are relative to its folder, those that rules get to the root of the
 * tree.
 */
#ifndef COMPILER_LINT_SECTION_H
#define COMPILER_LINT_SECTION_H

struct arena;
struct settings_level;
struct value;

/* NULL: there is none at this level. */
const struct value *lint_section(struct arena *arena,
				 const struct settings_level *level);

#endif
