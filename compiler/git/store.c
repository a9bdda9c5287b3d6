/*
 * Loose objects, references and the words that name commits.
 */
#include "compiler/git/store.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/gunzip.h"
#include "base/hex.h"
#include "base/path.h"
#include "base/sha.h"
#include "base/tree.h"
#include "base/tree_disk.h"

enum {
	HEX = 2 * SHA1_BYTES,
	LINKS_MAX = 5,     /* references that lead to one another */
	HEADER_MAX = 32,   /* of a loose object */
	EXPANSION = 1032,  /* bytes that one packed byte stands for at most */
	FILE_MAX = 1 << 30 /* of what is read */
};

struct git_store {
	struct arena *arena;
	struct tree *tree; /* of .git */
	struct git_packs *packs;
};

static bool is_own(const char *path)
{
	struct stat found;

	return lstat(path, &found) == 0 && S_ISDIR(found.st_mode) &&
	       found.st_uid == geteuid();
}

static bool is_there(struct git_store *self, const char *path)
{
	struct tree_stat stat;

	return self->tree->class->stat(self->tree, path, &stat) != TREE_MISSING;
}

static bool read_file(struct git_store *self, struct arena *arena,
		      const char *path, struct tree_text *text)
{
	return self->tree->class->read(self->tree, path, arena, FILE_MAX,
				       text) == TREE_OK;
}

static bool has_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	for (; *text; text++)
		if (strncasecmp(text, word, len) == 0)
			return true;
	return false;
}

/*
 * What a setting may change of where objects lie and how they are written:
 * extensions, other files with settings, other work trees, none.
 */
static bool has_plain_settings(struct git_store *self, struct arena *scratch)
{
	static const char *const words[] = { "extensions", "include",
					     "worktree", "partialclone",
					     "promisor" };
	struct tree_text text;
	size_t i;

	if (!read_file(self, scratch, "config", &text) ||
	    strlen(text.at) != text.len)
		return false;
	for (i = 0; i < ARRAY_COUNT(words); i++)
		if (has_word(text.at, words[i]))
			return false;
	return strstr(text.at, "bare = false") || !has_word(text.at, "bare");
}

struct git_store *git_store_of(struct arena *arena, struct tree *tree)
{
	struct git_store *self = arena_zalloc(arena, sizeof(*self));
	struct arena *scratch = arena_new_small();
	bool good;

	tree_close_with(tree, arena);
	self->tree = tree;
	good = has_plain_settings(self, scratch) &&
	       !is_there(self, "commondir") &&
	       !is_there(self, "objects/info/alternates");
	arena_free(scratch);
	if (!good)
		return NULL;
	self->arena = arena;
	self->packs = git_packs_open(arena, self->tree);
	return self;
}

struct git_store *git_store_open(struct arena *arena, const char *root)
{
	const char *dir = path_join(arena, root, ".git");
	struct tree *tree = NULL;

	if (is_own(root) && is_own(dir))
		tree = tree_disk_open(dir, dir, FILE_MAX);
	return tree ? git_store_of(arena, tree) : NULL;
}

/* Objects. */

static git_object_t type_of(const char *name, size_t len)
{
	static const struct {
		const char *name;
		git_object_t type;
	} rows[] = {
		{ "commit", GIT_OBJECT_COMMIT },
		{ "tree", GIT_OBJECT_TREE },
		{ "blob", GIT_OBJECT_BLOB },
		{ "tag", GIT_OBJECT_TAG },
	};
	size_t i;

	for (i = 0; i < ARRAY_COUNT(rows); i++)
		if (strlen(rows[i].name) == len &&
		    memcmp(rows[i].name, name, len) == 0)
			return rows[i].type;
	return GIT_OBJECT_INVALID;
}

/* The rest of a text, behind the `had` bytes that have been read of it. */
static char *unpack_rest(struct arena *arena, struct gunzip *gunzip,
			 const char *had, size_t had_len, uint64_t size)
{
	size_t rest = size - had_len;
	char *text, more;

	if (size / EXPANSION > gunzip->len || size > FILE_MAX)
		return NULL;
	text = arena_alloc(arena, size + 1);
	memcpy(text, had, had_len);
	text[size] = '\0';
	return gunzip_read(gunzip, text + had_len, rest) == rest &&
			       gunzip_read(gunzip, &more, 1) == 0 &&
			       gunzip->status == GUNZIP_END
		       ? text
		       : NULL;
}

