/*
 * Values files of an Application, and patterns that stand for them.
 *
 * A pattern (Argo CD 3.4 and later) is replaced where it stands by what it
 * matches, in the order of doublestar: names of a folder by their bytes, and
 * for each "**" a folder's own matches before those below it.  No file is
 * passed twice: one that is named elsewhere stands there, one that an earlier
 * pattern has matched stays with that.  What alternatives match, {a,b}, comes
 * in the order of its bytes.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/table.h"
#include "base/tree.h"
#include "compiler/gitops/application.h"
#include "compiler/gitops/private.h"
#include "compiler/run.h"
#include "model/value.h"

enum {
	LOOKS_MAX = 1000000 /* at folders: "**" several times is a product */
};

static bool is_pattern(const char *path)
{
	return path[strcspn(path, "*?[{")] != '\0';
}

/* The source that calls itself NAME in "$NAME/path"; NULL: none. */
static const struct value *referred(const struct value *sources,
				    const char *name, size_t len)
{
	const struct value *source;

	list_foreach (source, sources) {
		const char *ref = value_string(value_get(source, "ref"));

		if (ref && strlen(ref) == len && !strncmp(ref, name, len))
			return source;
	}
	return NULL;
}

const char *application_file(const struct gitops_found *found,
			     const struct application_source *source,
			     const struct value *sources,
			     const struct value *file)
{
	struct arena *arena = found->gitops->arena;
	const char *text = value_string_or(file, ""), *path, *url;
	size_t len = strcspn(text, "/");
	const struct value *other;

	if (strstr(text, "://")) {
		gitops_skip(found, "its values are at %s", text);
		return NULL;
	}
	other = *text == '$' ? referred(sources, text + 1, len - 1) : NULL;
	url = value_string_or(value_get(other, "repoURL"), "");
	if (other && !gitops_is_here(found->gitops, url)) {
		gitops_skip(found, "its values %s are in another repository",
			    text);
		return NULL;
	}
	if (other)
		text += len;
	text = application_expand(arena, source, text);
	path = *text == '/' ? path_clean(arena, text + strspn(text, "/"))
			    : path_clean(arena,
					 arena_printf(arena, "%s/%s",
						      *source->dir ? source->dir
								   : ".",
						      text));
	if (strncmp(path, "..", 2) != 0)
		return path;
	gitops_broken(found, file,
		      "%s names values at %s, which leads out of the "
		      "repository",
		      gitops_name(arena, found->object),
		      diag_quote(arena, text, strlen(text)));
	return NULL;
}

struct expansion {
	const struct gitops_found *found;
	struct table taken; /* files that are passed, or will be */
	VEC(const char *) matches;
	uint64_t limit;
	size_t looks;
	bool too_many;
};

static void expand(struct expansion *self, const char *dir,
		   const char *pattern);

/* One more match, unless it is passed elsewhere. */
static void match(struct expansion *self, const char *path)
{
	if (self->matches.count >= self->limit)
		self->too_many = true;
	else
		vec_push(self->found->gitops->arena, &self->matches, path);
}

static void expand_entry(struct expansion *self, const char *dir,
			 const struct tree_entry *entry, const char *rest)
{
	const char *path =
		path_join(self->found->gitops->arena, dir, entry->name);

	if (!*rest)
		match(self, path);
	else if (entry->kind == TREE_DIR)
		expand(self, path, rest);
}

/* What is in a folder for the first part of the pattern. */
static void expand_part(struct expansion *self, const char *dir,
			const char *part, const char *rest)
{
	bool deep = strcmp(part, "**") == 0;
	struct tree_listing listing;
	size_t i;

	self->too_many |= ++self->looks > LOOKS_MAX;
	if (tree_view_list(&self->found->gitops->run->view, dir, &listing) !=
	    TREE_OK)
		return;
	for (i = 0; i < listing.count && !self->too_many; i++) {
		const struct tree_entry *entry = &listing.items[i];

		if (!deep && glob_match(GLOB_PATH, part, entry->name))
			expand_entry(self, dir, entry, rest);
		else if (deep && entry->kind == TREE_DIR)
			expand(self,
			       path_join(self->found->gitops->arena, dir,
					 entry->name),
			       arena_printf(self->found->gitops->arena, "**/%s",
					    *rest ? rest : "*"));
	}
}

