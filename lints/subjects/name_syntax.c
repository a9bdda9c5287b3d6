#include "lints/subjects/name_syntax.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"

enum {
	SUBDOMAIN_MAX = 253,
	LABEL_MAX = 63,
	PORT_MAX = 15
};

static bool is_low(char c)
{
	return (c >= 'a' && c <= 'z') || isdigit((unsigned char)c);
}

static bool is_alnum(char c)
{
	return isalnum((unsigned char)c) && (unsigned char)c < 0x80;
}

static const char *too_long(struct arena *arena, size_t len, size_t most)
{
	if (len <= most)
		return NULL;
	return arena_printf(arena, "it has %zu characters, at most %zu fit",
			    len, most);
}

/* The first character that is neither low nor in `others`. */
static const char *bad_character(struct arena *arena, const char *name,
				 size_t len, const char *others)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (is_low(name[i]) || strchr(others, name[i]))
			continue;
		if (isupper((unsigned char)name[i]))
			return "it has upper-case letters";
		if ((unsigned char)name[i] >= 0x80)
			return "it has characters other than ASCII";
		return arena_printf(arena, "it has a '%c'", name[i]);
	}
	return NULL;
}

static const char *bad_label(struct arena *arena, const char *name, size_t len)
{
	const char *reason = bad_character(arena, name, len, "-");

	if (reason)
		return reason;
	if (!len)
		return "a part of it is empty";
	if (name[0] == '-' || name[len - 1] == '-')
		return "it begins or ends with '-'";
	return NULL;
}

static const char *bad_subdomain(struct arena *arena, const char *name,
				 size_t len)
{
	const char *reason = too_long(arena, len, SUBDOMAIN_MAX);
	size_t part;

	for (;;) {
		const char *dot = memchr(name, '.', len);

		part = dot ? (size_t)(dot - name) : len;
		if (!reason)
			reason = bad_label(arena, name, part);
		if (!dot)
			return reason;
		name += part + 1;
		len -= part + 1;
	}
}

static const char *bad_segment(const char *name)
{
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return "it is a step in paths";
	if (strchr(name, '/'))
		return "it has a '/'";
	if (strchr(name, '%'))
		return "it has a '%'";
	return NULL;
}

const char *lint_name_refused(struct arena *arena, enum lint_name_syntax syntax,
			      const char *name)
{
	const char *reason;
	size_t len = strlen(name);

	switch (syntax) {
	case LINT_NAME_SUBDOMAIN:
		return bad_subdomain(arena, name, len);
	case LINT_NAME_SERVICE:
	case LINT_NAME_LABEL:
		reason = too_long(arena, len, LABEL_MAX);
		if (!reason)
			reason = bad_label(arena, name, len);
		if (!reason && syntax == LINT_NAME_SERVICE &&
		    isdigit((unsigned char)name[0]))
			reason = "it begins with a digit";
		return reason;
	case LINT_NAME_SEGMENT:
		return bad_segment(name);
	}
	return NULL;
}

/* Letters of both cases, digits, '-', '_', '.'; alphanumeric at the ends. */
static const char *bad_qualified(struct arena *arena, const char *text)
{
	size_t i, len = strlen(text);
	const char *reason = too_long(arena, len, LABEL_MAX);

	for (i = 0; !reason && i < len; i++)
		if (!is_alnum(text[i]) && !strchr("-_.", text[i]))
			reason = (unsigned char)text[i] < 0x80 &&
						 isprint((unsigned char)text[i])
					 ? arena_printf(arena, "has a '%c'",
							text[i])
					 : "has characters that are not "
					   "allowed";
	if (!reason && len && (!is_alnum(text[0]) || !is_alnum(text[len - 1])))
		reason = "begins or ends with something else than a letter or "
			 "a digit";
	return reason;
}

const char *lint_name_refused_label(struct arena *arena, const char *value)
{
	size_t len = strlen(value);

	if (len > LABEL_MAX)
		return arena_printf(arena, "has %zu characters", len);
	return bad_qualified(arena, value);
}

const char *lint_name_refused_key(struct arena *arena, const char *key)
{
	const char *slash = strchr(key, '/');
	const char *name = slash ? slash + 1 : key;
	size_t len = strlen(name);

	if (slash && slash == key)
		return "has an empty prefix";
	if (slash && bad_subdomain(arena, key, (size_t)(slash - key)))
		return "has a prefix that is no DNS name";
	if (!len)
		return "has no name";
	if (len > LABEL_MAX)
		return arena_printf(arena, "has a name of %zu characters", len);
	return bad_qualified(arena, name);
}

const char *lint_name_refused_data(struct arena *arena, const char *key)
{
	size_t i, len = strlen(key);

	if (!len)
		return "it is empty";
	if (len > SUBDOMAIN_MAX)
		return too_long(arena, len, SUBDOMAIN_MAX);
	if (strcmp(key, ".") == 0 || strncmp(key, "..", 2) == 0)
		return "it is '.' or begins with '..'";
	for (i = 0; i < len; i++)
		if (!is_alnum(key[i]) && !strchr("-_.", key[i]))
			return isprint((unsigned char)key[i])
				       ? arena_printf(arena, "it has a '%c'",
						      key[i])
				       : "it has characters that are not "
					 "allowed";
	return NULL;
}

const char *lint_name_refused_port(struct arena *arena, const char *name)
{
	size_t i, len = strlen(name);
	const char *reason = too_long(arena, len, PORT_MAX);

	if (!len)
		return "it is empty";
	if (!reason)
		reason = bad_label(arena, name, len);
	if (!reason && strstr(name, "--"))
		reason = "it has '--'";
	for (i = 0; i < len && !isalpha((unsigned char)name[i]); i++)
		continue;
	if (!reason && i == len)
		reason = "it has no letter";
	return reason;
}

const char *lint_name_repaired(struct arena *arena, const char *name)
{
	char *copy = arena_strdup(arena, name), *at;
	size_t len;

	for (at = copy; *at; at++) {
		if (isupper((unsigned char)*at))
			*at = (char)tolower((unsigned char)*at);
		if (!is_low(*at) && *at != '.')
			*at = '-';
	}
	copy += strspn(copy, "-.");
	for (len = strlen(copy); len && !is_low(copy[len - 1]); len--)
		copy[len - 1] = '\0';
	return copy;
}
