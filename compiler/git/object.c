/*
 * Objects of the database, as the makers of trees read them.
 */
#include <string.h>

#include "base/arena.h"
#include "compiler/git/private.h"

enum tree_kind git_kind_of(unsigned mode)
{
	switch (mode) {
	case GIT_FILEMODE_BLOB:
	case GIT_FILEMODE_BLOB_EXECUTABLE:
	case 0100664: /* of repositories as old as Git */
		return TREE_FILE;
	case GIT_FILEMODE_LINK:
		return TREE_LINK;
	case GIT_FILEMODE_TREE:
		return TREE_DIR;
	}
	return TREE_OTHER; /* a submodule */
}

static enum tree_status status_of(int code)
{
	return code == GIT_ENOTFOUND ? TREE_ABSENT : TREE_IO;
}

/* An object in memory: ours, or the library's. */
struct object {
	struct git_text text;
	git_odb_object *theirs;
};

static enum tree_status read_object(struct git *self, const git_oid *id,
				    struct arena *arena, struct object *object)
{
	int code;

	object->theirs = NULL;
	if (self->store &&
	    git_store_read(self->store, id, arena, &object->text))
		return TREE_OK;
	if (!git_use_library(self, NULL))
		return TREE_ABSENT;
	code = git.git_odb_read(&object->theirs, self->odb, id);
	if (code < 0)
		return status_of(code);
	object->text.type = git.git_odb_object_type(object->theirs);
	object->text.at = git.git_odb_object_data(object->theirs);
	object->text.len = git.git_odb_object_size(object->theirs);
	return TREE_OK;
}

static void free_object(struct object *object)
{
	if (object->theirs)
		git.git_odb_object_free(object->theirs);
}

enum tree_status git_blob_size(struct git *self, const git_oid *id,
			       uint64_t *size)
{
	git_object_t type;
	size_t len;
	int code;

	if (self->store && git_store_size(self->store, id, size))
		return TREE_OK;
	if (!git_use_library(self, NULL))
		return TREE_ABSENT;
	code = git.git_odb_read_header(&len, &type, self->odb, id);
	if (code < 0)
		return status_of(code);
	*size = len;
	return TREE_OK;
}

enum tree_status git_read_blob(struct git *self, const git_oid *id,
			       struct arena *arena, uint64_t limit,
			       const char **text, size_t *len)
{
	uint64_t size;
	enum tree_status status = git_blob_size(self, id, &size);

	if (status != TREE_OK)
		return status;
	return size > limit ? TREE_TOO_LARGE
			    : git_read_whole(self, id, arena, text, len);
}

enum tree_status git_read_whole(struct git *self, const git_oid *id,
				struct arena *arena, const char **text,
				size_t *len)
{
	struct object object;
	enum tree_status status = read_object(self, id, arena, &object);

	if (status != TREE_OK)
		return status;
	*len = object.text.len;
	*text = object.theirs ? arena_strndup(arena, object.text.at, *len)
			      : object.text.at;
	free_object(&object);
	return TREE_OK;
}

/* Item = mode " " name NUL id */
static bool parse_items(const char *at, size_t len, struct arena *arena,
			struct git_items *items)
{
	const char *end = at + len, *name, *nul;

	while (at < end) {
		struct git_item item = { 0 };

		name = memchr(at, ' ', (size_t)(end - at));
		nul = name ? memchr(name, 0, (size_t)(end - name)) : NULL;
		if (!nul || (size_t)(end - nul) <= sizeof(item.id.id))
			return false;
		for (; at < name; at++)
			item.mode = item.mode << 3 | (uint32_t)(*at - '0');
		item.name = arena_strndup(arena, name + 1,
					  (size_t)(nul - name - 1));
		memcpy(item.id.id, nul + 1, sizeof(item.id.id));
		vec_push(arena, items, item);
		at = nul + 1 + sizeof(item.id.id);
	}
	return true;
}

enum tree_status git_read_items(struct git *self, const git_oid *id,
				struct arena *arena, struct git_items *items)
{
	struct object object;
	enum tree_status status = read_object(self, id, arena, &object);
	bool good;

	memset(items, 0, sizeof(*items));
	if (status != TREE_OK)
		return status;
	good = object.text.type == GIT_OBJECT_TREE &&
	       parse_items(object.text.at, object.text.len, arena, items);
	free_object(&object);
	return good ? TREE_OK : TREE_IO;
}

enum tree_status git_list_folder(struct git *self, const git_oid *id,
				 unsigned depth, struct arena *arena,
				 struct git_items *items)
{
	memset(items, 0, sizeof(*items));
	if (depth > GIT_DEPTH_MAX)
		return TREE_TOO_LARGE;
	return id ? git_read_items(self, id, arena, items) : TREE_OK;
}
