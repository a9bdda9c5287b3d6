#include "templates/ignore.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/source.h"
#include "base/utf8.h"

static bool refuse(struct diag_sink *diags, const struct origin *at,
		   const char *text)
{
	diag_error(diags, at, "%s", text);
	diag_native(diags, "%s", text);
	return false;
}

static bool has_double_star(const char *line, size_t len)
{
	size_t i;

	for (i = 0; i + 1 < len; i++)
		if (line[i] == '*' && line[i + 1] == '*')
			return true;
	return false;
}

/* The rules of one line; `len` is without the blanks around it. */
static bool add_rule(struct arena *arena, struct diag_sink *diags,
		     const struct origin *at, const char *line, size_t len,
		     struct ignore_rules *rules)
{
	struct ignore_rule rule = { 0 };

	if (!len || *line == '#')
		return true;
	if (has_double_star(line, len))
		return refuse(diags, at,
			      "double-star (**) syntax is not supported");
	if (*line == '!') {
		rule.negated = true;
		line++;
		len--;
	}
	if (len && line[len - 1] == '/') {
		rule.only_dirs = true;
		len--;
	}
	if (len && *line == '/') {
		rule.whole_path = true;
		line++;
		len--;
	} else {
		rule.whole_path = len && memchr(line, '/', len);
	}
	rule.pattern = arena_strndup(arena, line, len);
	if (len && !strchr("*?[\\", line[0]))
		rule.first = line[0];
	if (len && !strchr("*?]\\", line[len - 1]))
		rule.last = line[len - 1];
	if (!glob_valid(GLOB_PATH, rule.pattern))
		return refuse(diags, at, "syntax error in pattern");
	vec_push(arena, rules, rule);
	return true;
}

static bool add_line(struct arena *arena, struct diag_sink *diags,
		     const struct source *source, const char *line, size_t len,
		     struct ignore_rules *rules)
{
	size_t size, begin;
	struct origin at;

	while (len && rune_is_space(utf8_decode(line, len, &size))) {
		line += size;
		len -= size;
	}
	while (len && rune_is_space(utf8_decode_last(line, len, &size)))
		len -= size;
	begin = (size_t)(line - source->text);
	at = origin_at(source, begin, begin + len);
	return add_rule(arena, diags, &at, line, len, rules);
}

bool ignore_read(struct arena *arena, struct diag_sink *diags,
		 const struct source *source, struct ignore_rules *rules)
{
	static const char always[] = "templates/.?*";
	const char *at = source ? source->text : "";
	const char *end = source ? at + source->len : at;

	while (at < end) {
		const char *feed = memchr(at, '\n', (size_t)(end - at));
		const char *stop = feed ? feed : end;

		if (!add_line(arena, diags, source, at, (size_t)(stop - at),
			      rules))
			return false;
		at = feed ? feed + 1 : end;
	}
	return add_rule(arena, diags, NULL, always, strlen(always), rules);
}

/* Most rules are told from most names by how these begin and end. */
static bool rule_matches(const struct ignore_rule *rule, const char *text,
			 char last)
{
	return (!rule->first || rule->first == *text) &&
	       (!rule->last || rule->last == last) &&
	       glob_match(GLOB_PATH, rule->pattern, text);
}

/*
 * A negated rule that does not match ignores the path at once: so it is in
 * Helm, and one such line drops everything but what it names.
 */
bool ignore_match(const struct ignore_rules *rules, const char *path,
		  bool is_dir)
{
	const char *name = path_name(path);
	char last;
	size_t i;

	if (!*path || strcmp(path, ".") == 0)
		return false;
	last = path[strlen(path) - 1];
	for (i = 0; i < rules->count; i++) {
		const struct ignore_rule *rule = &rules->items[i];
		bool match = rule_matches(rule, rule->whole_path ? path : name,
					  last);

		if (rule->negated) {
			if ((rule->only_dirs && !is_dir) || !match)
				return true;
		} else if (match && (!rule->only_dirs || is_dir)) {
			return true;
		}
	}
	return false;
}
