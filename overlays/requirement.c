#include "overlays/requirement.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "model/value.h"
#include "overlays/node.h"
#include "overlays/run.h"

enum {
	NAME_MAX_LENGTH = 63,
	PREFIX_MAX_LENGTH = 253
};

struct reader {
	struct overlay_run *run;
	const char *text;
	const char *at;
	const struct origin *origin;
};

static bool refuse(const struct reader *reader, const char *why)
{
	return overlay_fail(
		reader->run, reader->origin,
		overlay_text(reader->run, "unable to parse requirement: %s",
			     why),
		"\"%s\" is no label selector: %s", reader->text, why);
}

static void skip_blanks(struct reader *reader)
{
	while (*reader->at == ' ' || *reader->at == '\t' ||
	       *reader->at == '\n' || *reader->at == '\r')
		reader->at++;
}

static const char *take_word(struct reader *reader)
{
	const char *begin;

	skip_blanks(reader);
	begin = reader->at;
	while (*reader->at && !strchr(" \t\r\n=!(),<>", *reader->at))
		reader->at++;
	return arena_strndup(reader->run->arena, begin,
			     (size_t)(reader->at - begin));
}

static bool take(struct reader *reader, const char *token)
{
	size_t len = strlen(token);

	skip_blanks(reader);
	if (strncmp(reader->at, token, len) != 0)
		return false;
	reader->at += len;
	return true;
}

static bool is_alphanumeric(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
	       (byte >= 'A' && byte <= 'Z');
}

/* ([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9] */
static bool is_qualified(const char *text, size_t len)
{
	size_t i;

	if (!len || len > NAME_MAX_LENGTH || !is_alphanumeric(text[0]) ||
	    !is_alphanumeric(text[len - 1]))
		return false;
	for (i = 0; i < len; i++)
		if (!is_alphanumeric(text[i]) && !strchr("-_.", text[i]))
			return false;
	return true;
}

static bool is_subdomain(const char *text, size_t len)
{
	size_t i;

	if (!len || len > PREFIX_MAX_LENGTH)
		return false;
	for (i = 0; i < len; i++) {
		bool inner = i && i + 1 < len && text[i - 1] != '.' &&
			     text[i + 1] != '.';

		if ((text[i] >= 'a' && text[i] <= 'z') ||
		    (text[i] >= '0' && text[i] <= '9'))
			continue;
		if ((text[i] != '-' && text[i] != '.') || !inner)
			return false;
	}
	return true;
}

static bool check_key(const struct reader *reader, const char *key)
{
	const char *slash = strchr(key, '/');
	const char *name = slash ? slash + 1 : key;

	if (is_qualified(name, strlen(name)) &&
	    (!slash || is_subdomain(key, (size_t)(slash - key))))
		return true;
	return refuse(reader,
		      overlay_text(reader->run,
				   "<nil>: Invalid value: \"%s\": a label key "
				   "is letters, digits, '-', '_' and '.', "
				   "with a DNS name and '/' in front if "
				   "needed",
				   key));
}

static bool check_value(const struct reader *reader, const char *value)
{
	if (!*value || is_qualified(value, strlen(value)))
		return true;
	return refuse(reader,
		      overlay_text(reader->run,
				   "values[0][]: Invalid value: \"%s\": a "
				   "label value is letters, digits, '-', '_' "
				   "and '.'",
				   value));
}

static bool is_word(const struct reader *reader, const char *word)
{
	size_t len = strlen(word);

	return strncmp(reader->at, word, len) == 0 &&
	       (!reader->at[len] || strchr(" \t\r\n=!(),<>", reader->at[len]));
}

static bool read_set(struct reader *reader, struct requirement *requirement)
{
	if (!take(reader, "("))
		return refuse(reader, "found '', expected: '('");
	do {
		const char *word = take_word(reader);

		if (!check_value(reader, word))
			return false;
		vec_push(reader->run->arena, &requirement->values, word);
	} while (take(reader, ","));
	if (!take(reader, ")"))
		return refuse(reader, "found '', expected: ',' or ')'");
	return true;
}

static bool read_comparison(struct reader *reader,
			    struct requirement *requirement)
{
	const char *word = take_word(reader);
	int64_t number;

