/*
 * `lint:` of one place of a project, as rules see it: patterns of paths in a
 * file are relative to its folder, while findings name files as the user does.
 */
#ifndef COMPILER_LINT_SECTION_H
#define COMPILER_LINT_SECTION_H

struct arena;
struct settings_level;
struct tree_view;
struct value;

/* NULL: there is none at this level. */
const struct value *lint_section(struct arena *arena, struct tree_view *view,
				 const struct settings_level *level);

#endif
