/*
 * Functions that look at Go's types and kinds of values.
 */
#include "templates/func.h"
#include "templates/funcs/equal.h"

static const struct value *give_name(struct call *call, const char *name)
{
	return call_give_opaque(call, name, strlen(name));
}

static const struct value *fn_type_of(struct call *call)
{
	return give_name(call, template_type_name(call_arg(call, 0)));
}

static const struct value *fn_kind_of(struct call *call)
{
	return give_name(call, template_kind_name(call_arg(call, 0)));
}

/* Whether the first argument is this name. */
static bool asks_for(const struct call *call, const char *name)
{
	struct text text = value_text(call_arg(call, 0));

	return text.len == strlen(name) && memcmp(text.at, name, text.len) == 0;
}

static const struct value *fn_type_is(struct call *call)
{
	const char *name = template_type_name(call_arg(call, 1));

	return call_give_bool(call, asks_for(call, name));
}

/* A pointer is like what it points to. */
static const struct value *fn_type_is_like(struct call *call)
{
	const char *name = template_type_name(call_arg(call, 1));

	return call_give_bool(
		call, asks_for(call, name) ||
			      (name[0] == '*' && asks_for(call, name + 1)));
}

static const struct value *fn_kind_is(struct call *call)
{
	const char *name = template_kind_name(call_arg(call, 1));

	return call_give_bool(call, asks_for(call, name));
}

static const struct value *fn_deep_equal(struct call *call)
{
	return call_give_bool(call,
			      deep_equal(call_arg(call, 0), call_arg(call, 1)));
}

const struct func template_funcs_reflection[] = {
	{ .name = "deepEqual",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = fn_deep_equal,
	  .usage = "deepEqual A B",
	  .help = "Whether A and B are equal in types and content." },
	{ .name = "kindIs",
	  .takes = { ARG_STRING, ARG_ANY },
	  .run = fn_kind_is,
	  .usage = "kindIs KIND VALUE",
	  .help = "Whether VALUE is of the kind, such as map or slice." },
	{ .name = "kindOf",
	  .takes = { ARG_ANY },
	  .run = fn_kind_of,
	  .usage = "kindOf VALUE",
	  .help = "The kind of VALUE, such as string, float64, map or slice." },
	{ .name = "typeIs",
	  .takes = { ARG_STRING, ARG_ANY },
	  .run = fn_type_is,
	  .usage = "typeIs TYPE VALUE",
	  .help = "Whether VALUE has the type of Go." },
	{ .name = "typeIsLike",
	  .takes = { ARG_STRING, ARG_ANY },
	  .run = fn_type_is_like,
	  .usage = "typeIsLike TYPE VALUE",
	  .help = "Whether VALUE has the type of Go or points to it." },
	{ .name = "typeOf",
	  .takes = { ARG_ANY },
	  .run = fn_type_of,
	  .usage = "typeOf VALUE",
	  .help = "The type of VALUE in Go, such as map[string]interface {}." },
	{ .name = NULL }
};
