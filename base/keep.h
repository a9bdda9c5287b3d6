/*
 * What outlives the arena it was made in: places, and the texts they lead to.
 *
 *	struct keeper *keeper = keeper_new(job->arena, scratch);
 *
 *	source = keep_source(keeper, source);
 *	keep_diags(keeper, &job->diags, count);
 *	arena_free(scratch);
 *
 * Rendering takes many times the memory of what it gives.  What it gives says
 * of each byte where it came from, and all of that is copied here; what lies
 * in other arenas is not.  The keeper itself is in the arena that goes, where
 * nothing that is to be kept may be made once it has been asked for something.
 */
#ifndef BASE_KEEP_H
#define BASE_KEEP_H

#include <stddef.h>

struct arena;
struct diag_sink;
struct fact_log;
struct keeper;
struct origin;
struct source;

struct keeper *keeper_new(struct arena *into, struct arena *from);

/* All of these give back what is not in the arena that goes, and NULL. */
const struct source *keep_source(struct keeper *keeper,
				 const struct source *source);
const char *keep_text(struct keeper *keeper, const char *text);

/* In place. */
void keep_origin(struct keeper *keeper, struct origin *origin);

/* All that was told from `first` on; `log` may be NULL. */
void keep_diags(struct keeper *keeper, struct diag_sink *sink, size_t first);
void keep_facts(struct keeper *keeper, struct fact_log *log, size_t first);

#endif
