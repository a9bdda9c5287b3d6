#include "model/yaml_scalar.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/number.h"
#include "model/yaml_time.h"

/* Longest number with underscores in it; a longer one stays a string. */
enum {
	DIGITS_ROOM = 4096
};

static bool is_one_of(const char *text, size_t len, const char *const *words)
{
	for (; *words; words++)
		if (strlen(*words) == len && memcmp(text, *words, len) == 0)
			return true;
	return false;
}

static const char *const nulls[] = { "~", "null", "Null", "NULL", NULL };
static const char *const trues[] = { "true", "True", "TRUE", NULL };
static const char *const falses[] = { "false", "False", "FALSE", NULL };
static const char *const yeses[] = { "y",  "Y",  "yes", "Yes", "YES",
				     "on", "On", "ON",  NULL };
static const char *const noes[] = { "n",   "N",   "no",  "No", "NO",
				    "off", "Off", "OFF", NULL };
static const char *const nans[] = { ".nan", ".NaN", ".NAN", NULL };
static const char *const infs[] = { ".inf",  ".Inf",  ".INF", "+.inf",
				    "+.Inf", "+.INF", NULL };
static const char *const negative_infs[] = { "-.inf", "-.Inf", "-.INF", NULL };

static void set_bool(struct value *value, bool boolean)
{
	value->kind = VALUE_BOOL;
	value->tag = VALUE_TAG_BOOL;
	value->boolean = boolean;
}

static bool set_float(struct value *value, double real)
{
	value->kind = VALUE_FLOAT;
	value->tag = VALUE_TAG_FLOAT;
	value->real = real;
	return true;
}

static bool set_int(struct value *value, int64_t integer)
{
	value->kind = VALUE_INT;
	value->tag = VALUE_TAG_INT;
	value->integer = integer;
	return true;
}

static bool set_uint(struct value *value, uint64_t natural)
{
	value->kind = VALUE_UINT;
	value->tag = VALUE_TAG_INT;
	value->natural = natural;
	return true;
}

bool yaml_may_be_word(const char *text, size_t len)
{
	static const char *const words[][2] = {
		{ "", "" },       { "y", "n" },       { "on", "no" },
		{ "yes", "off" }, { "true", "null" }, { "false", "false" },
	};

	if (len >= ARRAY_COUNT(words))
		return false;
	for (size_t i = 0; i < 2; i++) {
		size_t same = 0;

		while (same < len && ((unsigned char)text[same] | 0x20) ==
					     words[len][i][same])
			same++;
		if (same == len)
			return true;
	}
	return false;
}

static bool resolve_word(enum yaml_dialect dialect, const char *text,
			 size_t len, struct value *value)
{
	if (!yaml_may_be_word(text, len) && *text != '~')
		return false;
	if (is_one_of(text, len, nulls)) {
		value->kind = VALUE_NULL;
		value->tag = VALUE_TAG_NULL;
		return true;
	}
	if (is_one_of(text, len, trues) ||
	    (dialect == YAML_HELM && is_one_of(text, len, yeses)))
		set_bool(value, true);
	else if (is_one_of(text, len, falses) ||
		 (dialect == YAML_HELM && is_one_of(text, len, noes)))
		set_bool(value, false);
	else
		return false;
	return true;
}

static bool resolve_special_float(const char *text, size_t len,
				  struct value *value)
{
	if (is_one_of(text, len, nans))
		return set_float(value, NAN);
	if (is_one_of(text, len, infs))
		return set_float(value, INFINITY);
	if (is_one_of(text, len, negative_infs))
		return set_float(value, -INFINITY);
	return false;
}

static size_t digits_at(const char *text, size_t len, size_t at)
{
	size_t begin = at;

	while (at < len && text[at] >= '0' && text[at] <= '9')
		at++;
	return at - begin;
}

