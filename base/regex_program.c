#include "base/regex_program.h"

#include <string.h>

#include "base/arena.h"
#include "base/regex_syntax.h"
#include "base/utf8.h"
#include "base/vec.h"

/* Steps of one search; some seconds. */
#define STEPS_MAX 1000000000u

enum step_op {
	STEP_RUNE,
	STEP_SET,
	STEP_ASSERT, /* `rune` is the regex_op */
	STEP_SPLIT,  /* go on at `next`, and with less right at `other` */
	STEP_JUMP,
	STEP_SAVE, /* the place into slot `rune` */
	STEP_MATCH
};

struct step {
	enum step_op op;
	uint32_t rune;
	uint32_t next;
	uint32_t other;
	const struct rune_set *set;
};

struct regex_program {
	VEC(struct step) steps;
	bool anchored;
};

static uint32_t add_step(struct arena *arena, struct regex_program *program,
			 enum step_op op, uint32_t rune)
{
	uint32_t at = (uint32_t)program->steps.count;
	struct step step = { .op = op, .rune = rune, .next = at + 1 };

	vec_push(arena, &program->steps, step);
	return at;
}

static uint32_t here(const struct regex_program *program)
{
	return (uint32_t)program->steps.count;
}

/* Fill in a split: into the loop or the option, or around it. */
static void set_split(struct regex_program *program, uint32_t at, uint32_t into,
		      uint32_t around, bool lazy)
{
	struct step *step = &program->steps.items[at];

	step->next = lazy ? around : into;
	step->other = lazy ? into : around;
}

static void compile(struct arena *arena, struct regex_program *program,
		    const struct regex_node *node);

static void compile_option(struct arena *arena, struct regex_program *program,
			   const struct regex_node *node, int times)
{
	const struct regex_node *sub = node->subs[0];
	uint32_t first = here(program), split = first;
	int i;

	/* x{0,3} is (x(x(x)?)?)?: every split leads to the same end. */
	for (i = 0; i < times; i++) {
		uint32_t at = add_step(arena, program, STEP_SPLIT, 0);

		program->steps.items[at].other = split;
		split = at;
		compile(arena, program, sub);
	}
	for (i = 0; i < times; i++) {
		uint32_t before = program->steps.items[split].other;

		set_split(program, split, split + 1, here(program), node->lazy);
		split = before;
	}
}

/* x+, whose first round is compiled here. */
static void compile_loop(struct arena *arena, struct regex_program *program,
			 const struct regex_node *node)
{
	uint32_t into = here(program), split;

	compile(arena, program, node->subs[0]);
	split = add_step(arena, program, STEP_SPLIT, 0);
	set_split(program, split, into, here(program), node->lazy);
}

static void compile_star(struct arena *arena, struct regex_program *program,
			 const struct regex_node *node)
{
	const struct regex_node *sub = node->subs[0];
	uint32_t split = add_step(arena, program, STEP_SPLIT, 0), jump;

	/* As in RE2: if x may be empty, x* is (x+)?. */
	if (sub->nullable) {
		compile_loop(arena, program, node);
	} else {
		compile(arena, program, sub);
		jump = add_step(arena, program, STEP_JUMP, 0);
		program->steps.items[jump].next = split;
	}
	set_split(program, split, split + 1, here(program), node->lazy);
}

static void compile_repeat(struct arena *arena, struct regex_program *program,
			   const struct regex_node *node)
{
	int i;

	if (node->max == REGEX_NO_MAX && node->min == 0) {
		compile_star(arena, program, node);
		return;
	}
	for (i = 1; i < node->min; i++)
		compile(arena, program, node->subs[0]);
	if (node->max == REGEX_NO_MAX) {
		compile_loop(arena, program, node);
		return;
	}
	if (node->min)
		compile(arena, program, node->subs[0]);
	compile_option(arena, program, node, node->max - node->min);
}

static void compile_alternate(struct arena *arena,
			      struct regex_program *program,
			      const struct regex_node *node)
{
	uint32_t *jumps = arena_alloc(arena, node->count * sizeof(*jumps));
	size_t i;

	for (i = 0; i + 1 < node->count; i++) {
		uint32_t split = add_step(arena, program, STEP_SPLIT, 0);

		compile(arena, program, node->subs[i]);
		jumps[i] = add_step(arena, program, STEP_JUMP, 0);
		set_split(program, split, split + 1, here(program), false);
	}
	compile(arena, program, node->subs[i]);
	while (i--)
		program->steps.items[jumps[i]].next = here(program);
}

