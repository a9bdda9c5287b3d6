/*
 * Two trees of the object database, compared.  Both are in one order: a folder
 * sorts as if its name ended in "/".
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "compiler/git/private.h"

struct comparison {
	struct git *git;
	struct arena *arena;
	struct git_changes *changes;
	enum tree_status status;
	unsigned depth;
};

static bool is_folder(const struct git_item *item)
{
	return git_kind_of(item->mode) == TREE_DIR;
}

static bool is_module(const struct git_item *item)
{
	return item && git_kind_of(item->mode) == TREE_OTHER;
}

static int order_of(const struct git_item *one, const struct git_item *other)
{
	size_t a = strlen(one->name), b = strlen(other->name);
	size_t len = a < b ? a : b;
	int order = memcmp(one->name, other->name, len);
	unsigned char behind, theirs;

	if (order)
		return order;
	behind = (unsigned char)(a > len          ? one->name[len]
				 : is_folder(one) ? '/'
						  : '\0');
	theirs = (unsigned char)(b > len            ? other->name[len]
				 : is_folder(other) ? '/'
						    : '\0');
	return (behind > theirs) - (behind < theirs);
}

static void compare(struct comparison *self, const char *prefix,
		    const git_oid *from, const git_oid *to);

/* Either is NULL where the other side has none of this name. */
static void compare_item(struct comparison *self, const char *prefix,
			 const struct git_item *from, const struct git_item *to)
{
	const struct git_item *any = to ? to : from;
	struct git_change change = {
		.path = arena_join(self->arena, prefix, any->name),
		.deleted = !to,
		.folder = is_module(from) || is_module(to),
	};

	if (from && to && from->mode == to->mode &&
	    memcmp(from->id.id, to->id.id, sizeof(to->id.id)) == 0)
		return;
	if (!is_folder(any)) {
		vec_push(self->arena, self->changes, change);
		return;
	}
	self->depth++;
	compare(self, arena_join(self->arena, change.path, "/"),
		from ? &from->id : NULL, to ? &to->id : NULL);
	self->depth--;
}

static bool read_items(struct comparison *self, const git_oid *id,
		       struct git_items *items)
{
	self->status =
		git_list_folder(self->git, id, self->depth, self->arena, items);
	return self->status == TREE_OK;
}

static void compare(struct comparison *self, const char *prefix,
		    const git_oid *from, const git_oid *to)
{
	struct git_items before, after;
	size_t i = 0, j = 0;

	if (!read_items(self, from, &before) || !read_items(self, to, &after))
		return;
	while (self->status == TREE_OK &&
	       (i < before.count || j < after.count)) {
		const struct git_item *one =
			i < before.count ? &before.items[i] : NULL;
		const struct git_item *other =
			j < after.count ? &after.items[j] : NULL;
		int order = !one ? 1 : !other ? -1 : order_of(one, other);

		compare_item(self, prefix, order <= 0 ? one : NULL,
			     order >= 0 ? other : NULL);
		i += order <= 0;
		j += order >= 0;
	}
}

bool git_find_between(struct git *self, struct arena *arena,
		      struct diag_sink *diags, const git_oid *from,
		      const git_oid *to, struct git_changes *changes)
{
	struct comparison comparison = { self, arena, changes, TREE_OK, 0 };

	compare(&comparison, "", from, to);
	if (comparison.status == TREE_OK)
		return true;
	return git_fail_folder(diags, "the commits that are compared",
			       comparison.status);
}
