/*
 * What "this repository" means to objects that name it by an address, and
 * which folder of it they speak of.
 *
 * Known addresses are `repository:` of the project file, else those of the Git
 * remotes.  Two more things count as this repository: the GitRepository
 * flux-system/flux-system, which is what `flux bootstrap` calls the repository
 * that it writes itself into, unless `repository:` says otherwise; and, where
 * no address is known at all, any whose path is here.
 */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/str.h"
#include "base/tree.h"
#include "compiler/git.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "compiler/run.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static bool is_digits(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	return len > 0;
}

/*
 * host/path of an address: https://, ssh:// and user@host:path are the same
 * repository; ".git" and a slash at the end, the port, the user and the case
 * say nothing.
 */
static const char *normalised(struct arena *arena, const char *url)
{
	const char *scheme = strstr(url, "://"), *user, *at;
	struct str out;
	size_t host;

	if (scheme)
		url = scheme + 3;
	user = strchr(url, '@');
	if (user && user < url + strcspn(url, "/"))
		url = user + 1;
	host = strcspn(url, ":/");
	str_init(&out, arena);
	str_put(&out, url, host);
	at = url + host;
	if (*at == ':' && is_digits(at + 1, strcspn(at + 1, "/")))
		at += 1 + strcspn(at + 1, "/");
	at += strspn(at, ":/");
	str_printf(&out, "/%s", at);
	while (out.len && out.text[out.len - 1] == '/')
		out.len--;
	if (out.len > 4 && memcmp(out.text + out.len - 4, ".git", 4) == 0)
		out.len -= 4;
	for (host = 0; host < out.len; host++)
		if (out.text[host] >= 'A' && out.text[host] <= 'Z')
			out.text[host] |= 0x20;
	return str_text(&out);
}

static void add_url(struct gitops *gitops, struct git_paths *urls,
		    const char *url)
{
	vec_push(gitops->arena, urls, normalised(gitops->arena, url));
}

static void find_urls(struct gitops *gitops)
{
	struct run *run = gitops->run;
	const struct value *given = value_get(run->project->root, "repository");
	struct git_paths urls = { 0 }, remotes = { 0 };
	const struct value *item;
	size_t i;

	gitops->urls.known = true;
	if (value_is_string(given))
		add_url(gitops, &urls, given->string);
	list_foreach (item, given)
		add_url(gitops, &urls, value_string_or(item, ""));
	gitops->urls.given = urls.count > 0;
	if (!urls.count && run->git_root && run_git_if_readable(run)) {
		git_remotes(run->git, gitops->arena, &remotes);
		for (i = 0; i < remotes.count; i++)
			add_url(gitops, &urls, remotes.items[i]);
	}
	gitops->urls.items = urls.items;
	gitops->urls.count = urls.count;
}

/* Whether there is an address to compare with at all. */
static bool has_urls(struct gitops *gitops)
{
	if (!gitops->urls.known)
		find_urls(gitops);
	return gitops->urls.count > 0;
}

bool gitops_is_here(struct gitops *gitops, const char *url)
{
	const char *wanted = normalised(gitops->arena, url);
	size_t i;

	if (!has_urls(gitops))
		return true;
	for (i = 0; i < gitops->urls.count; i++)
		if (strcmp(gitops->urls.items[i], wanted) == 0)
			return true;
	return false;
}

struct reference {
	const char *kind;
	const char *name;
	const char *name_space;
};

static struct reference reference_of(const struct gitops_found *found,
				     const struct value *ref)
{
	struct reference reference = {
		value_string_or(value_get(ref, "kind"), ""),
		value_string_or(value_get(ref, "name"), ""),
		value_string_or(value_get(ref, "namespace"),
				found->object->name_space),
	};

	return reference;
}

/* One more repository is copied below `toPath`, or below its own name. */
static bool is_included(const struct object *source, const char *path)
{
	const struct value *item;

	list_foreach (item, value_at(source->root, "spec.include")) {
		const char *to = value_string_or(value_get(item, "toPath"), "");

		if (!*to)
			to = value_string_or(value_at(item, "repository.name"),
					     "");
		to += strspn(to, "./");
		if (*to && path_is_below(path, to))
			return true;
	}
	return false;
}

