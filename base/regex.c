#include "base/regex.h"

#include <pthread.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/arena.h"
#include "base/regex_program.h"
#include "base/regex_syntax.h"
#include "base/str.h"
#include "base/table.h"
#include "base/utf8.h"

enum {
	CACHE_COUNT = 2000,     /* patterns kept for the whole process, */
	CACHE_PATTERN = 2000,   /* and the longest of them */
	LIBRARY_SIZE = 20000,   /* instructions beyond which JIT is too slow */
	LIBRARY_NESTING = 2000, /* our own limit is lower */
	MATCH_STEPS = 1000000,
	MATCH_KIB = 20000
};

struct regex {
	struct arena *arena; /* its home */
	struct regex_syntax syntax;
	struct regex_program *program;
	pcre2_code *code; /* NULL: only the program can do it */
};

/*
 * Patterns by text.  Entries are immutable and stay for good, because those
 * who got one may use it at any time; so once there are CACHE_COUNT of them, a
 * further pattern is compiled for its caller alone.
 */
static struct {
	pthread_mutex_t lock;
	struct arena *arena;
	struct table patterns;
} cache = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void release_code(void *code)
{
	pcre2_code_free(code);
}

/* NULL if the library does not want it; the program does it then. */
static pcre2_code *compile_code(struct arena *arena,
				const struct regex_node *root)
{
	pcre2_compile_context *context;
	pcre2_code *code;
	PCRE2_SIZE offset;
	struct str text;
	int error;

	if (root->spins || root->size > LIBRARY_SIZE)
		return NULL;
	str_init(&text, arena);
	regex_emit(&text, root);
	context = pcre2_compile_context_create(NULL);
	if (!context)
		return NULL;
	pcre2_set_newline(context, PCRE2_NEWLINE_LF);
	pcre2_set_parens_nest_limit(context, LIBRARY_NESTING);
	code = pcre2_compile((PCRE2_SPTR)str_text(&text), text.len,
			     PCRE2_UTF | PCRE2_DOTALL | PCRE2_MULTILINE |
				     PCRE2_ALT_CIRCUMFLEX |
				     PCRE2_NEVER_BACKSLASH_C,
			     &error, &offset, context);
	pcre2_compile_context_free(context);
	if (!code)
		return NULL;
	/* Without a JIT for this processor the library interprets. */
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	arena_on_free(arena, release_code, code);
	return code;
}

static struct regex *regex_new(struct arena *arena, const char *pattern,
			       size_t len, const char **error)
{
	struct regex *regex = arena_zalloc(arena, sizeof(*regex));

	regex->arena = arena;
	if (!regex_parse(arena, pattern, len, &regex->syntax, error))
		return NULL;
	regex->program = regex_program_new(arena, regex->syntax.root);
	regex->code = compile_code(arena, regex->syntax.root);
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
		return regex_new(arena, arena_strndup(arena, pattern, len), len,
				 error);
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

/* What the library says; LIBRARY_GAVE_UP leaves the question open. */
enum library_answer {
	LIBRARY_MATCH,
	LIBRARY_NO_MATCH,
	LIBRARY_GAVE_UP
};

static enum library_answer ask_library(const pcre2_code *code,
				       const struct regex_subject *subject,
				       struct regex_span *spans, size_t count)
{
	uint32_t pairs = count ? (uint32_t)count : 1;
	pcre2_match_context *context = pcre2_match_context_create(NULL);
	pcre2_match_data *data = pcre2_match_data_create(pairs, NULL);
	enum library_answer answer = LIBRARY_GAVE_UP;
	PCRE2_SIZE *vector;
	int result;

	if (!context || !data)
		goto out;
	pcre2_set_match_limit(context, MATCH_STEPS);
	pcre2_set_heap_limit(context, MATCH_KIB);
	result = pcre2_match(code, (PCRE2_SPTR)subject->text, subject->len,
			     subject->from, PCRE2_NO_UTF_CHECK, data, context);
	if (result == PCRE2_ERROR_NOMATCH)
		answer = LIBRARY_NO_MATCH;
	if (result < 0)
		goto out;
	answer = LIBRARY_MATCH;
	vector = pcre2_get_ovector_pointer(data);
	for (size_t i = 0; i < count; i++) {
		spans[i].begin = vector[2 * i];
		spans[i].end = vector[2 * i + 1];
	}
out:
	pcre2_match_data_free(data);
	pcre2_match_context_free(context);
	return answer;
}

static bool search(const struct regex *regex, struct regex_subject *subject,
		   struct regex_span *spans, size_t count)
{
	size_t known = regex->syntax.groups + 1;

	for (size_t i = known; i < count; i++)
		spans[i].begin = spans[i].end = REGEX_UNSET;
	if (count > known)
		count = known;
	if (regex->code && subject->valid) {
		switch (ask_library(regex->code, subject, spans, count)) {
		case LIBRARY_MATCH:
			return true;
		case LIBRARY_NO_MATCH:
			return false;
		case LIBRARY_GAVE_UP:
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
