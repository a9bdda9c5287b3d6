#include "templates/set.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/edit_distance.h"
#include "base/path.h"
#include "base/pool.h"
#include "base/source.h"
#include "base/tree_made.h"
#include "templates/func.h"

static size_t function_slot(const char *name, size_t len)
{
	const unsigned char *at = (const unsigned char *)name;

	/* Short names may differ in one of them alone. */
	return (at[0] * 7u + at[len / 2] * 13u + at[len - 1] * 31u + len * 5u) %
	       FUNCTION_SLOTS;
}

static void add_function(struct template_set *set, const struct func *func)
{
	struct function_link *link = &set->functions[set->function_count];
	size_t len = strlen(func->name);
	uint16_t *slot = &set->slots[function_slot(func->name, len)];

	if (set->function_count == FUNCTIONS_MAX)
		BUG("more template functions than FUNCTIONS_MAX");
	*link = (struct function_link){ func, (uint32_t)len, *slot };
	*slot = (uint16_t)++set->function_count;
}

static bool has_function(enum template_dialect dialect, const struct func *func)
{
	if (dialect == TEMPLATE_SPRIG)
		return !func->helm_own && !func->helm4_only &&
		       !func->argocd_only;
	return !func->sprig_only &&
	       (dialect == TEMPLATE_HELM4 || !func->helm4_only) &&
	       (dialect == TEMPLATE_ARGOCD || !func->argocd_only);
}

void template_set_all_errors(struct template_set *set)
{
	set->all_errors = true;
}

struct template_set *template_set_new(struct arena *arena,
				      enum template_dialect dialect)
{
	struct template_set *set = arena_zalloc(arena, sizeof(*set));
	size_t family = 0, row = 0;
	const struct func *func;

	set->arena = arena;
	set->dialect = dialect;
	table_init(&set->trees, arena);
	table_init(&set->ahead, arena);
	set->functions =
		arena_alloc(arena, FUNCTIONS_MAX * sizeof(*set->functions));
	while ((func = template_func_next(&family, &row)) != NULL)
		if (has_function(dialect, func))
			add_function(set, func);
	return set;
}

const struct func *set_function(const void *context, const char *name,
				size_t len)
{
	const struct template_set *set = context;
	const struct function_link *link;
	uint16_t at = len ? set->slots[function_slot(name, len)] : 0;

	for (; at; at = link->next) {
		link = &set->functions[at - 1];
		if (link->len == len &&
		    memcmp(link->func->name, name, len) == 0)
			return link->func;
	}
	return NULL;
}

bool template_function_next(struct template_function_at *at,
			    struct template_function *function)
{
	const struct func *func = template_func_next(&at->family, &at->row);

	while (func && (func->argocd_only || func->sprig_only))
		func = template_func_next(&at->family, &at->row);
	if (!func)
		return false;
	function->name = func->name;
	function->usage = func->usage;
	function->help = func->help;
	function->helm4_only = func->helm4_only;
	return true;
}

struct candidates {
	const struct template_set *set;
	size_t family;
	size_t row;
};

static const char *next_function(void *context)
{
	struct candidates *at = context;
	const struct func *func = template_func_next(&at->family, &at->row);

	return func ? func->name : NULL;
}

/* The function that was meant; NULL: none is near. */
static const char *nearest_function(const char *name)
{
	struct candidates at = { NULL, 0, 0 };

	return edit_nearest(name, next_function, &at);
}

static const char *next_template(void *context)
{
	struct candidates *at = context;
	const struct template_tree *tree;

	if (at->row >= at->set->trees.count)
		return NULL;
	tree = at->set->trees.entries[at->row++].value;
	return arena_strndup(at->set->arena, tree->name.at, tree->name.len);
}

const char *set_nearest_template(const struct template_set *set,
				 const char *name)
{
	struct candidates at = { set, 0, 0 };

	return edit_nearest(name, next_template, &at);
}

/* Helm shows what follows the last ": " of Go's text. */
static const char *last_part(const char *text)
{
	const char *colon;

	while ((colon = strstr(text, ": ")) != NULL)
		text = colon + 2;
	return text;
}