const char *gitops_path_in(const struct gitops_found *found,
			   const struct value *ref, const char *path,
			   const struct value *at)
{
	struct reference reference = reference_of(found, ref);
	const struct object *source =
		gitops_find(found, "source.toolkit.fluxcd.io", reference.kind,
			    reference.name_space, reference.name);
	const char *clean =
		path_clean(found->gitops->arena, path + strspn(path, "/"));
	struct tree_stat stat;

	if (!source || strcmp(clean, ".") == 0 ||
	    tree_view_stat(&found->gitops->run->view, clean, &stat) !=
		    TREE_MISSING)
		return gitops_path(found, path, at);
	if (is_included(source, clean)) {
		gitops_skip(found, "%s of its source is of another repository",
			    clean);
		return NULL;
	}
	/* Who packs an artifact may begin at any folder. */
	if (strcmp(reference.kind, "OCIRepository") == 0 ||
	    strcmp(reference.kind, "Bucket") == 0) {
		gitops_skip(found,
			    "%s is in the %s, not under that name in this "
			    "repository",
			    clean, reference.kind);
		return NULL;
	}
	return gitops_path(found, path, at);
}

const char *gitops_path(const struct gitops_found *found, const char *path,
			const struct value *at)
{
	struct gitops *gitops = found->gitops;
	struct tree_stat stat;
	enum tree_status status;
	const char *clean;

	clean = path_clean(gitops->arena, path + strspn(path, "/"));
	if (strcmp(clean, ".") == 0)
		clean = "";
	status = strncmp(clean, "..", 2) == 0
			 ? TREE_OUTSIDE
			 : tree_view_stat(&gitops->run->view, clean, &stat);
	if (status == TREE_OK)
		return clean;
	if (status == TREE_MISSING && !has_urls(gitops))
		gitops_skip(found, "%s is not in this repository", clean);
	else
		gitops_broken(
			found, at ? at : found->object->root,
			"%s names the path %s, which %s",
			gitops_name(gitops->arena, found->object),
			diag_quote(gitops->arena, path, strlen(path)),
			status == TREE_OUTSIDE   ? "leads out of the repository"
			: status == TREE_MISSING ? "is not in the repository"
						 : tree_status_text(status));
	return NULL;
}

/* The address of a source of Flux; NULL if it has none. */
static const char *url_of(struct gitops *gitops, const struct object *source)
{
	const struct value *spec = value_get(source->root, "spec");
	const char *url = value_string(value_get(spec, "url"));
	const char *endpoint = value_string(value_get(spec, "endpoint"));
	const char *bucket = value_string(value_get(spec, "bucketName"));

	if (url || !endpoint || !bucket)
		return url;
	return arena_printf(gitops->arena, "%s/%s", endpoint, bucket);
}

static bool is_bootstrap(const struct gitops *gitops,
			 const struct reference *ref)
{
	return !gitops->urls.given && strcmp(ref->kind, "GitRepository") == 0 &&
	       strcmp(ref->name, "flux-system") == 0 &&
	       (!*ref->name_space ||
		strcmp(ref->name_space, "flux-system") == 0);
}

const char *gitops_source_ignore(const struct gitops_found *found,
				 const struct value *ref)
{
	struct reference reference = reference_of(found, ref);
	const struct object *source =
		gitops_find(found, "source.toolkit.fluxcd.io", reference.kind,
			    reference.name_space, reference.name);

	return source ? value_string(value_at(source->root, "spec.ignore"))
		      : NULL;
}

/* Whether a source of Flux is this repository; false: see `*answer`. */
static bool is_this(const struct gitops_found *found,
		    const struct reference *ref, enum gitops_answer *answer)
{
	struct gitops *gitops = found->gitops;
	const struct object *source =
		gitops_find(found, "source.toolkit.fluxcd.io", ref->kind,
			    ref->name_space, ref->name);
	const char *url;

	*answer = GITOPS_DONE;
	if (!source && !found->last) {
		*answer = GITOPS_WAIT;
		return false;
	}
	url = source ? url_of(gitops, source) : NULL;
	if (url && gitops_is_here(gitops, url) &&
	    (has_urls(gitops) || strcmp(ref->kind, "GitRepository") == 0))
		return true;
	if (is_bootstrap(gitops, ref))
		return true;
	if (url)
		*answer = gitops_skip(found, "%s is another repository", url);
	else
		*answer = gitops_skip(found,
				      source ? "%s %s/%s has no address"
					     : "%s %s/%s is not in the tree",
				      ref->kind, ref->name_space, ref->name);
	return false;
}

/* The source that an alias of an ArtifactGenerator stands for. */
static const struct value *aliased(const struct object *generator,
				   const char *alias, size_t len)
{
	const struct value *source;

	list_foreach (source, value_at(generator->root, "spec.sources")) {
		const char *own = value_string(value_get(source, "alias"));

		if (own && strlen(own) == len && !strncmp(own, alias, len))
			return source;
	}
	return NULL;
}

/* "@artifact/base/" is "base". */
static const char *artifact_folder(struct arena *arena, const char *to)
{
	const char *path;

	if (strncmp(to, "@artifact", 9) == 0)
		to += 9;
	path = path_clean(arena, to + strspn(to, "/"));
	return strcmp(path, ".") == 0 ? "" : path;
}

