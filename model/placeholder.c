#include "model/placeholder.h"

#include <string.h>

#include "base/attr.h"
#include "base/source.h"
#include "model/value.h"

enum {
	DEPTH_MAX = 200
};

static bool begins(const char *at, const char *end, const char *with)
{
	size_t len = strlen(with);

	return (size_t)(end - at) >= len && !memcmp(at, with, len);
}

bool placeholder_is_encrypted(const char *text, size_t len)
{
	return len > 5 && begins(text, text + len, "ENC[") &&
	       text[len - 1] == ']';
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* "${" name ... "}"; `$${x}` is a literal one. */
static bool holds_variable(const char *text, size_t len)
{
	const char *at = text, *end = text + len;

	while ((at = memchr(at, '$', (size_t)(end - at))) != NULL) {
		if (end - at > 1 && at[1] == '$') {
			at += 2;
			continue;
		}
		if (end - at > 3 && at[1] == '{' && is_name(at[2]) &&
		    memchr(at, '}', (size_t)(end - at)))
			return true;
		at++;
	}
	return false;
}

static bool holds_path(const char *text, size_t len)
{
	const char *at = text, *end = text + len;

	while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
		if (begins(at, end, "<path:") &&
		    memchr(at, '>', (size_t)(end - at)))
			return true;
		at++;
	}
	return false;
}

/* "($name)", "(join('-', [$name, 'x']))": what Chainsaw's tests evaluate. */
static bool is_binding(const char *text, size_t len)
{
	const char *at = text, *end = text + len;

	if (len < 4 || *text != '(' || end[-1] != ')')
		return false;
	while ((at = memchr(at, '$', (size_t)(end - at))) != NULL)
		if (is_name(*++at))
			return true;
	return false;
}

bool placeholder_in(const char *text, size_t len)
{
	return placeholder_is_encrypted(text, len) ||
	       holds_variable(text, len) || holds_path(text, len) ||
	       is_binding(text, len);
}

bool placeholder_whole(const char *text, size_t len)
{
	if (placeholder_is_encrypted(text, len) || is_binding(text, len))
		return true;
	if (len > 3 && begins(text, text + len, "${") && is_name(text[2]))
		return memchr(text, '}', len) == text + len - 1;
	return begins(text, text + len, "<path:") &&
	       memchr(text, '>', len) == text + len - 1;
}

/* "{{ .Values.name }}", "{{ template "name" . }}". */
static bool holds_action(const char *text, size_t len)
{
	static const char *const words[] = { ".Values.", ".Release.", ".Chart.",
					     "template ", "include " };
	const char *at = text, *end = text + len;
	size_t i;

	while ((at = memchr(at, '{', (size_t)(end - at))) != NULL) {
		if (!begins(at++, end, "{{"))
			continue;
		at += at < end;
		while (at < end && (*at == '-' || *at == ' '))
			at++;
		for (i = 0; i < ARRAY_COUNT(words); i++)
			if (begins(at, end, words[i]))
				return true;
	}
	return false;
}

/*
 * What a kustomization or a patch writes becomes a template of Helm's; what is
 * left in one that was rendered is a mistake.
 */
static bool is_for_helm(const struct value *value)
{
	const struct source *source = origin_source(&value->origin);

	return source &&
	       (source->role == SOURCE_KUSTOMIZATION ||
		source->role == SOURCE_PATCH) &&
	       holds_action(value->string, value->len);
}

bool placeholder_is(const struct value *value)
{
	return value_is_string(value) &&
	       (placeholder_in(value->string, value->len) ||
		is_for_helm(value));
}

static size_t count_below(const struct value *at, unsigned depth)
{
	const struct value_entry *entry;
	const struct value *item;
	/* In a text of lines it is the variable of a script. */
	size_t count = placeholder_is(at) && !memchr(at->string, '\n', at->len);

	if (depth > DEPTH_MAX)
		return count;
	value_foreach (entry, at)
		count += count_below(entry->value, depth + 1);
	list_foreach (item, at)
		count += count_below(item, depth + 1);
	return count;
}

size_t placeholder_count(const struct value *root)
{
	/* What SOPS says of itself is no field of the object. */
	return count_below(root, 0) - count_below(value_get(root, "sops"), 1);
}
