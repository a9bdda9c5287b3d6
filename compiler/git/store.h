/*
 * References and objects of an ordinary repository, read by ourselves: the
 * library takes longer to load than a change takes to lint.  What is not
 * understood here, or is not there, is left to it.
 */
#ifndef COMPILER_GIT_STORE_H
#define COMPILER_GIT_STORE_H

#include <git2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

struct arena;
struct git_store;
struct tree;

/* NULL: its repository is not an ordinary one, or somebody else's. */
struct git_store *git_store_open(struct arena *arena, const char *root);

/* The same of what is in its .git; the tree is closed with the arena. */
struct git_store *git_store_of(struct arena *arena, struct tree *tree);

/* The commit that words name, or its tree; false: it is not known here. */
bool git_store_find(struct git_store *store, const char *revision,
		    git_oid *commit);
bool git_store_find_tree(struct git_store *store, const char *revision,
			 git_oid *tree);

struct git_text {
	git_object_t type;
	const char *at; /* a NUL follows */
	size_t len;
};

/* On any thread.  False: the library may know more. */
bool git_store_read(struct git_store *store, const git_oid *id,
		    struct arena *arena, struct git_text *text);

/* How many bytes it has. */
bool git_store_size(struct git_store *store, const git_oid *id, uint64_t *size);

/* pack.c: the packs of a repository. */
struct git_packs;

/* `tree` is its folder of objects' tree; all live as long as the arena. */
struct git_packs *git_packs_open(struct arena *arena, struct tree *tree);

/* False: it is in none of them, or cannot be read. */
bool git_packs_read(struct git_packs *packs, const git_oid *id,
		    struct arena *arena, struct git_text *text);

bool git_packs_size(struct git_packs *packs, const git_oid *id, uint64_t *size);

/* `size` bytes of what zlib packed, and a NUL; NULL: they are not there. */
char *git_unpack(struct arena *arena, const char *packed, size_t len,
		 uint64_t size);

#endif