/* Copied from @alias/apps/base to base: base/x is apps/base/x there. */
static const char *copied_path(struct arena *arena, const char *from,
			       const char *to, const char *path)
{
	const char *folder = artifact_folder(arena, to), *rest;
	size_t len = strcspn(from, "*?[{");

	if (!path_is_below(path, folder))
		return NULL;
	rest = path + strlen(folder);
	rest += *rest == '/';
	from += strcspn(from, "/");
	len = strcspn(from, "*?[{");
	return path_clean(
		arena, arena_printf(arena, "./%.*s/%s", (int)len, from, rest));
}

/*
 * An artifact is a copy of parts of a source.  Its folders keep their places
 * to one another as a rule, so they are read where they come from.
 */
static const char *artifact_path(const struct gitops_found *found,
				 const struct object *generator,
				 const char *name, const char *path,
				 enum gitops_answer *answer)
{
	struct arena *arena = found->gitops->arena;
	const struct value *artifact, *copy;

	path = artifact_folder(arena, path);
	list_foreach (artifact, value_at(generator->root, "spec.artifacts")) {
		if (!value_equals_string(value_get(artifact, "name"), name))
			continue;
		list_foreach (copy, value_get(artifact, "copy")) {
			const char *from =
				value_string_or(value_get(copy, "from"), "");
			const char *mapped = copied_path(
				arena, from,
				value_string_or(value_get(copy, "to"), ""),
				path);
			size_t len = *from == '@' ? strcspn(from + 1, "/") : 0;
			const struct value *source =
				len ? aliased(generator, from + 1, len) : NULL;
			struct reference ref;

			if (!mapped || !source)
				continue;
			ref = reference_of(found, source);
			return is_this(found, &ref, answer) ? mapped : NULL;
		}
	}
	*answer = gitops_skip(found, "the artifact %s holds no folder %s", name,
			      path);
	return NULL;
}

/* The root is in each repository, so it tells nothing of this one. */
static bool is_any_root(const struct gitops_found *found,
			const struct reference *ref, const char *path)
{
	struct gitops *gitops = found->gitops;

	path = path_clean(gitops->arena, path + strspn(path, "/"));
	return strcmp(path, ".") == 0 && !has_urls(gitops) &&
	       !is_bootstrap(gitops, ref);
}

const char *gitops_source_path(const struct gitops_found *found,
			       const struct value *ref, const char *path,
			       enum gitops_answer *answer)
{
	struct reference reference = reference_of(found, ref);
	const struct object *generator;

	*answer = GITOPS_DONE;
	if (strcmp(reference.kind, "ExternalArtifact") != 0) {
		if (!is_this(found, &reference, answer))
			return NULL;
		if (!is_any_root(found, &reference, path))
			return path;
		*answer = gitops_skip(found,
				      "it applies the root of %s %s/%s, which "
				      "may be any repository (repository: says "
				      "which one this is)",
				      reference.kind, reference.name_space,
				      reference.name);
		return NULL;
	}
	generator = gitops_find(found, "source.toolkit.fluxcd.io",
				"ExternalArtifact", reference.name_space,
				reference.name);
	if (generator)
		return artifact_path(found, generator, reference.name, path,
				     answer);
	*answer = found->last ? gitops_skip(found,
					    "nothing in the tree makes the "
					    "artifact %s",
					    reference.name)
			      : GITOPS_WAIT;
	return NULL;
}

static bool is_file(const struct gitops_found *found, const char *path)
{
	struct tree_stat stat;

	return tree_view_stat(&found->gitops->run->view, path, &stat) ==
		       TREE_OK &&
	       stat.kind == TREE_FILE;
}

const char *gitops_chart_copy(const struct gitops_found *found,
			      const char *name, const char *version)
{
	static const char *const dirs[] = { "charts", "vendor",
					    "vendor/charts" };
	struct arena *arena = found->gitops->arena;
	size_t i;

	for (i = 0; *version && i < ARRAY_COUNT(dirs); i++) {
		const char *archive = arena_printf(arena, "%s/%s-%s.tgz",
						   dirs[i], name, version);
		const char *folder =
			arena_printf(arena, "%s/%s-%s", dirs[i], name, version);

		if (is_file(found, archive))
			return archive;
		if (is_file(found, arena_join(arena, folder, "/Chart.yaml")))
			return folder;
	}
	return NULL;
}

const char *gitops_wide_pattern(struct arena *arena, const char *pattern)
{
	struct str out;

	str_init(&out, arena);
	while (*pattern) {
		size_t stars = strspn(pattern, "*");

		if (stars)
			str_puts(&out, "**");
		else
			str_putc(&out, *pattern);
		pattern += stars ? stars : 1;
	}
	return str_text(&out);
}