/* Where an {{end}} is missing, the block it is missing for. */
static void note_open(struct diag_sink *diags, const struct source *source,
		      const struct parse_error *error)
{
	struct parse_place block;
	struct origin at;
	size_t line;
	bool whole;

	if ((strcmp(error->text, "unexpected EOF") != 0 &&
	     strncmp(error->text, "unexpected <define>", 19) != 0) ||
	    !parse_open_block(diags->arena, source, error->begin, &block))
		return;
	at = origin_at(source, block.begin, block.end);
	line = strcspn(source->text + block.begin, "\n");
	whole = line >= block.end - block.begin;
	diag_note(diags, &at, "%.*s%s is opened here",
		  (int)(whole ? block.end - block.begin : line),
		  source->text + block.begin, whole ? "" : "...");
}

static void report(struct diag_sink *diags, const char *file,
		   const struct source *source, const struct parse_error *error)
{
	struct origin at = origin_at(source, error->begin, error->end);
	const char *near = error->name && strstr(error->text, "function")
				   ? nearest_function(error->name)
				   : NULL;

	if (near)
		diag_error(diags, &at, "%s; \"%s\" is", error->text, near);
	else
		diag_error(diags, &at, "%s", error->text);
	note_open(diags, source, error);
	diag_native(diags, "parse error at (%s:%u): %s", file, error->line,
		    last_part(error->text));
}

static void add_tree(struct table *table, const struct template_tree *old,
		     struct template_tree *tree)
{
	if (old && tree->empty)
		return;
	table_put(table, tree->name.at, tree->name.len, tree);
}

/* What a text is made into. */
struct made {
	struct parsed_trees trees;
	struct parse_error error;
	bool good;
};

/* One text of a set, to be parsed or parsed. */
struct parsed {
	struct template_piece piece;
	const struct made *made; /* NULL: not yet */
	bool shared;             /* by sets that know it by other names */
	struct parsed *again;    /* a later one with the same text; or NULL */
};

static struct made *make(const struct template_set *set, struct arena *arena,
			 const char *name, const struct source *source)
{
	struct made *made = arena_zalloc(arena, sizeof(*made));
	struct parse_input input = {
		.arena = arena,
		.source = source,
		.name = { name, (uint32_t)strlen(name) },
		.file = name,
		.function = set_function,
		.context = set,
		.all_errors = set->all_errors,
	};

	made->good = parse_template(&input, &made->trees, &made->error);
	return made;
}

static const void *make_shared(struct arena *arena, const struct source *source,
			       const void *set)
{
	return make(set, arena, source->name, source);
}

/* Which functions there are is part of what a text is made into. */
static const struct tree_maker makers[TEMPLATE_SPRIG + 1][2] = {
	{ { make_shared, true }, { make_shared, true } },
	{ { make_shared, true }, { make_shared, true } },
	{ { make_shared, true }, { make_shared, true } },
	{ { make_shared, true }, { make_shared, true } },
};

/* What the file itself prints; its definitions come before it. */
static const struct template_tree *root_of(const struct parsed *parsed)
{
	const struct parsed_trees *trees = &parsed->made->trees;

	return trees->items[trees->count - 1];
}

/* Whether it parsed, and would have under this name with the same result. */
static bool may_share(const struct made *made, const char *name)
{
	const struct parsed_trees *trees = &made->trees;
	const struct word own = { name, (uint32_t)strlen(name) };
	size_t i;

	if (!made->good)
		return false;
	for (i = 0; i + 1 < trees->count; i++)
		if (word_same(&trees->items[i]->name, &own))
			return false;
	return trees->items[i]->name.at == trees->items[i]->file;
}

/* Once for all who render the file, if it can be; else for this set alone. */
static void parse(const struct template_set *set, struct arena *arena,
		  struct parsed *parsed)
{
	const struct template_piece *piece = &parsed->piece;
	const struct tree_maker *maker = &makers[set->dialect][set->all_errors];

	if (piece->view)
		parsed->made =
			(piece->shares ? tree_view_made : tree_view_made_again)(
				piece->view, piece->source, maker, set);
	parsed->shared = parsed->made && may_share(parsed->made, piece->name);
	if (!parsed->shared)
		parsed->made = make(set, arena, piece->name, piece->source);
}

