/*
 * Functions of Sprig that only --name-template has: what is around the
 * process.  A chart sees none of it.
 */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "templates/exec.h"
#include "templates/func.h"

static const char *variable(struct call *call, const char *name)
{
	const struct template_options *options = exec_options(call->run);
	const char *value =
		options->environment ? options->environment(name) : NULL;

	return value ? value : "";
}

static const struct value *fn_env(struct call *call)
{
	struct str out;

	call_str(call, &out);
	str_puts(&out, variable(call, call_string(call, 0)));
	return call_give_str(call, &out);
}

static bool is_special(char byte)
{
	return byte && strchr("*#$@!?-0123456789", byte);
}

static bool is_part(char byte)
{
	return byte == '_' || isalnum((unsigned char)byte);
}

/* The name behind a $, as os.Expand reads it; `*width` bytes are its. */
static const char *name_at(struct call *call, const char *at, size_t *width)
{
	size_t len;

	if (*at == '{') {
		if (is_special(at[1]) && at[2] == '}') {
			*width = 3;
			return arena_strndup(call->arena, at + 1, 1);
		}
		len = strcspn(at + 1, "}");
		/* Bad syntax: as much as was understood is eaten. */
		*width = !at[len + 1] ? 1 : len + 2;
		return arena_strndup(call->arena, at + 1,
				     at[len + 1] ? len : 0);
	}
	for (len = 0; is_part(at[len]); len++)
		;
	if (is_special(*at))
		len = 1;
	*width = len;
	return arena_strndup(call->arena, at, len);
}

static const struct value *fn_expandenv(struct call *call)
{
	const char *at = call_string(call, 0);
	struct str out;

	call_str(call, &out);
	for (; *at; at++) {
		size_t width = 0;
		const char *name = *at == '$' && at[1]
					   ? name_at(call, at + 1, &width)
					   : "";

		if (*name)
			str_puts(&out, variable(call, name));
		else if (!width)
			str_putc(&out, *at);
		at += width;
	}
	return call_give_str(call, &out);
}

const struct func template_funcs_environment[] = {
	{ .name = "env",
	  .takes = { ARG_STRING },
	  .sprig_only = true,
	  .run = fn_env,
	  .usage = "env NAME",
	  .help = "The variable NAME of the environment." },
	{ .name = "expandenv",
	  .takes = { ARG_STRING },
	  .sprig_only = true,
	  .run = fn_expandenv,
	  .usage = "expandenv TEXT",
	  .help = "TEXT with $NAME and ${NAME} replaced." },
	{ .name = NULL }
};
