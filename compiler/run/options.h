/*
 * Flags that build, lint, why and config share: one table, one struct, which
 * a command's own struct holds.
 */
#ifndef COMPILER_RUN_OPTIONS_H
#define COMPILER_RUN_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "compiler/options.h"

struct run_options {
	struct option_texts env;
	const char *output;
	const char *name_space;
	const char *stdin_filename;
	const char *root;
	struct option_texts limit;
	const char *kubernetes;
	struct option_texts compat;
	struct option_texts format;
	const char *fail_on;
	const char *profile;
	const char *pss_version;
	struct option_texts only;
	const char *max_diagnostics;
	struct option_texts var;
	const char *seed;
	bool strict_values;
	bool allow_empty;
	bool require_schemas;
	bool show_skipped;
	bool show_ignored;
	const char *baseline;
	bool update_baseline;
	bool prune_baseline;
	bool check;
	const char *deps;
	bool prune;
	bool hermetic;
	const char *shard;
	bool staged;
	const char *at;
	const char *new_from;
	const char *new_from_merge_base;
	const char *config;
	bool isolated;
	int64_t jobs;
	const char *color;
	bool verbose;
	bool quiet;
	bool trace;
	const char *stop_after;
};

/* Headings of --help; RUN_GROUPS(offset) are their groups. */
extern const struct option run_options_what[];
extern const struct option run_options_shard[]; /* of build and lint */
extern const struct option run_options_git[];
extern const struct option run_options_checks[];
extern const struct option run_options_rendering[];
extern const struct option run_options_run[];

#define RUN_GROUPS(at)                                                         \
	{ "What and where", run_options_what, (at) },                          \
		{ "Git", run_options_git, (at) },                              \
		{ "Checks", run_options_checks, (at) },                        \
		{ "Rendering", run_options_rendering, (at) },                  \
	{                                                                      \
		"The run", run_options_run, (at)                               \
	}

/* The same for commands whose output is not a report of findings. */
#define RUN_GROUPS_UNCHECKED(at)                                               \
	{ "What and where", run_options_what, (at) },                          \
		{ "Git", run_options_git, (at) },                              \
		{ "Rendering", run_options_rendering, (at) },                  \
	{                                                                      \
		"The run", run_options_run, (at)                               \
	}

#endif
