/*
 * What a kustomization may name outside its folder, told from its text without
 * parsing it: rather too much than too little.
 */
#ifndef COMPILER_MENTIONS_H
#define COMPILER_MENTIONS_H

#include <stdbool.h>

#include "base/vec.h"

struct arena;

struct mentions {
	VEC(const char *) paths; /* relative, all begin with ".." */
	bool any;                /* nothing is known: it may name anything */
};

/* Whether a path is one that texts can be searched for. */
bool mentions_can_be_found(const char *path);

void mentions_find(struct arena *arena, const char *text,
		   struct mentions *mentions);

#endif
