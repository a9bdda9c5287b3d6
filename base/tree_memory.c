#include "base/tree_memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/table.h"

struct node {
	enum tree_kind kind;
	const char *text; /* of a file; the target of a link */
	size_t len;
	struct table children; /* of a folder: name to node */
};

struct tree_memory {
	struct tree tree;
	struct arena *arena;
	struct node root;
};

/* The node at `path`; NULL and why not. */
static struct node *find_node(struct tree *tree, const char *path,
			      enum tree_status *status)
{
	struct node *node = &((struct tree_memory *)tree)->root;

	if (path[0] == '/') {
		*status = TREE_OUTSIDE;
		return NULL;
	}
	while (*path) {
		size_t len = strcspn(path, "/");

		if (node->kind != TREE_DIR) {
			*status = TREE_NOT_DIR;
			return NULL;
		}
		node = table_get(&node->children, path, len);
		if (!node) {
			*status = TREE_MISSING;
			return NULL;
		}
		path += len + (path[len] == '/');
	}
	*status = TREE_OK;
	return node;
}

static enum tree_status memory_stat(struct tree *tree, const char *path,
				    struct tree_stat *stat)
{
	enum tree_status status;
	struct node *node = find_node(tree, path, &status);

	if (!node)
		return status;
	stat->kind = node->kind;
	stat->size = node->len;
	stat->mode = node->kind == TREE_DIR ? 0755 : 0644;
	return TREE_OK;
}

static enum tree_status memory_read(struct tree *tree, const char *path,
				    struct arena *arena, uint64_t limit,
				    struct tree_text *text)
{
	enum tree_status status;
	struct node *node = find_node(tree, path, &status);

	(void)arena;
	if (!node)
		return status;
	if (node->kind != TREE_FILE)
		return TREE_NOT_FILE;
	if (node->len > limit)
		return TREE_TOO_LARGE;
	*text = (struct tree_text){ .at = node->text, .len = node->len };
	return TREE_OK;
}

static enum tree_status memory_list(struct tree *tree, const char *path,
				    struct arena *arena, bool looks,
				    struct tree_listing *listing)
{
	enum tree_status status;
	struct node *node = find_node(tree, path, &status);
	uint32_t i;

	(void)looks;
	if (!node)
		return status;
	if (node->kind != TREE_DIR)
		return TREE_NOT_DIR;
	listing->count = node->children.count;
	listing->items =
		arena_zalloc(arena, listing->count * sizeof(*listing->items));
	for (i = 0; i < node->children.count; i++) {
		const struct table_entry *child = &node->children.entries[i];

		listing->items[i].name = child->key;
		listing->items[i].kind = ((struct node *)child->value)->kind;
	}
	tree_listing_sort(listing);
	return TREE_OK;
}

static enum tree_status memory_readlink(struct tree *tree, const char *path,
					struct arena *arena,
					const char **target)
{
	enum tree_status status;
	struct node *node = find_node(tree, path, &status);

	(void)arena;
	if (!node)
		return status;
	if (node->kind != TREE_LINK)
		return TREE_NOT_FILE;
	*target = node->text;
	return TREE_OK;
}

static const char *memory_display(struct tree *tree, const char *path,
				  struct arena *arena)
{
	(void)tree;
	return *path ? arena_strdup(arena, path) : ".";
}

static void memory_close(struct tree *tree)
{
	struct tree_memory *memory = (struct tree_memory *)tree;

	arena_free(memory->arena);
}

static const struct tree_class memory_class = {
	.stat = memory_stat,
	.read = memory_read,
	.list = memory_list,
	.readlink = memory_readlink,
	.display = memory_display,
	.close = memory_close,
};

struct tree *tree_memory_open(void)
{
	struct arena *arena = arena_new();
	struct tree_memory *memory = arena_zalloc(arena, sizeof(*memory));
	struct limits limits = limits_default();

	memory->arena = arena;
	memory->root.kind = TREE_DIR;
	table_init(&memory->root.children, arena);
	tree_init(&memory->tree, &memory_class, limits.file_size);
	return &memory->tree;
}

/* The node at `path`, made with the folders before it; NULL: not possible. */
static struct node *make_node(struct tree_memory *memory, const char *path)
{
	struct node *node = &memory->root;

	path = path_clean(memory->arena, path);
	while (*path) {
		size_t len = strcspn(path, "/");
		struct node *child;

		if (node->kind != TREE_DIR)
			return NULL;
		child = table_get(&node->children, path, len);
		if (!child) {
			child = arena_zalloc(memory->arena, sizeof(*child));
			child->kind = TREE_DIR;
			table_init(&child->children, memory->arena);
			table_put(&node->children,
				  arena_strndup(memory->arena, path, len), len,
				  child);
		}
		node = child;
		path += len + (path[len] == '/');
	}
	return node->children.count ? NULL : node;
}

bool tree_memory_add(struct tree *tree, const char *path, const char *text,
		     size_t len)
{
	struct tree_memory *memory = (struct tree_memory *)tree;
	struct node *node = make_node(memory, path);

	if (!node)
		return false;
	node->kind = TREE_FILE;
	node->text = arena_strndup(memory->arena, text, len);
	node->len = len;
	return true;
}

bool tree_memory_link(struct tree *tree, const char *path, const char *target)
{
	struct tree_memory *memory = (struct tree_memory *)tree;
	struct node *node = make_node(memory, path);

	if (!node)
		return false;
	node->kind = TREE_LINK;
	node->text = arena_strdup(memory->arena, target);
	return true;
}
