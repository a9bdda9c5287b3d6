/*
 * Functions that choose among values.
 */
#include "base/source.h"
#include "templates/func.h"

/*
 * What stands for an empty value of a values file: to set that one takes
 * effect, so it leads, and the text of the template is behind it.
 */
static const struct value *stand_in(struct call *call, const struct value *next,
				    const struct value *empty)
{
	struct value *value;

	if (!empty || !next || !origin_source(&empty->origin) ||
	    !origin_source(&next->origin) ||
	    origin_source(&empty->origin)->role != SOURCE_VALUES ||
	    origin_source(&next->origin)->role == SOURCE_VALUES ||
	    value_is_map(next) || value_is_list(next))
		return next;
	value = value_copy(call->arena, next);
	value->origin = origin_after(call->arena, &empty->origin,
				     ORIGIN_REPLACED, &next->origin);
	return value;
}

/* A lone default stands for itself. */
static const struct value *fn_default(struct call *call)
{
	const struct value *value = call_arg(call, 1);

	return template_empty(value) ? stand_in(call, call_arg(call, 0), value)
				     : value;
}

static const struct value *fn_empty(struct call *call)
{
	return call_give_bool(call, template_empty(call_arg(call, 0)));
}

static const struct value *fn_coalesce(struct call *call)
{
	size_t i;

	for (i = 0; i < call->count; i++) {
		if (!template_empty(call_arg(call, i)))
			return stand_in(call, call_arg(call, i),
					call_arg(call, 0));
	}
	return call_null(call);
}

static const struct value *fn_all(struct call *call)
{
	size_t i;

	for (i = 0; i < call->count; i++) {
		if (template_empty(call_arg(call, i)))
			return call_give_bool(call, false);
	}
	return call_give_bool(call, true);
}

static const struct value *fn_any(struct call *call)
{
	size_t i;

	for (i = 0; i < call->count; i++) {
		if (!template_empty(call_arg(call, i)))
			return call_give_bool(call, true);
	}
	return call_give_bool(call, false);
}

static const struct value *fn_ternary(struct call *call)
{
	return call_arg(call, call_bool(call, 2) ? 0 : 1);
}

const struct func template_funcs_flow[] = {
	{ .name = "all",
	  .rest = ARG_ANY,
	  .run = fn_all,
	  .usage = "all VALUE ...",
	  .help = "Whether no value is empty." },
	{ .name = "any",
	  .rest = ARG_ANY,
	  .run = fn_any,
	  .usage = "any VALUE ...",
	  .help = "Whether a value is not empty." },
	{ .name = "coalesce",
	  .rest = ARG_ANY,
	  .run = fn_coalesce,
	  .usage = "coalesce VALUE ...",
	  .help = "The first value that is not empty, or null." },
	{ .name = "default",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = fn_default,
	  .usage = "default DEFAULT VALUE",
	  .help = "VALUE, or DEFAULT if it is empty: null, false, 0, \"\", "
		  "or without items." },
	{ .name = "empty",
	  .takes = { ARG_ANY },
	  .run = fn_empty,
	  .usage = "empty VALUE",
	  .help = "Whether VALUE is null, false, 0, \"\", or without items." },
	{ .name = "ternary",
	  .takes = { ARG_ANY, ARG_ANY, ARG_BOOL },
	  .run = fn_ternary,
	  .usage = "ternary THEN ELSE CONDITION",
	  .help = "THEN if CONDITION is true, else ELSE." },
	{ .name = NULL }
};
