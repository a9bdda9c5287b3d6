/*
 * What `helm template` printed says in comments which template each document
 * is of; findings in such a text say it too.
 */
#ifndef COMPILER_RENDERED_FROM_H
#define COMPILER_RENDERED_FROM_H

struct job;

/* Add "rendered from shop/templates/web.yaml" to the job's findings. */
void rendered_from_note(struct job *job);

#endif