char *git_unpack(struct arena *arena, const char *packed, size_t len,
		 uint64_t size)
{
	struct arena *scratch = arena_new();
	struct gunzip gunzip;
	char *text;

	gunzip_init_zlib(&gunzip, scratch, packed, len);
	text = unpack_rest(arena, &gunzip, "", 0, size);
	arena_free(scratch);
	return text;
}

/* "blob 123", of a loose object; false: it is none. */
static bool read_header(const char *header, struct git_text *text)
{
	size_t len = strcspn(header, " ");
	const char *at = header + len;

	text->type = type_of(header, len);
	if (text->type == GIT_OBJECT_INVALID || !*at++ || !*at)
		return false;
	for (text->len = 0; *at >= '0' && *at <= '9'; at++) {
		text->len = text->len * 10 + (size_t)(*at - '0');
		if (text->len > FILE_MAX)
			return false;
	}
	return !*at;
}

/* A loose object, as far as its first bytes. */
struct loose {
	struct gunzip gunzip;
	char start[HEADER_MAX + 1];
	size_t got;
	size_t header; /* bytes of it */
};

static bool open_loose(struct git_store *self, const git_oid *id,
		       struct arena *arena, struct git_text *text,
		       struct loose *loose)
{
	char hex[HEX + 1];
	struct tree_text packed;

	sha_hex(id->id, SHA1_BYTES, hex);
	if (!read_file(self, arena,
		       arena_printf(arena, "objects/%.2s/%s", hex, hex + 2),
		       &packed))
		return false;
	gunzip_init_zlib(&loose->gunzip, arena, packed.at, packed.len);
	loose->got = gunzip_read(&loose->gunzip, loose->start, HEADER_MAX);
	loose->start[loose->got] = '\0';
	loose->header = strlen(loose->start) + 1;
	return loose->header <= loose->got && read_header(loose->start, text) &&
	       loose->got <= loose->header + text->len;
}

static bool read_loose(struct git_store *self, const git_oid *id,
		       struct arena *arena, struct git_text *text)
{
	struct arena *scratch = arena_new();
	struct loose loose;

	text->at = NULL;
	if (open_loose(self, id, scratch, text, &loose))
		text->at = unpack_rest(arena, &loose.gunzip,
				       loose.start + loose.header,
				       loose.got - loose.header, text->len);
	arena_free(scratch);
	return text->at != NULL;
}

bool git_store_read(struct git_store *self, const git_oid *id,
		    struct arena *arena, struct git_text *text)
{
	return git_packs_read(self->packs, id, arena, text) ||
	       read_loose(self, id, arena, text);
}

bool git_store_size(struct git_store *self, const git_oid *id, uint64_t *size)
{
	struct arena *scratch;
	struct loose loose;
	struct git_text text;
	bool good;

	if (git_packs_size(self->packs, id, size))
		return true;
	scratch = arena_new();
	good = open_loose(self, id, scratch, &text, &loose);
	arena_free(scratch);
	*size = text.len;
	return good;
}

/* References. */

