/*
 * Leaders: jobs whose objects may say what else is applied.
 *
 * A change of a file that only an Application's path applies reaches no root:
 * who applies it is known when the Application has been rendered.  So those
 * that may lead on are rendered also where no change reaches them, or where
 * another shard reports them, and are dropped when all have been followed.
 */
#ifndef COMPILER_LEADERS_H
#define COMPILER_LEADERS_H

#include <stdbool.h>

struct inputs;
struct run;

/* What the texts of a job speak of; helpers of a chart may stand apart. */
enum leads {
	LEADS_ARGO = 1,        /* a group of Argo's */
	LEADS_APPLICATION = 2, /* an Application, or a set of them */
	LEADS_FLUX = 4,        /* a group of Flux's */
	LEADS_REFERENCE = 8,   /* to values that another job may hold */
	LEADS_REFERRED = 16,   /* an object with such values */
};

unsigned leaders_text(const char *text);

/*
 * Whether files are kept there that lead on, told from the name of the path or
 * of a folder on the way: "clusters/prod/", "argocd/".  What it has in common
 * with `before` (or "") is not looked at.
 */
bool leaders_path(const char *path, const char *before);

/* Whether what may be followed refers to others; leads[i] is of job i. */
bool leaders_refer(const struct run *run, const unsigned *leads);

/* The jobs to keep beside those that are wanted: keep[i] is set for them. */
void leaders_keep(const struct run *run, const struct inputs *inputs,
		  bool *keep);

/*
 * After all was followed: leave the jobs that a change reaches, by what they
 * and those that led to them have read, and that are of this shard.
 */
void leaders_drop(struct run *run);

#endif
