/*
 * What is staged, compared with a tree.  Both are in one order: a folder sorts
 * as if its name ended in "/".
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "compiler/git/private.h"

struct comparison {
	struct git *git;
	struct arena *arena;
	const struct git_index_file *file;
	struct git_changes *changes;
	enum tree_status status;
	unsigned depth;
};

static void note(struct comparison *self, const char *path, uint32_t mode,
		 bool deleted)
{
	struct git_change change = {
		.path = arena_strdup(self->arena, path),
		.deleted = deleted,
		.folder = git_kind_of(mode) == TREE_OTHER,
	};

	vec_push(self->arena, self->changes, change);
}

static bool read_items(struct comparison *self, const git_oid *id,
		       struct git_items *items)
{
	self->status =
		git_list_folder(self->git, id, self->depth, self->arena, items);
	return self->status == TREE_OK;
}

static void note_deleted(struct comparison *self, const char *path,
			 const struct git_item *item)
{
	struct git_items items;
	size_t i;

	if (git_kind_of(item->mode) != TREE_DIR) {
		note(self, path, item->mode, true);
		return;
	}
	self->depth++;
	if (read_items(self, &item->id, &items))
		for (i = 0; i < items.count; i++)
			note_deleted(self,
				     arena_printf(self->arena, "%s/%s", path,
						  items.items[i].name),
				     &items.items[i]);
	self->depth--;
}

/* Entries [from, to) are the folder `prefix`, which ends in "/" or is "". */
struct range {
	size_t from;
	size_t to;
	const char *prefix;
	const struct git_cached *cached;
};

static const struct git_cached *cached_below(const struct git_cached *cached,
					     const char *name, size_t len)
{
	size_t low = 0, high = cached ? cached->folders.count : 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct git_cached *at = &cached->folders.items[middle];
		int order = strncmp(at->name, name, len);

		if (order == 0 && !at->name[len])
			return at;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* The name and "/" of the first thing of a range; a file has no "/". */
static size_t next_name(const struct comparison *self,
			const struct range *range, const char **name)
{
	const char *slash;

	*name = self->file->entries.items[range->from].path +
		strlen(range->prefix);
	slash = strchr(*name, '/');
	return slash ? (size_t)(slash - *name) + 1 : strlen(*name);
}

/*
 * Whether a folder is the one of a tree, as far as the index knows; `*count`:
 * how many entries it has.  What does not end where it says is not believed.
 */
static bool is_cached(const struct comparison *self, const struct range *range,
		      const struct git_item *item, size_t len, size_t *count)
{
	const struct git_cached *cached =
		cached_below(range->cached, item->name, len);
	const struct git_entry *entries = self->file->entries.items;
	size_t prefix = strlen(range->prefix) + len + 1;
	const char *begin = entries[range->from].path;

	if (!cached || !cached->valid || !cached->files ||
	    cached->files > range->to - range->from ||
	    memcmp(cached->id.id, item->id.id, sizeof(item->id.id)) != 0)
		return false;
	*count = cached->files;
	return strncmp(entries[range->from + *count - 1].path, begin, prefix) ==
		       0 &&
	       (*count == range->to - range->from ||
		strncmp(entries[range->from + *count].path, begin, prefix) !=
			0);
}

static struct range folder_of(const struct comparison *self,
			      const struct range *range, const char *name,
			      size_t len)
{
	struct range inner = {
		.from = range->from,
		.to = range->to,
		.prefix = arena_printf(self->arena, "%s%.*s", range->prefix,
				       (int)len, name),
		.cached = cached_below(range->cached, name, len - 1),
	};
	char *behind = arena_strdup(self->arena, inner.prefix);

	behind[strlen(behind) - 1] = '0'; /* the byte behind "/" */
	inner.to = git_index_lower(self->file, behind, strlen(behind));
	return inner;
}

static void note_added(struct comparison *self, const struct range *range)
{
	size_t i;

	for (i = range->from; i < range->to; i++) {
		const struct git_entry *entry = &self->file->entries.items[i];

		note(self, entry->path, entry->mode, false);
	}
}

static void compare(struct comparison *self, const git_oid *tree,
		    const struct range *range);

/* Both sides have this name, and both a folder or both none. */
static void compare_item(struct comparison *self, const struct git_item *item,
			 const struct range *range)
{
	const struct git_entry *entry = &self->file->entries.items[range->from];

	if (git_kind_of(item->mode) == TREE_DIR) {
		self->depth++;
		compare(self, &item->id, range);
		self->depth--;
	} else if (entry->mode != item->mode || entry->stage ||
		   memcmp(entry->id.id, item->id.id, sizeof(item->id.id)) !=
			   0) {
		note_added(self, range);
	}
}

/* Of the name of an item, and "/" if it is a folder, and `len` bytes. */
static int order_of(const struct git_item *item, const char *ours, size_t len)
{
	bool folder = git_kind_of(item->mode) == TREE_DIR;
	size_t name = strlen(item->name);
	int order = memcmp(item->name, ours, name < len ? name : len);

	if (order)
		return order;
	if (name >= len)
		return name > len || folder;
	return folder ? '/' - (int)(unsigned char)ours[name] : -1;
}

/* One step of compare(): the first of what either side has. */
static bool compare_next(struct comparison *self, const struct git_item *item,
			 struct range *rest)
{
	const char *ours = "";
	struct range inner = *rest;
	size_t len = 0, count;
	int order = item ? -1 : 1;

	if (rest->from < rest->to) {
		len = next_name(self, rest, &ours);
		order = item ? order_of(item, ours, len) : 1;
	}
	if (order == 0 && ours[len - 1] == '/' &&
	    is_cached(self, rest, item, len - 1, &count)) {
		rest->from += count;
		return true;
	}
	if (order >= 0) {
		inner.to = rest->from + 1;
		if (ours[len - 1] == '/')
			inner = folder_of(self, rest, ours, len);
		rest->from = inner.to;
	}
	if (order < 0)
		note_deleted(self,
			     arena_join(self->arena, rest->prefix, item->name),
			     item);
	else if (order > 0)
		note_added(self, &inner);
	else
		compare_item(self, item, &inner);
	return order <= 0;
}

static void compare(struct comparison *self, const git_oid *tree,
		    const struct range *range)
{
	struct range rest = *range;
	struct git_items items;
	size_t i = 0;

	if (range->cached && range->cached->valid && tree &&
	    memcmp(range->cached->id.id, tree->id, sizeof(tree->id)) == 0)
		return;
	if (!read_items(self, tree, &items))
		return;
	while (self->status == TREE_OK &&
	       (i < items.count || rest.from < rest.to))
		i += compare_next(
			self, i < items.count ? &items.items[i] : NULL, &rest);
}

bool git_find_staged(struct git *self, struct arena *arena,
		     struct diag_sink *diags, const git_oid *tree,
		     struct git_changes *changes)
{
	const struct git_index_file *file = git_index_load(self, diags);
	struct comparison comparison = {
		self, arena, file, changes, TREE_OK, 0
	};
	struct range all = { .prefix = "" };

	if (!file)
		return false;
	all.to = file->entries.count;
	all.cached = file->cached;
	compare(&comparison, tree, &all);
	if (comparison.status == TREE_OK)
		return true;
	return git_fail_folder(diags, "the last commit", comparison.status);
}
