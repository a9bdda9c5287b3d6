/*
 * The generator of Git: a set of parameters for each folder that matches, or
 * for each that a file of parameters holds.
 */
#include <string.h>

#include "base/arena.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/str.h"
#include "base/tree.h"
#include "compiler/gitops/application_set.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "compiler/run.h"
#include "model/value.h"
#include "model/yaml_read.h"

enum {
	DEPTH_MAX = 64,       /* folders in folders */
	NAME_MAX_LENGTH = 253 /* of DNS */
};

struct walk {
	struct run *run;
	VEC(const char *) files;
	VEC(const char *) dirs;
};

static void walk(struct walk *walking, const char *dir, unsigned depth)
{
	struct arena *arena = walking->run->arena;
	struct tree_listing listing;
	size_t i;

	if (depth > DEPTH_MAX ||
	    tree_view_list(&walking->run->view, dir, &listing) != TREE_OK)
		return;
	for (i = 0; i < listing.count; i++) {
		const char *name = listing.items[i].name;
		const char *path = path_below(arena, dir, name);

		if (listing.items[i].kind == TREE_FILE)
			vec_push(arena, &walking->files, path);
		if (listing.items[i].kind != TREE_DIR ||
		    strcmp(name, ".git") == 0)
			continue;
		/* What is hidden holds files, but is no folder to apply. */
		if (name[0] != '.' && !strstr(path, "/."))
			vec_push(arena, &walking->dirs, path);
		walk(walking, path, depth + 1);
	}
}

/* All of the tree, once for all generators. */
static void walk_once(struct gitops *gitops)
{
	struct walk walking = { .run = gitops->run };

	if (gitops->walked)
		return;
	gitops->walked = true;
	walk(&walking, "", 0);
	gitops->files.items = walking.files.items;
	gitops->files.count = walking.files.count;
	gitops->dirs.items = walking.dirs.items;
	gitops->dirs.count = walking.dirs.count;
}

/* A name as DNS allows it. */
static const char *normalised(struct arena *arena, const char *name)
{
	struct str out;

	str_init(&out, arena);
	for (; *name && out.len < NAME_MAX_LENGTH; name++) {
		char byte = *name;

		if (byte >= 'A' && byte <= 'Z')
			byte |= 0x20;
		str_putc(&out, byte == '-' || byte == '.' ||
					       (byte >= 'a' && byte <= 'z') ||
					       (byte >= '0' && byte <= '9')
				       ? byte
				       : '-');
	}
	while (out.len && strchr("-.", out.text[out.len - 1]))
		out.len--;
	name = str_text(&out);
	return name + strspn(name, "-.");
}

static struct value *text(struct application_set *set, const char *from)
{
	return value_new_cstring(set->arena, NULL, from);
}

/* Parts of a path, under the names that templates know. */
struct parts {
	const char *dir;
	const char *file; /* or NULL */
	const char *prefix;
};

/* As a map `path` for Go templates. */
static void add_tree(struct application_set *set, struct value *params,
		     const struct parts *parts)
{
	struct arena *arena = set->arena;
	struct value *path = value_new_map(arena, NULL);
	struct value *segments = value_new_list(arena, NULL), *outer;
	const char *base = path_base(arena, parts->dir);
	const char *at = parts->dir;
	size_t len;

	value_set(arena, path, "path", text(set, parts->dir));
	value_set(arena, path, "basename", text(set, base));
	value_set(arena, path, "basenameNormalized",
		  text(set, normalised(arena, base)));
	for (;; at += len + 1) {
		len = strcspn(at, "/");
		value_append(arena, segments,
			     value_new_string(arena, NULL, at, len));
		if (!at[len])
			break;
	}
	value_set(arena, path, "segments", segments);
	if (parts->file) {
		value_set(arena, path, "filename", text(set, parts->file));
		value_set(arena, path, "filenameNormalized",
			  text(set, normalised(arena, parts->file)));
	}
	if (!*parts->prefix) {
		value_set(arena, params, "path", path);
		return;
	}
	outer = value_new_map(arena, NULL);
	value_set(arena, outer, "path", path);
	value_set(arena, params, parts->prefix, outer);
}