static void compile(struct arena *arena, struct regex_program *program,
		    const struct regex_node *node)
{
	uint32_t at;

	switch (node->op) {
	case REGEX_EMPTY:
		break;
	case REGEX_LITERAL:
		add_step(arena, program, STEP_RUNE, node->rune);
		break;
	case REGEX_SET:
		at = add_step(arena, program, STEP_SET, 0);
		program->steps.items[at].set = node->set;
		break;
	case REGEX_TEXT_BEGIN:
	case REGEX_TEXT_END:
	case REGEX_LINE_BEGIN:
	case REGEX_LINE_END:
	case REGEX_WORD_EDGE:
	case REGEX_NO_WORD_EDGE:
		add_step(arena, program, STEP_ASSERT, node->op);
		break;
	case REGEX_GROUP:
		add_step(arena, program, STEP_SAVE, 2 * (uint32_t)node->group);
		compile(arena, program, node->subs[0]);
		add_step(arena, program, STEP_SAVE,
			 2 * (uint32_t)node->group + 1);
		break;
	case REGEX_CONCAT:
		for (size_t i = 0; i < node->count; i++)
			compile(arena, program, node->subs[i]);
		break;
	case REGEX_ALTERNATE:
		compile_alternate(arena, program, node);
		break;
	case REGEX_REPEAT:
		compile_repeat(arena, program, node);
		break;
	}
}

struct regex_program *regex_program_new(struct arena *arena,
					const struct regex_node *root)
{
	struct regex_program *program = arena_zalloc(arena, sizeof(*program));
	const struct step *first;

	compile(arena, program, root);
	add_step(arena, program, STEP_MATCH, 0);
	first = &program->steps.items[0];
	program->anchored =
		first->op == STEP_ASSERT && first->rune == REGEX_TEXT_BEGIN;
	return program;
}

/* Threads in the order of their rights; each step occurs once. */
struct threads {
	uint32_t *steps;
	size_t *saves;   /* `slots` of each thread */
	uint32_t *where; /* of a step, valid if steps[where[step]] == step */
	uint32_t count;
};

/* What is left to follow: a step, or a slot to put back. */
struct pending {
	uint32_t step;
	uint32_t slot;
	size_t saved;
	bool restores;
};

struct search {
	const struct regex_program *program;
	struct arena *arena;
	const char *text;
	size_t len;
	size_t slots;
	size_t *current; /* slots of the thread that is being followed */
	size_t *found;
	bool matched;
	uint64_t steps;
	uint64_t most;
	struct threads now;
	struct threads next;
	VEC(struct pending) pending;
};

static bool is_word(const struct search *search, size_t at)
{
	char c = at < search->len ? search->text[at] : ' ';

	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z') || c == '_';
}

static bool holds(const struct search *search, enum regex_op assertion,
		  size_t at)
{
	/* Before 0 there is nothing: (size_t)-1 is no word either. */
	bool edge = is_word(search, at - 1) != is_word(search, at);

	switch ((int)assertion) {
	case REGEX_TEXT_BEGIN:
		return at == 0;
	case REGEX_TEXT_END:
		return at == search->len;
	case REGEX_LINE_BEGIN:
		return at == 0 || search->text[at - 1] == '\n';
	case REGEX_LINE_END:
		return at == search->len || search->text[at] == '\n';
	case REGEX_WORD_EDGE:
		return edge;
	}
	return !edge;
}

static void push_step(struct search *search, uint32_t step)
{
	struct pending pending = { .step = step };

	vec_push(search->arena, &search->pending, pending);
}

static bool threads_have(const struct threads *threads, uint32_t step)
{
	uint32_t where = threads->where[step];

	return where < threads->count && threads->steps[where] == step;
}

/* Remember the slot for later, and overwrite it. */
static void save(struct search *search, uint32_t slot, size_t at)
{
	struct pending pending = { .slot = slot, .restores = true };

	if (slot >= search->slots)
		return;
	pending.saved = search->current[slot];
	vec_push(search->arena, &search->pending, pending);
	search->current[slot] = at;
}

