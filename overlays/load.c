#include "overlays/load.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/tree.h"
#include "model/resolver.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "overlays/layer.h"
#include "overlays/run.h"

static const char *cleaned(struct overlay_run *run, const char *path)
{
	path = path_clean(run->arena, path);
	while (*path == '/')
		path++;
	return strcmp(path, ".") == 0 ? "" : path;
}

/* Where the root is that of the disk nothing lies above it. */
static bool has_outside(const struct overlay_run *run)
{
	struct tree *tree = run->view->tree;

	return !tree->class->inside ||
	       path_is_absolute(tree->class->inside(tree, "/", run->arena));
}

const char *load_path(struct overlay_run *run, const char *name)
{
	const char *path;

	if (path_is_absolute(name))
		return cleaned(run, name);
	path = path_join(run->arena, run->layer->root, name);
	/* A folder outside of the tree is known by its whole path. */
	if (path_is_absolute(path))
		return path;
	if (!path_is_below(path, "") && has_outside(run))
		return path;
	/* A leading slash keeps ".." from climbing above the root. */
	return cleaned(run,
		       overlay_text(run, "/%s/%s", run->layer->root, name));
}

bool load_is_http(const char *name)
{
	return strncmp(name, "http://", 7) == 0 ||
	       strncmp(name, "https://", 8) == 0;
}

static bool has_scheme(const char *name)
{
	static const char *const schemes[] = { "ssh://", "https://", "http://",
					       "file://" };
	size_t i, j;

	for (i = 0; i < ARRAY_COUNT(schemes); i++) {
		for (j = 0; schemes[i][j]; j++)
			if ((name[j] | 0x20) != (schemes[i][j] | 0x20))
				break;
		if (!schemes[i][j])
			return true;
	}
	return false;
}