	if (requirement->operator== REQUIREMENT_ABOVE || requirement->operator==
	    REQUIREMENT_BELOW) {
		if (number_parse_int(word, strlen(word), 10, &number) !=
		    NUMBER_OK)
			return refuse(reader, "for 'Gt', 'Lt' operators, the "
					      "value must be an integer");
	} else if (!check_value(reader, word)) {
		return false;
	}
	vec_push(reader->run->arena, &requirement->values, word);
	return true;
}

static bool read_operator(struct reader *reader,
			  struct requirement *requirement)
{
	static const struct {
		const char *token;
		enum requirement_operator operator;
	} tokens[] = {
		{ "==", REQUIREMENT_IN },     { "=", REQUIREMENT_IN },
		{ "!=", REQUIREMENT_NOT_IN }, { ">", REQUIREMENT_ABOVE },
		{ "<", REQUIREMENT_BELOW },
	};
	size_t i;

	skip_blanks(reader);
	if (is_word(reader, "in") || is_word(reader, "notin")) {
		requirement->operator= * reader->at == 'i' ? REQUIREMENT_IN
							   : REQUIREMENT_NOT_IN;
		reader->at += *reader->at == 'i' ? 2 : 5;
		return read_set(reader, requirement);
	}
	for (i = 0; i < ARRAY_COUNT(tokens); i++)
		if (take(reader, tokens[i].token)) {
			requirement->operator= tokens[i].operator;
			return read_comparison(reader, requirement);
		}
	requirement->operator= REQUIREMENT_EXISTS;
	return true;
}

static bool read_one(struct reader *reader, struct requirements *requirements)
{
	struct requirement requirement = { 0 };
	bool absent = take(reader, "!");

	requirement.key = take_word(reader);
	if (!*requirement.key)
		return refuse(reader, "found '', expected: !, identifier, or "
				      "'end of string'");
	if (!check_key(reader, requirement.key))
		return false;
	if (absent)
		requirement.operator= REQUIREMENT_ABSENT;
	else if (!read_operator(reader, &requirement))
		return false;
	vec_push(reader->run->arena, requirements, requirement);
	return true;
}

bool requirements_read(struct overlay_run *run, const char *text,
		       const struct origin *at,
		       struct requirements *requirements)
{
	struct reader reader = { run, text, text, at };

	skip_blanks(&reader);
	if (!*reader.at)
		return true;
	do {
		if (!read_one(&reader, requirements))
			return false;
	} while (take(&reader, ","));
	skip_blanks(&reader);
	if (*reader.at)
		return refuse(&reader,
			      overlay_text(run,
					   "found '%s', expected: ',' or "
					   "'end of string'",
					   take_word(&reader)));
	return true;
}

static bool contains(const struct requirement *requirement, const char *text)
{
	size_t i;

	for (i = 0; i < requirement->values.count; i++)
		if (strcmp(requirement->values.items[i], text) == 0)
			return true;
	return false;
}

static bool compares(const struct requirement *requirement, const char *text)
{
	const char *bound = requirement->values.items[0];
	int64_t own, limit;

	if (number_parse_int(text, strlen(text), 10, &own) != NUMBER_OK ||
	    number_parse_int(bound, strlen(bound), 10, &limit) != NUMBER_OK)
		return false;
	return requirement->operator== REQUIREMENT_ABOVE ? own > limit
							 : own<limit;
}

static bool matches(struct overlay_run *run,
		    const struct requirement *requirement,
		    const struct value *labels)
{
	const struct value *value = value_get(labels, requirement->key);
	const char *text = node_text(run->arena, value);

	switch (requirement->operator) {
	case REQUIREMENT_EXISTS:
		return value != NULL;
	case REQUIREMENT_ABSENT:
		return !value;
	case REQUIREMENT_IN:
		return value && contains(requirement, text);
	case REQUIREMENT_NOT_IN:
		return !value || !contains(requirement, text);
	case REQUIREMENT_ABOVE:
	case REQUIREMENT_BELOW:
		break;
	}
	return value && compares(requirement, text);
}

bool requirements_match(struct overlay_run *run,
			const struct requirements *requirements,
			const struct value *labels)
{
	size_t i;

	for (i = 0; i < requirements->count; i++)
		if (!matches(run, &requirements->items[i], labels))
			return false;
	return true;
}