/* As "path", "path.basename", "path[0]" ... */
static void add_flat(struct application_set *set, struct value *params,
		     const struct parts *parts)
{
	struct arena *arena = set->arena;
	const char *name = *parts->prefix
				   ? arena_join(arena, parts->prefix, ".path")
				   : "path";
	const char *base = path_base(arena, parts->dir), *at = parts->dir;
	size_t len, i;

	value_set(arena, params, name, text(set, parts->dir));
	value_set(arena, params, arena_join(arena, name, ".basename"),
		  text(set, base));
	value_set(arena, params, arena_join(arena, name, ".basenameNormalized"),
		  text(set, normalised(arena, base)));
	for (i = 0;; i++, at += len + 1) {
		len = strcspn(at, "/");
		value_set(arena, params,
			  arena_printf(arena, "%s[%zu]", name, i),
			  value_new_string(arena, NULL, at, len));
		if (!at[len])
			break;
	}
	if (!parts->file)
		return;
	value_set(arena, params, arena_join(arena, name, ".filename"),
		  text(set, parts->file));
	value_set(arena, params, arena_join(arena, name, ".filenameNormalized"),
		  text(set, normalised(arena, parts->file)));
}

/* `dir` and `file` of `parts` are set. */
static bool add(struct application_set *set, const struct value *git,
		struct value *params, struct parts *parts,
		struct set_entries *entries)
{
	parts->prefix = value_string_or(value_get(git, "pathParamPrefix"), "");
	if (set->go)
		add_tree(set, params, parts);
	else
		add_flat(set, params, parts);
	return set_add_values(set, params, value_get(git, "values")) &&
	       set_add(set, entries, params);
}

/* Whether a pattern takes a path in and no other leaves it out. */
static bool is_taken(struct arena *arena, const struct value *patterns,
		     const char *path, bool across)
{
	const struct value *item;
	bool taken = false;

	list_foreach (item, patterns) {
		const char *pattern =
			value_string_or(value_get(item, "path"), "");

		if (across ? !glob_match(GLOB_GOBWAS,
					 gitops_wide_pattern(arena, pattern),
					 path)
			   : !glob_match(GLOB_PATH, pattern, path))
			continue;
		if (value_is_true(value_get(item, "exclude")))
			return false;
		taken = true;
	}
	return taken;
}

static bool generate_dirs(struct application_set *set, const struct value *git,
			  struct set_entries *entries)
{
	const struct gitops *gitops = set->found->gitops;
	const struct value *patterns = value_get(git, "directories");
	size_t i;

	for (i = 0; i < gitops->dirs.count; i++) {
		struct parts parts = { .dir = gitops->dirs.items[i] };

		if (is_taken(set->arena, patterns, parts.dir, false) &&
		    !add(set, git, value_new_map(set->arena, NULL), &parts,
			 entries))
			return false;
	}
	return true;
}

static bool add_object(struct application_set *set, const struct value *git,
		       const struct value *object, const char *path,
		       struct set_entries *entries)
{
	struct parts parts = {
		.dir = path_dir(set->arena, path),
		.file = path_base(set->arena, path),
	};
	struct value *params;

	/* An empty file is a set of parameters without any. */
	if (!value_is_map(object))
		params = value_new_map(set->arena, NULL);
	else
		params = set->go ? value_copy_deep(set->arena, object)
				 : set_flatten(set, object);
	return add(set, git, params, &parts, entries);
}

static bool add_file(struct application_set *set, const struct value *git,
		     const char *path, struct set_entries *entries)
{
	const struct yaml_options options = { .dialect = YAML_HELM };
	struct run *run = set->found->gitops->run;
	const struct value *read, *item;
	struct source *source;

	if (tree_view_read(&run->view, path, SOURCE_VALUES, &source) != TREE_OK)
		return true;
	vec_push(run->arena, &set->found->gitops->asking.files, path);
	read = yaml_read_reported(set->arena, source, &options,
				  &set->found->job->diags);
	if (!read)
		return false;
	if (!value_is_list(read))
		return add_object(set, git, read, path, entries);
	list_foreach (item, read)
		if (!add_object(set, git, item, path, entries))
			return false;
	return true;
}

/*
 * Files are matched as `git ls-files` does it: a star goes across folders, and
 * a pattern that is a folder means all below it.
 */
static bool generate_files(struct application_set *set, const struct value *git,
			   struct set_entries *entries)
{
	const struct gitops *gitops = set->found->gitops;
	const struct value *patterns = value_get(git, "files");
	size_t i;

	for (i = 0; i < gitops->files.count; i++) {
		const char *file = gitops->files.items[i];

		if (is_taken(set->arena, patterns, file, true) &&
		    !add_file(set, git, file, entries))
			return false;
	}
	return true;
}

bool set_generate_git(struct application_set *set, const struct value *git,
		      struct set_entries *entries)
{
	const char *url = value_string_or(value_get(git, "repoURL"), "");

	if (!*url || !gitops_is_here(set->found->gitops, url)) {
		gitops_skip(set->found,
			    *url ? "%s is another repository"
				 : "its generator names no repository%s",
			    url);
		return false;
	}
	walk_once(set->found->gitops);
	return value_count(value_get(git, "directories"))
		       ? generate_dirs(set, git, entries)
		       : generate_files(set, git, entries);
}