/*
 * Subcharts bring the same library along, each its own copy.  What a later
 * one defines replaces the definitions of those before, which therefore need
 * not be parsed: only what they print themselves counts, which is nothing.
 */
static void find_repeats(struct template_set *set, struct parsed *parsed,
			 size_t count)
{
	struct table named;

	table_init(&named, set->arena);
	while (count--) {
		struct parsed *one = &parsed[count], *other;
		const struct source *source = one->piece.source;
		const char *base = path_name(one->piece.name);

		if (*base != '_')
			continue;
		other = table_gets(&named, base);
		if (other && other->piece.source->len == source->len &&
		    memcmp(other->piece.source->text, source->text,
			   source->len) == 0)
			one->again = other->again ? other->again : other;
		table_puts(&named, base, one);
	}
}

/* Whether nothing of the file counts but that a template has its name. */
static bool is_repeat(const struct template_set *set,
		      const struct parsed *parsed)
{
	struct parsed *again = parsed->again;

	if (!again)
		return false;
	if (!again->made)
		parse(set, set->arena, again);
	return again->made->good && root_of(again)->empty;
}

enum {
	/* Less than that is parsed before a thread has started. */
	WORTH_THREADS = 96 << 10,
	SHARES = 16,
};

/* Neighbours that are parsed by one thread, into memory of their own. */
struct share {
	const struct template_set *set;
	struct arena *arena;
	struct parsed *parsed;
	size_t count;
};

static void parse_share(void *context, size_t index)
{
	struct share *share = (struct share *)context + index;
	size_t i;

	for (i = 0; i < share->count; i++)
		if (!share->parsed[i].again)
			parse(share->set, share->arena, &share->parsed[i]);
}

static size_t bytes_of(const struct parsed *parsed)
{
	return parsed->again ? 0 : parsed->piece.source->len;
}

/* Neighbours with about the same number of bytes each. */
static size_t divide(struct template_set *set, struct parsed *parsed,
		     size_t count, struct share *shares)
{
	size_t bytes = 0, most, made = 0, i;

	for (i = 0; i < count; i++)
		bytes += bytes_of(&parsed[i]);
	if (bytes < WORTH_THREADS || pool_default_workers() < 2)
		return 0;
	most = bytes / SHARES + 1;
	bytes = most;
	for (i = 0; i < count; i++) {
		if (bytes >= most && made < SHARES) {
			struct arena *arena = arena_new();

			arena_adopt(set->arena, arena);
			shares[made++] =
				(struct share){ set, arena, parsed + i, 0 };
			bytes = 0;
		}
		bytes += bytes_of(&parsed[i]);
		shares[made - 1].count++;
	}
	return made;
}

void template_set_parse(struct template_set *set,
			const struct template_piece *pieces, size_t count)
{
	struct parsed *parsed =
		arena_zalloc(set->arena, count * sizeof(*parsed));
	struct share *shares =
		arena_alloc(set->arena, SHARES * sizeof(*shares));
	size_t made, i;

	for (i = 0; i < count; i++)
		parsed[i].piece = pieces[i];
	find_repeats(set, parsed, count);
	made = divide(set, parsed, count, shares);
	for (i = 0; i < count; i++)
		table_puts(&set->ahead, pieces[i].name, &parsed[i]);
	if (made)
		set->parsing = pool_begin(set->arena, pool_default_workers(),
					  made, parse_share, shares);
}

void template_set_parsed(struct template_set *set)
{
	if (set->parsing)
		pool_end(set->parsing);
	set->parsing = NULL;
}

/* The same tree as one of the file `parsed`; its own one has its name. */
static struct template_tree *adopt(struct template_set *set,
				   const struct parsed *parsed,
				   const struct template_tree *tree, bool own)
{
	struct template_tree *adopted =
		arena_alloc(set->arena, sizeof(*adopted));
	const char *name = parsed->piece.name;

	*adopted = *tree;
	adopted->file = name;
	adopted->source = parsed->piece.source;
	if (own)
		adopted->name = (struct word){ name, (uint32_t)strlen(name) };
	return adopted;
}

