#include "base/regex_code.h"

#include <stddef.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/lib.h"
#include "base/regex_syntax.h"
#include "base/str.h"

enum {
	LIBRARY_SIZE = 20000,   /* instructions beyond which JIT is too slow */
	LIBRARY_NESTING = 2000, /* our own limit is lower */
	MATCH_STEPS = 1000000,
	MATCH_KIB = 20000
};

/* PCRE2's names are macros that add the width of a character. */
static struct {
#define FN(x) __typeof__(x) *x;
#include "base/regex_code.def"
#undef FN
} fn;

#define NAME(x) #x
static const struct lib_function functions[] = {
#define FN(x) { NAME(x), offsetof(__typeof__(fn), x) },
#include "base/regex_code.def"
#undef FN
};

static bool load(void)
{
	static const char *const names[] = { "libpcre2-8.so.0",
					     "libpcre2-8.0.dylib",
					     "libpcre2-8.so", NULL };
	static struct lib lib = { .names = names,
				  .package = "libpcre2-8",
				  .functions = functions,
				  .count = ARRAY_COUNT(functions),
				  .table = &fn };

	return lib_load(&lib, NULL);
}

static void release(void *code)
{
	fn.pcre2_code_free(code);
}

struct regex_code *regex_code_new(struct arena *arena,
				  const struct regex_node *root)
{
	pcre2_compile_context *context;
	pcre2_code *code;
	PCRE2_SIZE offset;
	struct str text;
	int error;

	if (root->spins || root->size > LIBRARY_SIZE || !load())
		return NULL;
	str_init(&text, arena);
	regex_emit(&text, root);
	context = fn.pcre2_compile_context_create(NULL);
	if (!context)
		return NULL;
	fn.pcre2_set_newline(context, PCRE2_NEWLINE_LF);
	fn.pcre2_set_parens_nest_limit(context, LIBRARY_NESTING);
	code = fn.pcre2_compile((PCRE2_SPTR)str_text(&text), text.len,
				PCRE2_UTF | PCRE2_DOTALL | PCRE2_MULTILINE |
					PCRE2_ALT_CIRCUMFLEX |
					PCRE2_NEVER_BACKSLASH_C,
				&error, &offset, context);
	fn.pcre2_compile_context_free(context);
	if (!code)
		return NULL;
	/* Without a JIT for this processor the library interprets. */
	fn.pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	arena_on_free(arena, release, code);
	return (struct regex_code *)code;
}

enum regex_answer regex_code_search(const struct regex_code *code,
				    const struct regex_subject *subject,
				    struct regex_span *spans, size_t count)
{
	uint32_t pairs = count ? (uint32_t)count : 1;
	pcre2_match_context *context = fn.pcre2_match_context_create(NULL);
	pcre2_match_data *data = fn.pcre2_match_data_create(pairs, NULL);
	enum regex_answer answer = REGEX_GAVE_UP;
	PCRE2_SIZE *vector;
	int result;

	if (!context || !data)
		goto out;
	fn.pcre2_set_match_limit(context, MATCH_STEPS);
	fn.pcre2_set_heap_limit(context, MATCH_KIB);
	result = fn.pcre2_match(
		(const pcre2_code *)code, (PCRE2_SPTR)subject->text,
		subject->len, subject->from, PCRE2_NO_UTF_CHECK, data, context);
	if (result == PCRE2_ERROR_NOMATCH)
		answer = REGEX_NO_MATCH;
	if (result < 0)
		goto out;
	answer = REGEX_MATCH;
	vector = fn.pcre2_get_ovector_pointer(data);
	for (size_t i = 0; i < count; i++) {
		spans[i].begin = vector[2 * i];
		spans[i].end = vector[2 * i + 1];
	}
out:
	fn.pcre2_match_data_free(data);
	fn.pcre2_match_context_free(context);
	return answer;
}
