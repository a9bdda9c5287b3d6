#include "base/regex.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/arena.h"
#include "base/regex_code.h"
#include "base/regex_syntax.h"
#include "base/str.h"
#include "base/table.h"
#include "base/utf8.h"

enum {
	CACHE_COUNT = 2000,   /* patterns kept for the whole process, */
	CACHE_PATTERN = 2000, /* and the longest of them */

	/*
	 * PCRE2 is fast, but to load it and to compile with it takes as long
	 * as the program needs for this many characters; most patterns of a
	 * chart see a name or two.
	 */
	CODE_PAYS = 4000,
	SEARCH_COST = 50 /* of a search however short, in characters */
};

/* How far a pattern has come; threads may share it. */
struct progress {
	_Atomic size_t searched; /* characters, and SEARCH_COST for each */
	_Atomic(struct regex_code *) code; /* NULL: the program does it */
	_Atomic bool settled;              /* there will be no other code */
};

struct regex {
	struct arena *arena; /* its home */
	struct regex_syntax syntax;
	struct regex_program *program;
	struct progress *progress;
};

/*
 * Patterns by text.  Entries stay for good, because those who got one may use
 * it at any time; so once there are CACHE_COUNT of them, a further pattern is
 * compiled for its caller alone.
 */
static struct {
	pthread_mutex_t lock;
	struct arena *arena;
	struct table patterns;
} cache = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void compile_code(const struct regex *regex)
{
	struct progress *progress = regex->progress;

	atomic_store(&progress->code,
		     regex_code_new(regex->arena, regex->syntax.root));
	atomic_store(&progress->settled, true);
}

static struct regex *regex_new(struct arena *arena, const char *pattern,
			       size_t len, const char **error)
{
	struct regex *regex = arena_zalloc(arena, sizeof(*regex));

	regex->arena = arena;
	if (!regex_parse(arena, pattern, len, &regex->syntax, error))
		return NULL;
	regex->program = regex_program_new(arena, regex->syntax.root);
	regex->progress = arena_zalloc(arena, sizeof(*regex->progress));
	return regex;
}

/* One that is not kept; later its arena belongs to others. */
static struct regex *regex_new_settled(struct arena *arena, const char *pattern,
				       size_t len, const char **error)
{
	const char *copy = arena_strndup(arena, pattern, len);
	struct regex *regex = regex_new(arena, copy, len, error);

	if (regex)
		compile_code(regex);
	return regex;
}

/* Keep a pattern, in memory of its own; another may have been faster. */
static struct regex *cache_add(const char *pattern, size_t len)
{
	struct arena *arena = arena_new();
	char *key = arena_strndup(arena, pattern, len);
	struct regex *regex, *other = NULL;
	const char *error;

	/* It was parsed before and cannot fail. */
	regex = regex_new(arena, key, len, &error);
	pthread_mutex_lock(&cache.lock);
	if (!cache.arena) {
		cache.arena = arena_new();
		table_init(&cache.patterns, cache.arena);
	}
	other = table_get(&cache.patterns, key, len);
	if (!other)
		table_put(&cache.patterns, key, len, regex);
	pthread_mutex_unlock(&cache.lock);
	if (!other)
		return regex;
	arena_free(arena);
	return other;
}

static struct regex *cache_find(const char *pattern, size_t len, bool *full)
{
	struct regex *regex = NULL;

	pthread_mutex_lock(&cache.lock);
	*full = cache.patterns.count >= CACHE_COUNT;
	if (cache.arena)
		regex = table_get(&cache.patterns, pattern, len);
	pthread_mutex_unlock(&cache.lock);
	return regex;
}