static bool parse_id(const char *hex, git_oid *id)
{
	size_t i;

	for (i = 0; i < SHA1_BYTES; i++) {
		int high = hex_digit((unsigned char)hex[2 * i]);
		int low = high < 0 ? -1
				   : hex_digit((unsigned char)hex[2 * i + 1]);

		if (low < 0)
			return false;
		id->id[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

/* Row = id " " name LF; others begin with "#" or "^". */
static bool find_packed(struct git_store *self, struct arena *arena,
			const char *name, git_oid *id)
{
	size_t len = strlen(name);
	struct tree_text text;
	const char *at, *end;

	if (!read_file(self, arena, "packed-refs", &text))
		return false;
	end = text.at + text.len;
	for (at = text.at; (size_t)(end - at) > HEX + len; at++) {
		if (at[HEX] == ' ' && at[HEX + 1 + len] == '\n' &&
		    memcmp(at + HEX + 1, name, len) == 0)
			return parse_id(at, id);
		at = memchr(at, '\n', (size_t)(end - at));
		if (!at)
			return false;
	}
	return false;
}

static bool find_reference(struct git_store *self, struct arena *arena,
			   const char *name, git_oid *id, unsigned depth)
{
	static const char front[] = "ref: ";
	struct tree_text text;

	if (depth > LINKS_MAX)
		return false;
	if (!read_file(self, arena, name, &text))
		return find_packed(self, arena, name, id);
	if (strncmp(text.at, front, strlen(front)) == 0) {
		name = text.at + strlen(front);
		return find_reference(
			self, arena,
			arena_strndup(arena, name, strcspn(name, " \r\n")), id,
			depth + 1);
	}
	return text.len >= HEX && strcspn(text.at, " \r\n") == HEX &&
	       parse_id(text.at, id);
}

/* A name as it stands, or in one of the folders Git looks into, in order. */
static bool find_name(struct git_store *self, struct arena *arena,
		      const char *name, git_oid *id)
{
	static const char *const folders[] = { "refs/", "refs/tags/",
					       "refs/heads/", "refs/remotes/" };
	size_t i;

	if (!name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_")] &&
	    find_reference(self, arena, name, id, 0))
		return true;
	if (strncmp(name, "refs/", 5) == 0)
		return find_reference(self, arena, name, id, 0);
	if (strchr(name, '/') && is_there(self, name))
		return false;
	for (i = 0; i < ARRAY_COUNT(folders); i++)
		if (find_reference(self, arena,
				   arena_join(arena, folders[i], name), id, 0))
			return true;
	return find_reference(self, arena,
			      arena_printf(arena, "refs/remotes/%s/HEAD", name),
			      id, 0);
}

/* The value of a line of a commit or tag, from `*at`, which moves behind it. */
static bool read_line(const char **at, const char *key, git_oid *id)
{
	size_t len = strlen(key);
	const char *value = *at + len;

	if (strncmp(*at, key, len) != 0 || strcspn(value, "\n") != HEX ||
	    !parse_id(value, id))
		return false;
	*at = value + HEX + 1;
	return true;
}

/* The commit behind tags; false: there is none. */
static bool read_commit(struct git_store *self, struct arena *arena,
			git_oid *id, struct git_text *text)
{
	unsigned depth;
	const char *at;

	for (depth = 0; depth <= LINKS_MAX; depth++) {
		if (!git_store_read(self, id, arena, text))
			return false;
		at = text->at;
		if (text->type == GIT_OBJECT_COMMIT)
			return true;
		if (text->type != GIT_OBJECT_TAG ||
		    !read_line(&at, "object ", id))
			return false;
	}
	return false;
}

static bool step_back(struct git_store *self, struct arena *arena, git_oid *id,
		      unsigned parent)
{
	struct git_text text;
	const char *at;
	git_oid skipped;

	if (!read_commit(self, arena, id, &text))
		return false;
	if (!parent)
		return true;
	at = text.at;
	if (!read_line(&at, "tree ", &skipped))
		return false;
	while (parent--)
		if (!read_line(&at, "parent ", id))
			return false;
	return true;
}

/* The number behind "~" or "^", which may be missing. */
static unsigned read_steps(const char **at)
{
	unsigned steps = 0;

	if (**at < '0' || **at > '9')
		return 1;
	for (; **at >= '0' && **at <= '9'; ++*at)
		if (steps < FILE_MAX / 16)
			steps = steps * 10 + (unsigned)(**at - '0');
	return steps;
}

static bool find_steps(struct git_store *self, struct arena *arena,
		       const char *steps, git_oid *id)
{
	while (*steps) {
		bool first = *steps++ == '~';
		unsigned count = read_steps(&steps), i;

		if (*steps && *steps != '~' && *steps != '^')
			return false;
		if (!first && !step_back(self, arena, id, count))
			return false;
		for (i = 0; first && i < count; i++)
			if (!step_back(self, arena, id, 1))
				return false;
	}
	return true;
}

static bool find_commit(struct git_store *self, struct arena *arena,
			const char *revision, git_oid *id,
			struct git_text *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789/._-"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	size_t len = strspn(revision, plain);
	const char *name = arena_strndup(arena, revision, len);
	const char *steps = revision + len;

	if (!len || (*steps && *steps != '~' && *steps != '^') ||
	    strstr(name, "..") || strstr(name, "//") || *name == '/')
		return false;
	if (!(len == HEX && parse_id(name, id)) &&
	    !find_name(self, arena, name, id))
		return false;
	return find_steps(self, arena, steps, id) &&
	       read_commit(self, arena, id, text);
}

bool git_store_find(struct git_store *self, const char *revision,
		    git_oid *commit)
{
	struct arena *scratch = arena_new();
	struct git_text text;
	bool good = find_commit(self, scratch, revision, commit, &text);

	arena_free(scratch);
	return good;
}

bool git_store_find_tree(struct git_store *self, const char *revision,
			 git_oid *tree)
{
	struct arena *scratch = arena_new();
	struct git_text text;
	git_oid commit;
	bool good = find_commit(self, scratch, revision, &commit, &text);

	good = good && read_line(&text.at, "tree ", tree);
	arena_free(scratch);
	return good;
}
