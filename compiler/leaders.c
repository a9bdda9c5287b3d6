#include "compiler/leaders.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "compiler/gitops/gitops.h"
#include "compiler/inputs.h"
#include "compiler/run.h"
#include "compiler/shard.h"

static const struct word {
	const char *text;
	unsigned lead;
} words[] = {
	{ "argoproj.io/", LEADS_ARGO },
	{ "Application", LEADS_APPLICATION },
	{ "fluxcd.io/", LEADS_FLUX },
	{ "valuesFrom", LEADS_REFERENCE },
	{ "substituteFrom", LEADS_REFERENCE },
	{ "ConfigMap", LEADS_REFERRED },
	{ "Secret", LEADS_REFERRED },
};

unsigned leaders_text(const char *text)
{
	unsigned leads = 0;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(words); i++)
		if (!(leads & words[i].lead) && strstr(text, words[i].text))
			leads |= words[i].lead;
	return leads;
}

/* Of a part of a path: what it begins with, or all of it without its end. */
static bool is_leading_name(const char *part)
{
	static const char *const begins[] = { "argo",       "flux",
					      "gitops",     "app-of-apps",
					      "appset",     "applicationset",
					      "helmrelease" };
	static const char *const names[] = { "application", "applications",
					     "bootstrap",   "cluster",
					     "clusters",    "hr",
					     "ks" };
	size_t len = strcspn(part, "./"), i;

	if (!strchr("abcfghk", *part))
		return false;
	for (i = 0; i < ARRAY_COUNT(begins); i++)
		if (strncmp(part, begins[i], strlen(begins[i])) == 0)
			return true;
	for (i = 0; i < ARRAY_COUNT(names); i++)
		if (strlen(names[i]) == len &&
		    strncmp(part, names[i], len) == 0)
			return true;
	return false;
}

bool leaders_path(const char *path, const char *before)
{
	const char *part = path, *at;

	for (at = path; *at && *at == *before; at++, before++)
		if (*at == '/')
			part = at + 1;
	while (!is_leading_name(part)) {
		part = strchr(part, '/');
		if (!part)
			return false;
		part++;
	}
	return true;
}

/* Whether objects of a job with these bits may be followed. */
static bool may_lead(unsigned leads)
{
	const unsigned argo = LEADS_ARGO | LEADS_APPLICATION;

	return (leads & LEADS_FLUX) || (leads & argo) == argo;
}

bool leaders_refer(const struct run *run, const unsigned *leads)
{
	size_t i;

	for (i = 0; i < run->jobs.count; i++)
		if (may_lead(leads[i]) && leads[i] & LEADS_REFERENCE)
			return true;
	return false;
}

void leaders_keep(const struct run *run, const struct inputs *inputs,
		  bool *keep)
{
	bool refers = leaders_refer(run, inputs->leads);
	size_t i;

	for (i = 0; i < run->jobs.count; i++)
		keep[i] = may_lead(inputs->leads[i]) ||
			  (refers && inputs->leads[i] & LEADS_REFERRED);
}

/* Whether a generator that made its object has read what changed. */
static bool has_changed_file(const struct table *changed,
			     const struct followed *followed)
{
	size_t i;

	for (; followed; followed = followed->parent)
		for (i = 0; i < followed->files.count; i++)
			if (table_gets(changed, followed->files.items[i]))
				return true;
	return false;
}

/* What led to it, or what its object asked for, is another one now. */
static bool has_changed_maker(const struct followed *followed)
{
	size_t i;

	for (i = 0; i < followed->makers.count; i++)
		if (!followed->makers.items[i].job->unchanged)
			return true;
	for (i = 0; i < followed->asked.count; i++)
		if (!followed->asked.items[i]->unchanged)
			return true;
	return false;
}

/* Makers stand before what they make: rounds follow one another. */
static void find_changed(struct run *run)
{
	const struct inputs *inputs = inputs_of_views(run);
	bool *marks = arena_zalloc(run->arena, run->jobs.count + 1);
	struct table changed;
	size_t i;

	table_init(&changed, run->arena);
	for (i = 0; i < run->jobs.count; i++)
		if (run->jobs.items[i]->target->followed)
			run->jobs.items[i]->unchanged = true;
	for (i = 0; i < run->changed->count; i++) {
		const char *path = run->changed->items[i].path;

		table_puts(&changed, path, run);
		inputs_mark(inputs, path, marks);
	}
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];
		const struct followed *followed = job->target->followed;

		if (followed)
			job->unchanged = !marks[i] &&
					 !has_changed_maker(followed) &&
					 !has_changed_file(&changed, followed);
	}
}

void leaders_drop(struct run *run)
{
	size_t i, kept = 0;

	/* The state before a change is whole: it is only looked up in. */
	if (run->after)
		return;
	if (run->changed)
		find_changed(run);
	if (run->shard.total)
		shard_find_elsewhere(run);
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];

		if (!job->unchanged && !job->elsewhere)
			run->jobs.items[kept++] = job;
		else
			vec_push(run->arena, &run->dropped, job);
	}
	run->jobs.count = kept;
}