struct regex *regex_compile(struct arena *arena, const char *pattern,
			    size_t len, const char **error)
{
	struct regex_syntax syntax;
	struct arena *scratch;
	struct regex *regex;
	bool full = true;

	if (len <= CACHE_PATTERN) {
		regex = cache_find(pattern, len, &full);
		if (regex)
			return regex;
	}
	if (full)
		return regex_new_settled(arena, pattern, len, error);
	/* What is refused is not kept: it would fill the cache for nothing. */
	scratch = arena_new();
	if (regex_parse(scratch, pattern, len, &syntax, error)) {
		regex = cache_add(pattern, len);
	} else {
		*error = arena_strdup(arena, *error);
		regex = NULL;
	}
	arena_free(scratch);
	return regex;
}

size_t regex_groups(const struct regex *regex)
{
	return regex->syntax.groups;
}

const char *regex_group_name(const struct regex *regex, size_t group)
{
	return group <= regex->syntax.groups ? regex->syntax.names[group] : "";
}

/* Count a search, and have the pattern compiled once that pays. */
static const struct regex_code *code_for(const struct regex *regex,
					 const struct regex_subject *subject)
{
	struct progress *progress = regex->progress;
	size_t cost = subject->len - subject->from + SEARCH_COST;

	if (!atomic_load(&progress->settled) &&
	    atomic_fetch_add(&progress->searched, cost) + cost > CODE_PAYS) {
		pthread_mutex_lock(&cache.lock);
		if (!atomic_load(&progress->settled))
			compile_code(regex);
		pthread_mutex_unlock(&cache.lock);
	}
	return subject->valid ? atomic_load(&progress->code) : NULL;
}

static bool search(const struct regex *regex, struct regex_subject *subject,
		   struct regex_span *spans, size_t count)
{
	const struct regex_code *code = code_for(regex, subject);
	size_t known = regex->syntax.groups + 1;

	for (size_t i = known; i < count; i++)
		spans[i].begin = spans[i].end = REGEX_UNSET;
	if (count > known)
		count = known;
	if (code) {
		switch (regex_code_search(code, subject, spans, count)) {
		case REGEX_MATCH:
			return true;
		case REGEX_NO_MATCH:
			return false;
		case REGEX_GAVE_UP:
			break;
		}
	}
	return regex_program_search(regex->program, subject, spans, count);
}

bool regex_search(const struct regex *regex, const char *text, size_t len,
		  struct regex_span *spans, size_t count)
{
	struct regex_subject subject = { .text = text ? text : "", .len = len };

	subject.valid = utf8_valid(subject.text, len);
	return search(regex, &subject, spans, count);
}

bool regex_matches(const struct regex *regex, const char *text, size_t len)
{
	return regex_search(regex, text, len, NULL, 0);
}

bool regex_matches_counted(const struct regex *regex, const char *text,
			   size_t len, uint64_t *steps)
{
	struct regex_subject subject = { .text = text ? text : "",
					 .len = len,
					 .most = *steps };
	bool matches;

	subject.valid = utf8_valid(subject.text, len);
	matches = search(regex, &subject, NULL, 0);
	*steps = subject.steps;
	return matches;
}

bool regex_next(struct regex_iterator *it, struct regex_span *spans,
		size_t count)
{
	struct regex_span whole, *first = count ? spans : &whole;
	struct regex_subject subject = { .text = it->text ? it->text : "",
					 .len = it->len };
	size_t size;

	if (!it->checked) {
		it->valid = utf8_valid(subject.text, it->len);
		it->checked = true;
	}
	subject.valid = it->valid;
	while (!it->done) {
		bool empty_behind;

		subject.from = it->at;
		if (it->at > it->len ||
		    !search(it->regex, &subject, first, count ? count : 1))
			break;
		empty_behind = first->end == it->at &&
			       first->begin + 1 == it->last_end;
		if (first->end > it->at) {
			it->at = first->end;
		} else {
			utf8_decode(subject.text + it->at, it->len - it->at,
				    &size);
			it->at += size ? size : 1;
		}
		it->last_end = first->end + 1;
		if (!empty_behind)
			return true;
	}
	it->limited = subject.limited;
	it->done = true;
	return false;
}