static void expand(struct expansion *self, const char *dir, const char *pattern)
{
	size_t len = strcspn(pattern, "/");
	struct arena *arena = self->found->gitops->arena;
	const char *part = arena_strndup(arena, pattern, len);
	const char *rest = pattern + len + (pattern[len] == '/');

	if (self->too_many)
		return;
	if (strcmp(part, "**") == 0) {
		while (strncmp(rest, "**/", 3) == 0)
			rest += 3;
		expand(self, dir, *rest ? rest : "*");
	}
	if (*rest && !is_pattern(part))
		expand(self, path_join(arena, dir, part), rest);
	else
		expand_part(self, dir, part, rest);
}

/* The brace or comma that ends an alternative; NULL: none does. */
static const char *end_of(const char *at)
{
	unsigned depth = 0;

	for (; *at; at++) {
		if (*at == '\\' && at[1])
			at++;
		else if (!depth && (*at == ',' || *at == '}'))
			return at;
		else if (*at == '{')
			depth++;
		else if (*at == '}')
			depth--;
	}
	return NULL;
}

/* The first brace that opens alternatives; NULL: there are none. */
static const char *find_alternatives(const char *pattern)
{
	for (; *pattern; pattern++) {
		if (*pattern == '\\' && pattern[1])
			pattern++;
		else if (*pattern == '{')
			return end_of(pattern + 1) ? pattern : NULL;
	}
	return NULL;
}

/* One pattern for each way through the alternatives. */
static void spread(struct expansion *self, const char *pattern)
{
	struct arena *arena = self->found->gitops->arena;
	const char *open = find_alternatives(pattern), *at, *end, *rest;

	self->too_many |= ++self->looks > LOOKS_MAX;
	if (self->too_many)
		return;
	rest = open;
	while (rest && *rest != '}')
		rest = end_of(rest + 1);
	if (!rest) {
		expand(self, "", pattern);
		return;
	}
	for (at = open; at != rest; at = end) {
		end = end_of(at + 1);
		spread(self,
		       arena_printf(arena, "%.*s%.*s%s", (int)(open - pattern),
				    pattern, (int)(end - at - 1), at + 1,
				    rest + 1));
	}
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_broken(const struct expansion *self,
		      const struct gitops_layer *layer, const char *matches)
{
	struct arena *arena = self->found->gitops->arena;

	gitops_broken(self->found, layer->value,
		      "%s names values by %s, which matches %s",
		      gitops_name(arena, self->found->object),
		      diag_quote(arena, layer->text, strlen(layer->text)),
		      matches);
	return false;
}

/* The files of one pattern, as layers; false: counted or reported. */
static bool add_pattern(struct expansion *self,
			struct application_source *source,
			struct gitops_layer *layer)
{
	const struct gitops_found *found = self->found;
	size_t i;

	self->matches.count = 0;
	spread(self, layer->text);
	if (find_alternatives(layer->text) && self->matches.count)
		qsort(self->matches.items, self->matches.count,
		      sizeof(*self->matches.items), compare);
	if (self->too_many)
		return is_broken(self, layer,
				 "more files or folders than "
				 "--limit members allows");
	if (!self->matches.count && !layer->optional)
		return is_broken(self, layer, "no file");
	for (i = 0; i < self->matches.count; i++) {
		layer->text = self->matches.items[i];
		if (!table_puts(&self->taken, layer->text, self))
			vec_push(found->gitops->arena, &source->layers, *layer);
	}
	return true;
}

bool application_value_files(const struct gitops_found *found,
			     struct application_source *source,
			     const struct value *sources)
{
	const struct value *helm = value_get(source->node, "helm"), *file;
	struct expansion expansion = {
		.found = found,
		.limit = found->gitops->run->project->limits.members,
	};
	struct gitops_layers layers = { 0 };
	size_t i;

	table_init(&expansion.taken, found->gitops->arena);
	list_foreach (file, value_get(helm, "valueFiles")) {
		struct gitops_layer *layer =
			vec_new(found->gitops->arena, &layers);

		memset(layer, 0, sizeof(*layer));
		layer->kind = LAYER_FILE;
		layer->value = file;
		layer->optional = value_is_true(
			value_get(helm, "ignoreMissingValueFiles"));
		layer->text = application_file(found, source, sources, file);
		if (!layer->text)
			return false;
		if (!is_pattern(layer->text))
			table_puts(&expansion.taken, layer->text, layer);
	}
	for (i = 0; i < layers.count; i++) {
		if (!is_pattern(layers.items[i].text))
			vec_push(found->gitops->arena, &source->layers,
				 layers.items[i]);
		else if (!add_pattern(&expansion, source, &layers.items[i]))
			return false;
	}
	return true;
}
