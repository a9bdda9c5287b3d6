/*
 * The manual, from the descriptors of commands and the rows of their options:
 * plimsoll(1) and the page docs/generated/options.md.
 */
#ifndef COMPILER_MANUAL_H
#define COMPILER_MANUAL_H

struct str;

/* The man page, in the macros of man(7). */
void manual_man(struct str *out);

/* Commands, options, variables and limits as Markdown. */
void manual_markdown(struct str *out);

#endif