/* One step of following; it is new in `threads`. */
static void follow_step(struct search *search, struct threads *threads,
			uint32_t index, size_t at)
{
	const struct step *step = &search->program->steps.items[index];

	threads->where[index] = threads->count;
	threads->steps[threads->count] = index;
	switch (step->op) {
	case STEP_RUNE:
	case STEP_SET:
	case STEP_MATCH:
		memcpy(threads->saves + threads->count * search->slots,
		       search->current,
		       search->slots * sizeof(*search->current));
		break;
	case STEP_ASSERT:
		if (holds(search, (enum regex_op)step->rune, at))
			push_step(search, step->next);
		break;
	case STEP_SPLIT:
		push_step(search, step->other);
		push_step(search, step->next);
		break;
	case STEP_JUMP:
		push_step(search, step->next);
		break;
	case STEP_SAVE:
		save(search, step->rune, at);
		push_step(search, step->next);
		break;
	}
	threads->count++;
}

/* Add a thread at a step, and all it leads to without reading a character. */
static void follow(struct search *search, struct threads *threads,
		   uint32_t first, size_t at)
{
	push_step(search, first);
	while (search->pending.count) {
		struct pending pending = *vec_last(&search->pending);

		search->pending.count--;
		search->steps++;
		if (pending.restores)
			search->current[pending.slot] = pending.saved;
		else if (!threads_have(threads, pending.step))
			follow_step(search, threads, pending.step, at);
	}
}

/* Let every thread read the character; a match ends those behind it. */
static void advance(struct search *search, uint32_t rune, bool more, size_t at,
		    size_t after)
{
	size_t bytes = search->slots * sizeof(*search->current);

	search->next.count = 0;
	for (uint32_t i = 0; i < search->now.count; i++) {
		uint32_t index = search->now.steps[i];
		const struct step *step = &search->program->steps.items[index];
		const size_t *saves = search->now.saves + i * search->slots;
		bool reads = step->op == STEP_RUNE
				     ? more && step->rune == rune
				     : step->op == STEP_SET && more &&
					       rune_set_has(step->set, rune);

		search->steps++;
		if (step->op == STEP_MATCH) {
			memcpy(search->found, saves, bytes);
			search->found[1] = at;
			search->matched = true;
			return;
		}
		if (!reads)
			continue;
		memcpy(search->current, saves, bytes);
		follow(search, &search->next, step->next, after);
	}
}

static void threads_init(struct search *search, struct threads *threads)
{
	size_t count = search->program->steps.count;

	threads->steps =
		arena_alloc(search->arena, count * sizeof(*threads->steps));
	threads->where =
		arena_zalloc(search->arena, count * sizeof(*threads->where));
	threads->saves = arena_alloc(
		search->arena, count * search->slots * sizeof(*threads->saves));
	threads->count = 0;
}

/* False: too many steps. */
static bool run(struct search *search, size_t from)
{
	size_t at = from, size, i;

	for (;; at += size) {
		bool more = at < search->len;
		uint32_t rune =
			utf8_decode(search->text + at, search->len - at, &size);
		struct threads swap;

		if (!search->matched && (!search->program->anchored || !at)) {
			for (i = 0; i < search->slots; i++)
				search->current[i] = REGEX_UNSET;
			search->current[0] = at;
			follow(search, &search->now, 0, at);
		}
		if (!search->now.count &&
		    (search->matched || search->program->anchored))
			return true;
		advance(search, rune, more, at, at + size);
		if (!more)
			return true;
		if (search->steps > search->most)
			return false;
		swap = search->now;
		search->now = search->next;
		search->next = swap;
	}
}

bool regex_program_search(const struct regex_program *program,
			  struct regex_subject *subject,
			  struct regex_span *spans, size_t count)
{
	struct search search = { .program = program,
				 .arena = arena_new(),
				 .text = subject->text,
				 .len = subject->len,
				 .most = subject->most ? subject->most
						       : STEPS_MAX,
				 .slots = count ? count * 2 : 2 };
	size_t bytes = search.slots * sizeof(size_t);

	search.current = arena_alloc(search.arena, bytes);
	search.found = arena_alloc(search.arena, bytes);
	threads_init(&search, &search.now);
	threads_init(&search, &search.next);
	subject->limited = !run(&search, subject->from);
	subject->steps = search.steps;
	if (subject->limited)
		search.matched = false;
	for (size_t i = 0; search.matched && i < count; i++) {
		spans[i].begin = search.found[2 * i];
		spans[i].end = search.found[2 * i + 1];
	}
	arena_free(search.arena);
	return search.matched;
}
