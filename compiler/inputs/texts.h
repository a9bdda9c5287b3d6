/*
 * What the texts of a tree say before anything is parsed: which speak of
 * objects that lead on (compiler/leaders.h), and what kustomizations name
 * outside their folders.  Each content that is tracked is searched once,
 * whoever reads it, so that jobs that nothing reaches need not be looked at.
 */
#ifndef COMPILER_INPUTS_TEXTS_H
#define COMPILER_INPUTS_TEXTS_H

#include <stdbool.h>

#include "base/table.h"
#include "compiler/inputs.h"

struct job;
struct run;
struct target;
struct texts;

struct texts_wanted {
	bool leads;
	bool mentions;
};

/*
 * All texts of the state whose changes were just looked for; NULL: it is not
 * known which there are (git_unseen()).
 */
const struct texts *texts_find(struct run *run,
			       const struct git_changes *changes,
			       const struct texts_wanted *wanted);

/* Folders of kustomizations, to the mentions of each. */
const struct table *texts_mentions(const struct texts *texts);

/* Whether a job, or any of a target, may read a text that leads on. */
bool texts_lead_target(const struct texts *texts, const struct target *target);
bool texts_lead_job(const struct texts *texts, const struct job *job);

/*
 * What the texts that a job reads speak of, as bits of leaders.h, through a
 * view of its own.  `folders` holds what is known of folders and is added to.
 */
unsigned texts_leads(const struct texts *texts, const struct job *job,
		     const struct inputs_log *log,
		     const struct inputs_log *below, struct table *folders);

#endif
