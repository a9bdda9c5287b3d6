/*
 * The files of a run: the work tree on disk, or a snapshot that Git holds.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/tree_disk.h"
#include "compiler/git.h"
#include "compiler/run.h"

static char *working_directory(struct arena *arena)
{
	char *path = getcwd(NULL, 0);
	char *copy = path ? arena_strdup(arena, path) : NULL;

	free(path);
	return copy;
}

/* --root, else the Git work tree, else the working directory. */
static const char *find_root(struct run *run)
{
	const char *root = run->options->root;
	char *real;

	if (!root) {
		run->git_root = git_find_root(run->arena, run->cwd);
		/* A server renders revisions of what it keeps. */
		if (!run->git_root && run->options->at &&
		    git_is_bare(run->arena, run->cwd))
			run->git_root = run->cwd;
		return run->git_root ? run->git_root : run->cwd;
	}
	real = realpath(root, NULL);
	if (!real) {
		diag_error(run->diags, NULL, "--root %s cannot be entered: %s",
			   root, strerror(errno));
		return NULL;
	}
	root = arena_strdup(run->arena, real);
	free(real);
	return root;
}

struct git *run_git(struct run *run)
{
	if (!run->git)
		run->git = git_open(run->arena, run->diags, run->git_root);
	if (run->git && run->look)
		git_use_look(run->git, run->look);
	run->look = NULL;
	return run->git;
}

struct git *run_git_if_readable(struct run *run)
{
	struct diag_sink aside;
	size_t i;

	if (run->git || run->git_refused)
		return run->git;
	diag_sink_init(&aside, run->arena);
	run->git = git_open(run->arena, &aside, run->git_root);
	run->git_refused = !run->git;
	for (i = 0; !run->options->quiet && i < aside.diags.count; i++)
		fprintf(stderr, "warning: %s%s%s\n",
			aside.diags.items[i]->message,
			aside.diags.items[i]->help ? "; " : "",
			aside.diags.items[i]->help ? aside.diags.items[i]->help
						   : "");
	return run->git;
}

enum tree_status run_locate(struct run *run, const char *typed,
			    const char **path)
{
	const char *name;

	if (run->on_disk)
		return tree_disk_locate(run->tree, run->arena, typed, path);
	name = path_relative(run->arena, run->root,
			     path_join(run->arena, run->cwd, typed));
	if (!path_is_below(name, ""))
		return TREE_OUTSIDE;
	*path = strcmp(name, ".") == 0 ? "" : name;
	return TREE_OK;
}

static bool open_disk(struct run *run)
{
	const struct limits limits = limits_default();

	run->on_disk = true;
	run->tree = tree_disk_open(run->root, run->cwd, limits.file_size);
	return run->tree ||
	       diag_error(run->diags, NULL, "%s cannot be read: %s", run->root,
			  strerror(errno));
}

static bool open_snapshot(struct run *run)
{
	const struct run_options *options = run->options;
	const char *flag = options->at ? "--at" : "--staged";
	const struct limits limits = limits_default();

	if (options->at && options->staged)
		return diag_error(run->diags, NULL,
				  "--at and --staged name two states to read; "
				  "one is needed");
	if (!run->git_root && !options->root &&
	    git_is_bare(run->arena, run->cwd))
		return diag_error(run->diags, NULL,
				  "%s reads what is staged, and %s is a bare "
				  "repository, which has no index; --at REV "
				  "reads a revision",
				  flag, run->cwd);
	if (!run->git_root)
		return diag_error(run->diags, NULL,
				  "%s reads from a Git repository, and %s is "
				  "in none%s",
				  flag, run->cwd,
				  options->root ? " that --root leaves" : "");
	if (!run_git(run) || run_locate(run, ".", &run->here) != TREE_OK)
		return false;
	run->tree = options->at ? git_open_revision(run->git, run->diags,
						    options->at, run->here,
						    limits.file_size)
				: git_open_index(run->git, run->diags,
						 run->here, limits.file_size);
	return run->tree != NULL;
}

bool run_open_tree(struct run *run)
{
	const struct run_options *options = run->options;

	run->cwd = working_directory(run->arena);
	if (!run->cwd)
		return diag_error(run->diags, NULL,
				  "the working directory is gone: %s",
				  strerror(errno));
	run->root = find_root(run);
	if (run->root && run->git_root && !options->at && !options->staged &&
	    (options->new_from || options->new_from_merge_base))
		run->look = git_look_begin(run->arena, run->git_root,
					   run_workers(run));
	if (!run->root || !(options->at || options->staged ? open_snapshot(run)
							   : open_disk(run)))
		return false;
	tree_view_init(&run->view, run->tree, run->arena);
	if (run_locate(run, ".", &run->here) != TREE_OK)
		run->here = "";
	return true;
}