/* [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)? */
static bool looks_float(const char *text, size_t len)
{
	size_t at = 0;
	size_t whole;
	size_t fraction = 0;

	if (at < len && (text[at] == '-' || text[at] == '+'))
		at++;
	whole = digits_at(text, len, at);
	at += whole;
	if (at < len && text[at] == '.') {
		fraction = digits_at(text, len, ++at);
		at += fraction;
	}
	if (!whole && !fraction)
		return false;
	if (at < len && (text[at] == 'e' || text[at] == 'E')) {
		size_t digits;

		at++;
		if (at < len && (text[at] == '-' || text[at] == '+'))
			at++;
		digits = digits_at(text, len, at);
		if (!digits)
			return false;
		at += digits;
	}
	return at == len;
}

static bool resolve_float(const char *text, size_t len, struct value *value)
{
	double real;

	if (!looks_float(text, len) ||
	    number_parse_float(text, len, &real) != NUMBER_OK)
		return false;
	return set_float(value, real);
}

static bool resolve_int(const char *text, size_t len, int base,
			struct value *value)
{
	int64_t integer;
	uint64_t natural;

	if (number_parse_int(text, len, base, &integer) == NUMBER_OK)
		return set_int(value, integer);
	if (number_parse_uint(text, len, base, &natural) == NUMBER_OK)
		return set_uint(value, natural);
	return false;
}

/*
 * go-yaml tries a prefix once more without it, which lets a sign follow:
 * 0b-1 is -1.  Version 3 does the same for 0o.
 */
static bool resolve_prefixed(enum yaml_dialect dialect, const char *text,
			     size_t len, struct value *value)
{
	int base;

	if (len < 3 || text[0] != '0')
		return false;
	base = text[1] == 'b' ? 2 : text[1] == 'o' ? 8 : 0;
	if (!base || (base == 8 && dialect == YAML_HELM))
		return false;
	return resolve_int(text + 2, len - 2, base, value);
}

static bool resolve_go_number(enum yaml_dialect dialect, const char *text,
			      size_t len, struct value *value)
{
	char plain[DIGITS_ROOM];

	if (memchr(text, '_', len)) {
		size_t count = 0;

		if (len > sizeof(plain))
			return false;
		for (size_t i = 0; i < len; i++)
			if (text[i] != '_')
				plain[count++] = text[i];
		text = plain;
		len = count;
	}
	return resolve_int(text, len, 0, value) ||
	       resolve_float(text, len, value) ||
	       resolve_prefixed(dialect, text, len, value);
}

/* The core schema knows neither underscores nor 0b, and 010 is ten. */
static bool resolve_core_number(const char *text, size_t len,
				struct value *value)
{
	size_t sign = len && (*text == '-' || *text == '+') ? 1 : 0;

	if (len > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'o') &&
	    text[2] != '-' && text[2] != '+')
		return resolve_int(text + 2, len - 2, text[1] == 'x' ? 16 : 8,
				   value);
	if (len > sign && sign + digits_at(text, len, sign) == len &&
	    resolve_int(text, len, 10, value))
		return true;
	return resolve_float(text, len, value);
}

static bool resolve_number(enum yaml_dialect dialect, const char *text,
			   size_t len, struct value *value)
{
	if (dialect == YAML_CORE)
		return resolve_special_float(text, len, value) ||
		       resolve_core_number(text, len, value);
	if (*text == '.') {
		double real;

		if (resolve_special_float(text, len, value))
			return true;
		if (number_parse_float(text, len, &real) != NUMBER_OK)
			return false;
		return set_float(value, real);
	}
	if ((*text == '-' || *text == '+') &&
	    resolve_special_float(text, len, value))
		return true;
	if (yaml_time_parse(text, len, NULL)) {
		value->tag = VALUE_TAG_TIMESTAMP;
		return true;
	}
	return resolve_go_number(dialect, text, len, value);
}

