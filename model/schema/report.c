/*
 * Errors of a schema as Helm prints them.
 */
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/str.h"
#include "model/quote.h"
#include "model/schema/exact.h"
#include "model/schema/schema_private.h"
#include "model/schema/work.h"
#include "model/value.h"

struct schema_error *schema_error_new(struct schema_run *run,
				      const struct schema_instance *instance,
				      const char *text,
				      const struct schema_errors *causes)
{
	struct schema_error *error = arena_zalloc(run->arena, sizeof(*error));

	error->pointer = schema_pointer(run->arena, instance);
	error->at = instance->value;
	error->text = text;
	if (causes) {
		error->causes = causes->items;
		error->count = causes->count;
	}
	schema_spend(run, instance,
		     strlen(error->pointer) + (text ? strlen(text) : 0));
	return error;
}

void schema_fail(const struct schema_step *step, const char *format, ...)
{
	va_list args;
	const char *text;

	va_start(args, format);
	text = arena_vprintf(step->run->arena, format, args);
	va_end(args);
	vec_push(step->run->arena, step->errors,
		 schema_error_new(step->run, step->instance, text, NULL));
}

void schema_fail_because(const struct schema_step *step, const char *text,
			 const struct schema_errors *causes)
{
	vec_push(step->run->arena, step->errors,
		 schema_error_new(step->run, step->instance, text, causes));
}

/* Digits of the whole part in groups of three. */
static void put_grouped(struct str *out, const char *digits)
{
	size_t whole = strspn(digits, "0123456789"), i;

	for (i = 0; i < whole; i++) {
		if (i && (whole - i) % 3 == 0)
			str_putc(out, ',');
		str_putc(out, digits[i]);
	}
	str_puts(out, digits + whole);
}

/* An exponent in superscript: x10 with at least two digits. */
static void put_exponent(struct str *out, const char *exponent)
{
	static const char *const raised[] = {
		"\u2070", "\u00b9", "\u00b2", "\u00b3", "\u2074",
		"\u2075", "\u2076", "\u2077", "\u2078", "\u2079",
	};

	str_puts(out, "\u00d710");
	if (*exponent == '-')
		str_puts(out, "\u207b");
	for (exponent++; *exponent; exponent++)
		str_puts(out, raised[*exponent - '0']);
}

const char *schema_number(struct arena *arena, double number)
{
	char buf[NUMBER_ROOM];
	const char *digits = buf;
	struct str out;
	char *exponent;

	buf[number_format_float(buf, number, 'g', -1)] = '\0';
	str_init(&out, arena);
	if (*digits == '-')
		str_putc(&out, *digits++);
	exponent = strchr(buf, 'e');
	if (exponent)
		*exponent++ = '\0';
	put_grouped(&out, digits);
	if (exponent)
		put_exponent(&out, exponent);
	return str_text(&out);
}

const char *schema_quote(struct arena *arena, const char *text, size_t len)
{
	const struct text plain = text_of(text, len);
	struct str quoted, out;
	size_t i;

	str_init(&quoted, arena);
	quote_put(&quoted, &plain);
	str_init(&out, arena);
	str_putc(&out, '\'');
	for (i = 1; i + 1 < quoted.len; i++) {
		/* Double quotes need no escape here, single ones do. */
		if (quoted.text[i] == '\\' && quoted.text[i + 1] == '"')
			continue;
		if (quoted.text[i] == '\'')
			str_putc(&out, '\\');
		str_putc(&out, quoted.text[i]);
		if (quoted.text[i] == '\\')
			str_putc(&out, quoted.text[++i]);
	}
	/* The escape of a backslash before the last quote is taken for its. */
	if (len && text[len - 1] == '\\')
		out.len--;
	str_putc(&out, '\'');
	return str_text(&out);
}

const char *schema_constant(struct arena *arena, const struct value *value)
{
	char buf[NUMBER_ROOM];

	switch ((enum value_kind)value->kind) {
	case VALUE_NULL:
		return "<nil>";
	case VALUE_BOOL:
		return value->boolean ? "true" : "false";
	case VALUE_STRING:
		return schema_quote(arena, value->string, value->len);
	case VALUE_INT:
	case VALUE_FLOAT:
		if (exact_text(arena, value))
			return exact_text(arena, value);
		if (value->kind == VALUE_INT) {
			buf[number_format_int(buf, value->integer)] = '\0';
			return arena_strdup(arena, buf);
		}
		buf[number_format_float(buf, value->real, 'g', -1)] = '\0';
		return arena_strdup(arena, buf);
	case VALUE_UINT:
	case VALUE_BYTES:
	case VALUE_LIST:
	case VALUE_MAP:
	case VALUE_OPAQUE:
		break;
	}
	return NULL;
}

void schema_print(struct arena *arena, struct str *out,
		  const struct schema_error *error, size_t indent)
{
	size_t i;

	str_fill(out, ' ', indent);
	str_printf(out, "- at %s: %s\n",
		   schema_quote(arena, error->pointer, strlen(error->pointer)),
		   error->text ? error->text : "validation failed");
	for (i = 0; i < error->count; i++)
		schema_print(arena, out, error->causes[i], indent + 2);
}

static void put_pointer(struct str *out, const struct schema_instance *instance)
{
	const char *key = instance->key;

	if (!instance->outer)
		return;
	put_pointer(out, instance->outer);
	str_putc(out, '/');
	if (!key)
		str_printf(out, "%zu", instance->index);
	for (; key && *key; key++) {
		if (*key == '~')
			str_puts(out, "~0");
		else if (*key == '/')
			str_puts(out, "~1");
		else
			str_putc(out, *key);
	}
}

const char *schema_pointer(struct arena *arena,
			   const struct schema_instance *instance)
{
	struct str out;

	str_init(&out, arena);
	put_pointer(&out, instance);
	return str_text(&out);
}
