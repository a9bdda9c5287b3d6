/*
 * What init says of that which it did not write down: in blocks of what has
 * the same reason, with some names and how many more there are.
 */
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "compiler/init.h"

enum {
	WIDTH = 80,
	SHOWN_MAX = 6, /* names of a block, if there are some more */
	HELP_MAX = 72, /* a longer one is left to lint */
	SLACK = 2      /* so few more are shown, too */
};

/* How things of a kind are said, of one and of several. */
struct lead {
	const char *one;
	const char *many;
	const char *noun;
};

static const struct lead in_baseline = {
	"does not render, so it is in the baseline",
	"do not render, so they are in the baseline", "target"
};
static const struct lead is_comment = { "does not render, so it is a comment",
					"do not render, so they are comments",
					"target" };
static const struct lead is_left_out = { "does not render, so it is left out",
					 "do not render, so they are left out",
					 "target" };
static const struct lead is_unplaced = { "not placed", "are not placed",
					 "file" };

struct remark {
	const struct lead *lead;
	const char *name;
	const char *why;
	const char *help; /* or NULL */
	bool said;
};

struct sayings {
	const struct init_plan *plan;
	struct str *out;
	VEC(struct remark) remarks;
};

/* What comes behind a colon is the one thing or the other. */
static size_t reason_len(const char *why)
{
	const char *colon = strstr(why, ": ");

	return colon ? (size_t)(colon - why) : strlen(why);
}

static bool is_alike(const struct remark *one, const struct remark *other)
{
	size_t len = reason_len(one->why);

	return !other->said && one->lead == other->lead &&
	       len == reason_len(other->why) &&
	       strncmp(one->why, other->why, len) == 0;
}

static void put_line(const struct sayings *self, size_t margin,
		     const char *words)
{
	str_fill(self->out, ' ', margin);
	str_put_wrapped(self->out, words, margin, 2, WIDTH);
}

static void put_one(const struct sayings *self, const struct remark *remark)
{
	put_line(self, 0,
		 arena_printf(self->plan->arena, "%s: %s: %s",
			      remark->lead->one, remark->name, remark->why));
}

static void put_names(const struct sayings *self, const struct remark *first,
		      size_t count)
{
	size_t shown = count > SHOWN_MAX + SLACK ? SHOWN_MAX : count, left;
	const struct remark *remark;
	struct str names;

	str_init(&names, self->plan->arena);
	for (remark = first, left = shown; left; remark++) {
		if (remark != first && !is_alike(first, remark))
			continue;
		str_puts(&names, remark->name);
		if (--left)
			str_puts(&names, ", ");
	}
	if (shown < count)
		str_printf(&names, " and %zu more", count - shown);
	put_line(self, 2, str_text(&names));
}

static void put_several(const struct sayings *self, const struct remark *first,
			size_t count, bool same)
{
	put_line(self, 0,
		 arena_printf(self->plan->arena, "%zu %ss %s: %s%s", count,
			      first->lead->noun, first->lead->many, first->why,
			      same ? "" : ", ..."));
	put_names(self, first, count);
}

static void put_block(struct sayings *self, struct remark *first)
{
	struct remark *end = self->remarks.items + self->remarks.count, *remark;
	bool same = true;
	size_t count = 1;

	for (remark = first + 1; remark < end; remark++) {
		if (!is_alike(first, remark))
			continue;
		count++;
		same = same && strcmp(first->why, remark->why) == 0;
	}
	if (count == 1)
		put_one(self, first);
	else
		put_several(self, first, count, same);
	/* lint has the place, and says more. */
	if (first->help && strlen(first->help) < HELP_MAX)
		put_line(self, 2, first->help);
	for (remark = first + 1; remark < end; remark++)
		remark->said = remark->said || is_alike(first, remark);
}

/* Discovery knows no target's name, and leaves each by itself. */
static bool is_for(const char *path, const struct init_target *target)
{
	const char *env = target->path ? strstr(target->path, "${env}") : NULL;
	size_t len = strlen(path), start, rest;

	if (!target->path || !env)
		return target->path && strcmp(target->path, path) == 0;
	start = (size_t)(env - target->path);
	rest = strlen(env + strlen("${env}"));
	return len >= start + rest && strncmp(path, target->path, start) == 0 &&
	       strcmp(path + len - rest, env + strlen("${env}")) == 0;
}

static bool is_left(const struct init_plan *plan,
		    const struct init_target *target)
{
	size_t i;

	for (i = 0; i < plan->left_out.count; i++)
		if (is_for(plan->left_out.items[i], target))
			return true;
	return false;
}

static void add_broken(struct sayings *self, const struct init_target *target)
{
	const struct init_plan *plan = self->plan;
	struct remark remark = { &is_comment, target->name, target->broken,
				 target->broken_help, false };

	if (plan->discover || init_is_found(plan, target)) {
		/* What is found may be empty, and what is left is told. */
		if (target->empty || (!plan->discover && is_left(plan, target)))
			return;
		remark.lead = &in_baseline;
	}
	vec_push(plan->arena, &self->remarks, remark);
}

static void add_unplaced(struct sayings *self, const char *text)
{
	size_t len = reason_len(text);
	struct remark remark = { &is_unplaced,
				 arena_strndup(self->plan->arena, text, len),
				 text + len + strspn(text + len, ": "), NULL,
				 false };

	vec_push(self->plan->arena, &self->remarks, remark);
}

void init_say_rest(struct str *out, const struct init_plan *plan)
{
	struct sayings self = { .plan = plan, .out = out };
	size_t i;

	for (i = 0; i < plan->targets.count; i++)
		if (plan->targets.items[i].broken)
			add_broken(&self, &plan->targets.items[i]);
	for (i = 0; i < plan->left_out.count && !plan->discover; i++) {
		struct remark remark = { &is_left_out, plan->left_out.items[i],
					 plan->left_out_whys.items[i], NULL,
					 false };

		vec_push(plan->arena, &self.remarks, remark);
	}
	for (i = 0; i < plan->unplaced.count; i++)
		add_unplaced(&self, plan->unplaced.items[i]);
	for (i = 0; i < self.remarks.count; i++)
		if (!self.remarks.items[i].said)
			put_block(&self, &self.remarks.items[i]);
}