void yaml_resolve(enum yaml_dialect dialect, const char *text, size_t len,
		  struct value *value)
{
	value->kind = VALUE_STRING;
	value->tag = VALUE_TAG_STR;
	if (len == 0) {
		value->kind = VALUE_NULL;
		value->tag = VALUE_TAG_NULL;
		return;
	}
	switch (*text) {
	case 'y':
	case 'Y':
	case 'n':
	case 'N':
	case 't':
	case 'T':
	case 'f':
	case 'F':
	case 'o':
	case 'O':
	case '~':
		resolve_word(dialect, text, len, value);
		return;
	case '<':
		if (len == 2 && text[1] == '<')
			value->tag = VALUE_TAG_MERGE;
		return;
	case '0':
	case '1':
	case '2':
	case '3':
	case '4':
	case '5':
	case '6':
	case '7':
	case '8':
	case '9':
	case '+':
	case '-':
	case '.':
		resolve_number(dialect, text, len, value);
		return;
	}
}

bool yaml_reads_as_string(const char *text, size_t len)
{
	struct value value;

	yaml_resolve(YAML_HELM, text, len, &value);
	return value.kind == VALUE_STRING && value.tag != VALUE_TAG_TIMESTAMP;
}

bool yaml_is_sexagesimal(const char *text, size_t len)
{
	size_t at = 0;
	size_t groups = 0;

	if (at < len && (text[at] == '-' || text[at] == '+'))
		at++;
	if (at == len || text[at] < '0' || text[at] > '9')
		return false;
	while (at < len &&
	       ((text[at] >= '0' && text[at] <= '9') || text[at] == '_'))
		at++;
	for (; at < len && text[at] == ':'; groups++) {
		size_t digits = digits_at(text, len, ++at);

		if (!digits || digits > 2 || (digits == 2 && text[at] > '5'))
			return false;
		at += digits;
	}
	if (!groups)
		return false;
	if (at < len && text[at] == '.')
		for (at++; at < len && ((text[at] >= '0' && text[at] <= '9') ||
					text[at] == '_');)
			at++;
	return at == len;
}

const char *yaml_tag_name(enum value_tag tag)
{
	switch (tag) {
	case VALUE_TAG_NULL:
		return "!!null";
	case VALUE_TAG_BOOL:
		return "!!bool";
	case VALUE_TAG_INT:
		return "!!int";
	case VALUE_TAG_FLOAT:
		return "!!float";
	case VALUE_TAG_TIMESTAMP:
		return "!!timestamp";
	case VALUE_TAG_MERGE:
		return "!!merge";
	case VALUE_TAG_BINARY:
		return "!!binary";
	case VALUE_TAG_SEQ:
		return "!!seq";
	case VALUE_TAG_MAP:
		return "!!map";
	case VALUE_TAG_NONE:
	case VALUE_TAG_STR:
	case VALUE_TAG_CUSTOM:
		break;
	}
	return "!!str";
}

bool yaml_tag_is_borne_out(const struct value *value)
{
	switch ((enum value_tag)value->tag) {
	case VALUE_TAG_NULL:
	case VALUE_TAG_BOOL:
	case VALUE_TAG_INT:
	case VALUE_TAG_FLOAT:
		return value->kind != VALUE_STRING;
	case VALUE_TAG_TIMESTAMP:
		return yaml_time_parse(value->string, value->len, NULL);
	case VALUE_TAG_NONE:
	case VALUE_TAG_STR:
	case VALUE_TAG_BINARY:
	case VALUE_TAG_MERGE:
	case VALUE_TAG_SEQ:
	case VALUE_TAG_MAP:
	case VALUE_TAG_CUSTOM:
		break;
	}
	return true;
}

const char *yaml_tag_fault(struct arena *arena, const struct value *value)
{
	struct value probe = { .kind = VALUE_NULL };

	yaml_resolve(YAML_KUSTOMIZE, value->string, value->len, &probe);
	/* Dates are looked for only where no other tag is. */
	if (probe.tag == VALUE_TAG_MERGE || probe.tag == VALUE_TAG_TIMESTAMP)
		probe.tag = VALUE_TAG_STR;
	return arena_printf(arena, "yaml: cannot decode %s `%s` as a %s",
			    yaml_tag_name(probe.tag), value->string,
			    yaml_tag_name((enum value_tag)value->tag));
}
