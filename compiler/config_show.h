/*
 * `config show`: every setting of a target in an environment with its value
 * and the place it comes from, then those of the whole run.
 */
#ifndef COMPILER_CONFIG_SHOW_H
#define COMPILER_CONFIG_SHOW_H

struct run;
struct str;

/* Append the settings of all jobs, which are resolved. */
void config_show(struct run *run, struct str *out);

#endif
