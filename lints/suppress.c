#include "lints/suppress.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/diag.h"
#include "base/origin.h"
#include "base/source.h"
#include "base/vec.h"
#include "lints/lint.h"
#include "model/object.h"
#include "model/podspec.h"
#include "model/value.h"

void lint_suppressions_init(struct lint_suppressions *all, struct arena *arena)
{
	all->arena = arena;
	table_init(&all->sources, arena);
}

/* Only what stands in a comment of YAML or of the template language. */
static bool is_in_comment(const char *line, const char *at)
{
	while (at > line && (at[-1] == ' ' || at[-1] == '\t'))
		at--;
	return at > line && (at[-1] == '#' || (at - line >= 2 &&
					       at[-1] == '*' && at[-2] == '/'));
}

/* Rules = word { "," word } */
static const char *const *read_words(struct arena *arena, const char *at,
				     size_t len)
{
	VEC(const char *) words = { 0 };
	const char *end = at + len;

	while (at < end) {
		size_t word = strcspn(at, ", \t\n");

		if (at + word > end)
			word = (size_t)(end - at);
		if (word)
			vec_push(arena, &words, arena_strndup(arena, at, word));
		at += word + 1;
	}
	vec_push(arena, &words, NULL);
	return words.items;
}

/* Comment = "ignore" [ "-file" ] [ Rules ] [ "--" reason ] */
static bool read_comment(struct arena *arena, const char *at,
			 struct lint_comment *comment)
{
	size_t len = strcspn(at, "\r\n"), rules, begin;
	const char *star = NULL, *dash = NULL;
	size_t i;

	for (i = 0; i + 1 < len; i++) {
		if (!star && at[i] == '*' && at[i + 1] == '/')
			star = at + i;
		if (!dash && !star && i && at[i] == '-' && at[i + 1] == '-' &&
		    (at[i - 1] == ' ' || at[i - 1] == '\t'))
			dash = at + i;
	}
	if (star)
		len = (size_t)(star - at);
	if (strncmp(at, "ignore", 6) != 0)
		return false;
	begin = 6;
	if (strncmp(at + begin, "-file", 5) == 0) {
		comment->whole_file = true;
		begin += 5;
	}
	if (begin < len && at[begin] != ' ' && at[begin] != '\t')
		return false;
	rules = dash ? (size_t)(dash - at) : len;
	comment->words = read_words(arena, at + begin, rules - begin);
	comment->reason = "";
	if (!dash)
		return true;
	dash += 2;
	dash += strspn(dash, " \t");
	len = (size_t)(at + len - dash);
	while (len && (dash[len - 1] == ' ' || dash[len - 1] == '\t' ||
		       dash[len - 1] == '-'))
		len--;
	comment->reason = arena_strndup(arena, dash, len);
	return true;
}

/* Nothing but comments and blanks stands before `end`. */
static bool is_at_top(const struct source *source, const char *end)
{
	const char *at = source->text;

	while (at < end) {
		at += strspn(at, " \t\r\n-{");
		if (at >= end)
			return true;
		if (*at != '#' && strncmp(at, "/*", 2) != 0)
			return false;
		at += strcspn(at, "\n");
	}
	return true;
}

static const char *line_start(const struct source *source, const char *at)
{
	while (at > source->text && at[-1] != '\n')
		at--;
	return at;
}

void lint_comments_scan(struct arena *arena, const struct source *source,
			struct lint_comments *found)
{
	static const char mark[] = "plimsoll:";
	const char *at = source->text;

	while ((at = source_find(source, at, mark)) != NULL) {
		const char *line = line_start(source, at);
		struct lint_comment comment = { 0 };
		bool good = is_in_comment(line, at);

		at += sizeof(mark) - 1;
		at += strspn(at, " \t");
		if (!good || !read_comment(arena, at, &comment) ||
		    (comment.whole_file && !is_at_top(source, line)))
			continue;
		comment.begin = (uint32_t)(at - source->text);
		comment.line = source_position(source, comment.begin).line;
		comment.place = arena_printf(arena, "%s:%u", source->name,
					     comment.line);
		vec_push(arena, found, comment);
	}
}

static const struct lint_comments *comments_of(struct lint_suppressions *all,
					       const struct source *source)
{
	const struct source **key;
	struct lint_comments *found =
		table_get(&all->sources, (const char *)&source, sizeof(source));

	if (found)
		return found;
	key = arena_alloc(all->arena, sizeof(source));
	*key = source;
	found = arena_zalloc(all->arena, sizeof(*found));
	lint_comments_scan(all->arena, source, found);
	table_put(&all->sources, (const char *)key, sizeof(source), found);
	return found;
}

