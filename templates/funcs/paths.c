/*
 * Functions on names of files.  The os... forms are those of a system whose
 * separator is '/', on every machine, so that results do not differ.
 */
#include "base/path.h"

#include "base/arena.h"
#include "templates/func.h"

typedef const char *(*path_function)(struct arena *arena, const char *path);

/*
 * The functions of base/path.h end at a NUL byte, texts of templates do not:
 * for a moment a byte stands there that the text does not hold.
 */
static const struct value *on_path(struct call *call, path_function function)
{
	struct text text = value_text(call_arg(call, 0));
	char *path = arena_strndup(call->arena, text.at, text.len), *at;
	char spare = 1;
	size_t len;

	if (!memchr(text.at, '\0', text.len)) {
		const char *result = function(call->arena, path);

		return call_give_opaque(call, result, strlen(result));
	}
	while (spare && memchr(path, spare, text.len))
		spare += spare == '.' - 1 ? 3 : 1;
	for (at = path; at < path + text.len; at++)
		if (!*at)
			*at = spare;
	path = arena_strdup(call->arena, function(call->arena, path));
	len = strlen(path);
	for (at = path; (at = memchr(at, spare, len - (size_t)(at - path)));)
		*at++ = '\0';
	return call_give_opaque(call, path, len);
}

static const char *ext(struct arena *arena, const char *path)
{
	(void)arena;
	return path_ext(path);
}

static const struct value *fn_base(struct call *call)
{
	return on_path(call, path_base);
}

static const struct value *fn_clean(struct call *call)
{
	return on_path(call, path_clean);
}

static const struct value *fn_dir(struct call *call)
{
	return on_path(call, path_dir);
}

static const struct value *fn_ext(struct call *call)
{
	return on_path(call, ext);
}

static const struct value *fn_is_abs(struct call *call)
{
	return call_give_bool(call, path_is_absolute(call_string(call, 0)));
}

const struct func template_funcs_paths[] = {
	{ .name = "base",
	  .takes = { ARG_STRING },
	  .run = fn_base,
	  .usage = "base PATH",
	  .help = "The last element of PATH." },
	{ .name = "clean",
	  .takes = { ARG_STRING },
	  .run = fn_clean,
	  .usage = "clean PATH",
	  .help = "The shortest name of PATH." },
	{ .name = "dir",
	  .takes = { ARG_STRING },
	  .run = fn_dir,
	  .usage = "dir PATH",
	  .help = "PATH without its last element." },
	{ .name = "ext",
	  .takes = { ARG_STRING },
	  .run = fn_ext,
	  .usage = "ext PATH",
	  .help = "The extension of PATH with its dot, or \"\"." },
	{ .name = "isAbs",
	  .takes = { ARG_STRING },
	  .run = fn_is_abs,
	  .usage = "isAbs PATH",
	  .help = "Whether PATH begins at the root." },
	{ .name = "osBase",
	  .takes = { ARG_STRING },
	  .run = fn_base,
	  .usage = "osBase PATH",
	  .help = "The same as base." },
	{ .name = "osClean",
	  .takes = { ARG_STRING },
	  .run = fn_clean,
	  .usage = "osClean PATH",
	  .help = "The same as clean." },
	{ .name = "osDir",
	  .takes = { ARG_STRING },
	  .run = fn_dir,
	  .usage = "osDir PATH",
	  .help = "The same as dir." },
	{ .name = "osExt",
	  .takes = { ARG_STRING },
	  .run = fn_ext,
	  .usage = "osExt PATH",
	  .help = "The same as ext." },
	{ .name = "osIsAbs",
	  .takes = { ARG_STRING },
	  .run = fn_is_abs,
	  .usage = "osIsAbs PATH",
	  .help = "The same as isAbs." },
	{ .name = NULL }
};