/* name@ of scp-style addresses: [a-zA-Z][a-zA-Z0-9-]* */
static bool has_user(const char *name)
{
	size_t i = strspn(name, "abcdefghijklmnopqrstuvwxyz"
				"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

	return i > 0 && name[i] == '@' && ((name[0] | 0x20) >= 'a') &&
	       ((name[0] | 0x20) <= 'z');
}

static bool is_git(const char *name)
{
	if (strncmp(name, "git::", 5) == 0)
		name += 5;
	if (path_is_absolute(name))
		return false;
	if (has_scheme(name))
		return strchr(strstr(name, "://") + 3, '/') != NULL;
	if (has_user(name))
		return strpbrk(name, ":/") != NULL;
	return strncmp(name, "github.com/", 11) == 0 ||
	       strncmp(name, "github.com:", 11) == 0;
}

bool load_is_remote(const char *name)
{
	return is_git(name) || load_is_http(name);
}

enum load_kind load_kind_of(struct overlay_run *run, const char *name)
{
	struct tree_stat stat;

	if (load_is_http(name))
		return LOAD_REMOTE;
	if (tree_view_stat(run->view, load_path(run, name), &stat) == TREE_OK)
		return stat.kind == TREE_DIR ? LOAD_DIR : LOAD_FILE;
	return is_git(name) ? LOAD_REMOTE : LOAD_MISSING;
}

const char *load_missing_text(struct overlay_run *run, const char *path)
{
	const char *part = path;
	struct tree_stat stat;
	const char *slash = path;

	/* The first part that is not there is named. */
	while ((slash = strchr(slash, '/')) != NULL) {
		part = arena_strndup(run->arena, path, (size_t)(slash - path));
		if (tree_view_stat(run->view, part, &stat) != TREE_OK)
			break;
		part = path;
		slash++;
	}
	return overlay_text(run,
			    "evalsymlink failure on '/%s' : lstat /%s: no "
			    "such file or directory",
			    path, part);
}

static bool cannot_read(struct overlay_run *run, const char *name,
			const char *native, const char *why,
			const struct origin *at)
{
	return overlay_fail(run, at, native, "cannot read %s: %s",
			    diag_quote(run->arena, name, strlen(name)), why);
}

static bool leads_out(struct overlay_run *run, const char *name,
		      const struct origin *at)
{
	(void)!overlay_fail(run, at, NULL, "%s is outside the root",
			    diag_quote(run->arena, name, strlen(name)));
	diag_help(run->diags,
		  "--root DIR names a folder above to read from; without it "
		  "the root is the Git work tree, or else the folder in which "
		  "plimsoll runs");
	return false;
}

/* "kustomization.yaml:2:3: ", for the one line that kustomize prints. */
static const char *place_text(struct overlay_run *run, const struct origin *at)
{
	struct line_column place;

	if (!at || !origin_source(at))
		return "";
	place = source_position(origin_source(at), at->begin);
	return overlay_text(run, "%s:%u:%u: ", origin_source(at)->name,
			    (unsigned)place.line, (unsigned)place.column);
}

bool load_refuse_remote(struct overlay_run *run, const char *name,
			const char *remedy, const struct origin *at)
{
	const char *shown = diag_quote(run->arena, name, strlen(name));

	fact_add(run->facts, FACT_INPUT_NOT_VENDORED, at,
		 "%s is remote and not in this repository, so the "
		 "kustomization was not built",
		 shown);
	if (!remedy)
		remedy = "copy it into the repository, or add it as a Git "
			 "submodule, and name that folder";
	if (run->facts)
		vec_last(&run->facts->facts)->help = remedy;
	if (run->options->missing_is_fact)
		return false;
	(void)!overlay_fail(run, at,
			    overlay_text(run,
					 "%s%s is remote, and nothing is "
					 "fetched; %s",
					 place_text(run, at), shown, remedy),
			    "%s is remote, and nothing is fetched", shown);
	diag_help(run->diags, "%s", remedy);
	return false;
}

/* Whether the restrictor lets a file be read; with its real path. */
static bool permitted(struct overlay_run *run, const char *name,
		      const char *path, const struct origin *at,
		      const char **real)
{
	enum tree_status status = tree_view_resolve(run->view, path, real);
	struct tree_stat stat;

	if (status == TREE_OUTSIDE)
		return leads_out(run, name, at);
	if (status != TREE_OK ||
	    tree_view_stat(run->view, *real, &stat) != TREE_OK)
		return cannot_read(run, name, load_missing_text(run, path),
				   "no such file", at);
	if (stat.kind == TREE_DIR)
		return cannot_read(
			run, name,
			overlay_text(run, "'/%s' must resolve to a file", path),
			"it is a folder", at);
	if ((run->options->any_file && !run->layer->cloned) ||
	    path_is_below(*real, run->layer->root) || !*run->layer->root)
		return true;
	(void)!overlay_fail(run, at,
			    overlay_text(run,
					 "security; file '/%s' is not in or "
					 "below '/%s'",
					 path, run->layer->root),
			    "%s is outside the folder of its kustomization",
			    diag_quote(run->arena, name, strlen(name)));
	diag_help(run->diags, "name a folder with a kustomization of its own, "
			      "or allow it: `loadRestrictor: none` of a "
			      "target or of `discover:`, --load-restrictor "
			      "LoadRestrictionsNone of `kustomize build`");
	return false;
}

bool load_file(struct overlay_run *run, const char *name,
	       const struct origin *at, enum source_role role,
	       struct source **source)
{
	enum tree_status status;
	const char *path, *real;

	if (load_is_http(name))
		return load_refuse_remote(run, name, NULL, at);
	path = load_path(run, name);
	if (!permitted(run, name, path, at, &real))
		return false;
	status = tree_view_read(run->view, real, role, source);
	if (status != TREE_OK)
		return cannot_read(run, name,
				   overlay_text(run, "open /%s: %s", path,
						tree_status_text(status)),
				   tree_status_text(status), at);
	return true;
}

bool load_document(struct overlay_run *run, const struct value *entry,
		   bool json_numbers, const struct value **document)
{
	const struct yaml_options options = { .dialect = YAML_HELM,
					      .limits = run->options->limits,
					      .json_numbers = json_numbers };
	struct yaml_problem problem = { 0 };
	struct source *source;

	if (!load_file(run, value_string_or(entry, ""), &entry->origin,
		       SOURCE_KUSTOMIZATION, &source))
		return false;
	*document = yaml_read(run->arena, source, 0, source->len, &options,
			      &problem);
	if (!*document) {
		yaml_problem_report(run->diags, source, &problem);
		diag_native(run->diags, "error converting YAML to JSON: %s",
			    yaml_problem_go(run->arena, &problem));
		native_adopt(run, "");
		return false;
	}
	return true;
}

static bool is_local(const char *name)
{
	return strncmp(name, "file://", 7) == 0 ||
	       strncmp(name, "git::file://", 12) == 0;
}

/* An address that an outer one begins with can only lead back to it. */
static bool check_addresses(struct overlay_run *run, const char *name,
			    const struct origin *at)
{
	const struct layer *layer;

	for (layer = run->layer; layer; layer = layer->parent)
		if (layer->remote &&
		    strncmp(layer->remote, name, strlen(name)) == 0)
			return overlay_fail(
				run, at,
				overlay_text(run,
					     "cycle detected: URI '%s' "
					     "referenced by previous URI '%s'",
					     name, layer->remote),
				"this repository is being built already: a "
				"cycle");
	return true;
}

bool load_repository(struct overlay_run *run, const char *name,
		     const struct origin *at, struct layer *layer)
{
	const struct resolver *resolver = run->options->resolver;
	const struct resolver_caller caller = { run->arena, run->view,
						run->layer->root, run->diags,
						run->facts };
	const struct base_request request = { name, at };
	struct base_answer *answer = arena_zalloc(run->arena, sizeof(*answer));
	struct tree_stat stat;

	if (!is_local(name) || !resolver || !resolver->base)
		return load_refuse_remote(run, name, NULL, at);
	if (!check_addresses(run, name, at) ||
	    !resolver->base(resolver->context, &caller, &request, answer))
		return false;
	layer->view = answer->view;
	layer->root = answer->path;
	layer->remote = name;
	layer->repository = answer;
	layer->cloned = layer;
	if (tree_view_stat(layer->view, layer->root, &stat) == TREE_OK &&
	    stat.kind == TREE_DIR)
		return true;
	return cannot_read(run, name, NULL,
			   "there is no such folder in that commit", at);
}

/* A part like "base - .." is two list entries run together. */
static bool is_ambiguous(const struct overlay_run *run, const char *name)
{
	const char *at = name;

	if (run->options->compat != OVERLAY_5_8_2)
		return false;
	while (*at) {
		size_t len = strcspn(at, "/"), i;

		for (i = 0; i + 1 < len; i++)
			if (at[i] == '.' && at[i + 1] == '.' && len != 2)
				return true;
		at += len + (at[len] == '/');
	}
	return false;
}

static bool ambiguous(struct overlay_run *run, const char *name,
		      const struct origin *at)
{
	const char *clean = path_clean(run->arena, name);

	return overlay_fail(
		run, at,
		overlay_text(run,
			     "path \"%s\" is ambiguous: resolves to \"%s\" "
			     "after normalization, which is likely not the "
			     "intended target; check for YAML indentation "
			     "errors in your kustomization file",
			     name, clean),
		"the path %s has \"..\" inside a longer part; two list "
		"entries may have run together",
		diag_quote(run->arena, name, strlen(name)));
}

static bool check_cycle(struct overlay_run *run, const char *dir,
			const struct origin *at)
{
	const struct layer *layer;

	for (layer = run->layer; layer; layer = layer->parent) {
		if (layer->view != run->view ||
		    (*dir && !path_is_below(layer->root, dir)))
			continue;
		return overlay_fail(
			run, at,
			overlay_text(run,
				     "cycle detected: candidate root '/%s' "
				     "contains visited root '/%s'",
				     dir, layer->root),
			"the kustomization in %s is being built already: a "
			"cycle",
			tree_view_display(run->view, layer->root));
	}
	return true;
}

bool load_dir(struct overlay_run *run, const char *name,
	      const struct origin *at, const char **dir)
{
	struct tree_stat stat;
	enum tree_status status;
	const char *path;

	if (!*name)
		return overlay_fail(run, at, "new root cannot be empty",
				    "an empty path is no folder");
	if (load_is_remote(name))
		return load_refuse_remote(run, name, NULL, at);
	if (path_is_absolute(name))
		return overlay_fail(
			run, at,
			overlay_text(run, "new root '%s' cannot be absolute",
				     name),
			"\"%s\" is absolute; a folder is named relative to "
			"the kustomization",
			name);
	if (is_ambiguous(run, name))
		return ambiguous(run, name, at);
	path = load_path(run, name);
	status = tree_view_resolve(run->view, path, dir);
	if (status == TREE_OK)
		status = tree_view_stat(run->view, *dir, &stat);
	if (status == TREE_OUTSIDE)
		return leads_out(run, name, at);
	if (status != TREE_OK)
		return cannot_read(
			run, name,
			overlay_text(run,
				     "must build at directory: not a valid "
				     "directory: %s",
				     load_missing_text(run, path)),
			status == TREE_MISSING ? "no such file or folder"
					       : tree_status_text(status),
			at);
	if (stat.kind != TREE_DIR)
		return cannot_read(
			run, name,
			overlay_text(run,
				     "must build at directory: '/%s': file is "
				     "not directory",
				     path),
			"it is not a folder", at);
	return check_cycle(run, *dir, at);
}