static void put_tree(struct template_set *set, struct template_tree *tree)
{
	add_tree(&set->trees,
		 table_get(&set->trees, tree->name.at, tree->name.len), tree);
}

/* A file that prints nothing, by the name of a repeated one. */
static void add_repeat(struct template_set *set, const struct parsed *parsed)
{
	struct template_tree *tree =
		adopt(set, parsed, root_of(parsed->again), true);

	tree->text = parsed->piece.source->text;
	put_tree(set, tree);
}

static void add_trees(struct template_set *set, const struct parsed *parsed)
{
	const struct parsed_trees *trees = &parsed->made->trees;
	size_t i;

	for (i = 0; i < trees->count; i++) {
		struct template_tree *tree = trees->items[i];

		if (parsed->shared)
			tree = adopt(set, parsed, tree, i + 1 == trees->count);
		put_tree(set, tree);
	}
}

static void add_broken(struct template_set *set, const char *name, size_t len)
{
	struct template_tree *tree = arena_zalloc(set->arena, sizeof(*tree));

	tree->name = (struct word){ name, (uint32_t)len };
	tree->broken = true;
	table_put(&set->trees, name, len, tree);
}

static const char *skip_space(const char *at)
{
	return at + strspn(at, " \t\r\n");
}

/*
 * The file is no template, but {{ define "NAME" }} can be seen in it: who
 * includes that cannot be judged.
 */
static void add_broken_file(struct template_set *set, const char *name,
			    const struct source *source)
{
	static const char *const words[] = { "define", "block" };
	const char *at = source->text, *end;
	size_t i;

	set->broken = true;
	add_broken(set, name, strlen(name));
	while ((at = strstr(at, "{{")) != NULL) {
		at = skip_space(at + 2 + (at[2] == '-'));
		for (i = 0; i < ARRAY_COUNT(words); i++) {
			size_t len = strlen(words[i]);
			const char *open;

			if (strncmp(at, words[i], len) != 0)
				continue;
			open = skip_space(at + len);
			if (*open != '"' && *open != '`')
				continue;
			end = strchr(open + 1, *open);
			if (end)
				add_broken(set, open + 1,
					   (size_t)(end - open - 1));
		}
	}
}

bool template_may_write(const struct source *source)
{
	static const char *const names[] = {
		"merge ",     "mergeOverwrite ",
		"mustMerge ", "mustMergeOverwrite ",
		"set ",       "unset ",
	};
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++) {
		const char *at = source->text;

		while ((at = strstr(at, names[i])) != NULL) {
			at += strlen(names[i]);
			if (*at == '.' || *at == '$')
				return true;
		}
	}
	return false;
}

bool template_set_add(struct template_set *set, const char *name,
		      const struct source *source, struct diag_sink *diags)
{
	struct parsed own = { .piece = { name, source, NULL } };
	struct parsed *parsed = table_gets(&set->ahead, name);
	const struct parse_error *error;

	if (!parsed || parsed->piece.source != source)
		parsed = &own;
	if (is_repeat(set, parsed)) {
		add_repeat(set, parsed);
		return true;
	}
	if (!parsed->made)
		parse(set, set->arena, parsed);
	if (parsed->made->good) {
		add_trees(set, parsed);
		return true;
	}
	for (error = &parsed->made->error; error && error->text;
	     error = error->next)
		report(diags, name, source, error);
	if (set->all_errors)
		add_broken_file(set, name, source);
	return false;
}

const struct template_tree *overlay_find(const struct overlay *overlay,
					 const struct template_set *set,
					 const char *name, size_t len)
{
	const struct template_tree *tree;

	for (; overlay; overlay = overlay->outer) {
		tree = table_get(&overlay->trees, name, len);
		if (tree)
			return tree;
	}
	return table_get(&set->trees, name, len);
}

void overlay_add(struct overlay *overlay, const struct template_set *set,
		 const struct parsed_trees *trees)
{
	size_t i;

	for (i = 0; i < trees->count; i++) {
		struct template_tree *tree = trees->items[i];

		add_tree(&overlay->trees,
			 overlay_find(overlay, set, tree->name.at,
				      tree->name.len),
			 tree);
	}
}