static bool names(const struct lint_comment *comment,
		  const struct lint_rule *rule)
{
	const char *const *word = comment->words;

	if (!*word)
		return true;
	for (; *word; word++)
		if (lint_rule_is(rule, *word))
			return true;
	return false;
}

static bool by_comment(struct lint_suppressions *all,
		       const struct lint_rule *rule, struct diag *diag)
{
	struct places places;
	size_t i, k;

	if (!origin_source(&diag->origin))
		return false;
	origin_resolve(&diag->origin, diag->key, &places);
	for (i = 0; i < places.count; i++) {
		const struct source *source = places.items[i].source;
		const struct lint_comments *comments;
		uint32_t line;

		if (!source->text || source->map)
			continue;
		comments = comments_of(all, source);
		if (!comments->count)
			continue;
		line = source_position(source, places.items[i].begin).line;
		for (k = 0; k < comments->count; k++) {
			const struct lint_comment *comment =
				&comments->items[k];

			if (!comment->whole_file && comment->line != line &&
			    comment->line + 1 != line)
				continue;
			if (!names(comment, rule))
				continue;
			diag->ignored_by = comment->place;
			diag->ignored_reason = comment->reason;
			return true;
		}
	}
	return false;
}

static bool names_check(struct arena *arena, const struct lint_rule *rule,
			const char *tool, const char *check)
{
	return lint_rule_is(rule, arena_printf(arena, "%s/%s", tool, check));
}

/* A list of checks in a value: "a, b=reason". */
static bool lists(struct arena *arena, const struct lint_rule *rule,
		  const char *tool, const char *text)
{
	const char *const *word = read_words(arena, text, strcspn(text, "="));

	for (; *word; word++)
		if (names_check(arena, rule, tool, *word))
			return true;
	return false;
}

static bool begins(const char *text, const char *front)
{
	return strncmp(text, front, strlen(front)) == 0;
}

/* The annotations that other linters read. */
static bool leaves_out(struct arena *arena, const struct lint_rule *rule,
		       const struct value_entry *entry)
{
	static const char kube_linter[] = "ignore-check.kube-linter.io/";
	static const char polaris[] = "polaris.fairwinds.com/";
	const char *key = entry->key, *check;
	const char *value = value_string_or(entry->value, "");
	size_t len;

	if (begins(key, kube_linter))
		return names_check(arena, rule, "kube-linter",
				   key + sizeof(kube_linter) - 1);
	if (strcmp(key, "kube-linter.io/ignore-all") == 0)
		return true;
	if (strcmp(key, "kube-score/ignore") == 0)
		return lists(arena, rule, "kube-score", value);
	if (begins(key, "checkov.io/skip"))
		return lists(arena, rule, "checkov", value);
	if (!begins(key, polaris) || strcmp(value, "true") != 0)
		return false;
	check = key + sizeof(polaris) - 1;
	len = strlen(check);
	if (strcmp(check, "exempt") == 0)
		return true;
	return len > 7 && strcmp(check + len - 7, "-exempt") == 0 &&
	       names_check(arena, rule, "polaris",
			   arena_strndup(arena, check, len - 7));
}

static bool by_annotation(struct arena *arena, const struct lint_rule *rule,
			  const struct object *object, struct diag *diag)
{
	const struct value *metadata = value_get(object->root, "metadata");
	const struct value_entry *entry;
	struct podspec pod;
	int pass;

	for (pass = 0; pass < 2; pass++) {
		if (pass && !podspec_of(object, &pod))
			return false;
		value_foreach (entry, value_get(pass ? pod.metadata : metadata,
						"annotations"))
			if (leaves_out(arena, rule, entry)) {
				diag->ignored_by = arena_printf(
					arena, "annotation %s", entry->key);
				diag->ignored_reason =
					value_string_or(entry->value, "");
				return true;
			}
	}
	return false;
}

void lint_suppress(struct lint_suppressions *all, const struct lint_rule *rule,
		   const struct object *object, struct diag *diag)
{
	if (diag->ignored_by || by_comment(all, rule, diag))
		return;
	if (object)
		(void)by_annotation(all->arena, rule, object, diag);
}
