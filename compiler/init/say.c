/*
 * What init says of that which it did not write down: in blocks of what has
 * the same reason, with some names and how many more there are.
 */
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
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
static const struct lead is_unread = { "cannot be read, so it is left out",
				       "cannot be read, so they are left out",
				       "file" };
static const struct lead is_unplaced = { "not placed", "are not placed",
					 "file" };

struct remark {
	const struct lead *lead;
	const char *name;
	const char *why;
	const char *help; /* or NULL */
};

/* Remarks of one lead and one reason. */
struct block {
	VEC(struct remark) remarks;
	bool same; /* the whole of what they say */
};

struct sayings {
	const struct init_plan *plan;
	struct str *out;
	struct table blocks; /* by lead and reason, in order */
};

/* What comes behind a colon is the one thing or the other. */
static size_t reason_len(const char *why)
{
	const char *colon = strstr(why, ": ");

	return colon ? (size_t)(colon - why) : strlen(why);
}

static void add_remark(struct sayings *self, const struct remark *remark)
{
	struct arena *arena = self->plan->arena;
	const char *key =
		arena_printf(arena, "%s\n%.*s", remark->lead->many,
			     (int)reason_len(remark->why), remark->why);
	struct block *block = table_gets(&self->blocks, key);

	if (!block) {
		block = arena_zalloc(arena, sizeof(*block));
		block->same = true;
		table_puts(&self->blocks, key, block);
	} else {
		block->same = block->same && strcmp(block->remarks.items[0].why,
						    remark->why) == 0;
	}
	vec_push(arena, &block->remarks, *remark);
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

static void put_names(const struct sayings *self, const struct block *block)
{
	size_t count = block->remarks.count, i;
	size_t shown = count > SHOWN_MAX + SLACK ? SHOWN_MAX : count;
	struct str names;

	str_init(&names, self->plan->arena);
	for (i = 0; i < shown; i++)
		str_printf(&names, "%s%s", i ? ", " : "",
			   block->remarks.items[i].name);
	if (shown < count)
		str_printf(&names, " and %zu more", count - shown);
	put_line(self, 2, str_text(&names));
}

/* "no kustomization names it", of several. */
static const char *of_several(struct arena *arena, const char *why)
{
	size_t len = strlen(why);

	if (len < 3 || strcmp(why + len - 3, " it") != 0)
		return why;
	return arena_printf(arena, "%.*s them", (int)len - 3, why);
}

static void put_several(const struct sayings *self, const struct block *block)
{
	const struct remark *first = &block->remarks.items[0];

	put_line(self, 0,
		 arena_printf(self->plan->arena, "%zu %ss %s: %s%s",
			      block->remarks.count, first->lead->noun,
			      first->lead->many,
			      of_several(self->plan->arena, first->why),
			      block->same ? "" : ", ..."));
	put_names(self, block);
}

static void put_block(const struct sayings *self, const struct block *block)
{
	const struct remark *first = &block->remarks.items[0];

	if (block->remarks.count == 1)
		put_one(self, first);
	else
		put_several(self, block);
	/* lint has the place, and says more. */
	if (first->help && strlen(first->help) < HELP_MAX)
		put_line(self, 2, first->help);
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
		if (is_for(plan->left_out.items[i].name, target))
			return true;
	return false;
}

static void add_broken(struct sayings *self, const struct init_target *target)
{
	const struct init_plan *plan = self->plan;
	struct remark remark = { &is_comment, target->name, target->broken,
				 target->broken_help };

	if (init_is_found(plan, target)) {
		/* What is found may be empty, and what is left is told. */
		if (target->empty || is_left(plan, target))
			return;
		remark.lead = &in_baseline;
	}
	add_remark(self, &remark);
}

static void add_left(struct sayings *self, const struct init_lefts *left)
{
	size_t i;

	for (i = 0; i < left->count; i++) {
		const struct init_left *item = &left->items[i];
		struct remark remark = { item->is_file ? &is_unread
						       : &is_left_out,
					 item->name, item->why, NULL };

		add_remark(self, &remark);
	}
}

static void add_unplaced(struct sayings *self, const char *text)
{
	size_t len = reason_len(text);
	struct remark remark = { &is_unplaced,
				 arena_strndup(self->plan->arena, text, len),
				 text + len + strspn(text + len, ": "), NULL };

	add_remark(self, &remark);
}

void init_say_rest(struct str *out, const struct init_plan *plan)
{
	struct sayings self = { .plan = plan, .out = out };
	uint32_t at;
	size_t i;

	table_init(&self.blocks, plan->arena);
	for (i = 0; i < plan->targets.count; i++) {
		const struct init_target *target = &plan->targets.items[i];

		if (target->broken)
			add_broken(&self, target);
		if (!plan->discover && !init_is_found(plan, target))
			add_left(&self, &target->left_out);
	}
	add_left(&self, &plan->left_out);
	for (i = 0; i < plan->unplaced.count; i++)
		add_unplaced(&self, plan->unplaced.items[i]);
	for (at = 0; at < self.blocks.count; at++)
		put_block(&self, self.blocks.entries[at].value);
}
