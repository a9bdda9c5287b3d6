/*
 * Functions on names of files.  The os... forms are those of a system whose
 * separator is '/', on every machine, so that results do not differ.
 */
#include "base/path.h"

#include "templates/func.h"

static const struct value *give(struct call *call, const char *path)
{
	return call_give_opaque(call, path, strlen(path));
}

static const struct value *fn_base(struct call *call)
{
	return give(call, path_base(call->arena, call_string(call, 0)));
}

static const struct value *fn_clean(struct call *call)
{
	return give(call, path_clean(call->arena, call_string(call, 0)));
}

static const struct value *fn_dir(struct call *call)
{
	return give(call, path_dir(call->arena, call_string(call, 0)));
}

static const struct value *fn_ext(struct call *call)
{
	return give(call, path_ext(call_string(call, 0)));
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
