/*
 * Completions for shells, from the descriptors of commands and the rows of
 * their options.  A verb is a lower-case word of a command's usage.
 */
#ifndef COMPILER_COMPLETION_H
#define COMPILER_COMPLETION_H

struct str;

void completion_bash(struct str *out);
void completion_zsh(struct str *out);
void completion_fish(struct str *out);

#endif
