#include "overlays/slash_path.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "overlays/run.h"

const char *slash_path_insert(struct overlay_run *run, const char *path,
			      const char *part, int64_t position)
{
	bool absolute = *path == '/';
	const char *at = path + absolute;
	int64_t place = 1;
	struct str out;

	str_init(&out, run->arena);
	if (absolute)
		str_putc(&out, '/');
	for (; *at; place++) {
		size_t len = strcspn(at, "/");

		if (place == position)
			str_printf(&out, "%s/", part);
		str_put(&out, at, len);
		at += len;
		if (*at == '/') {
			str_putc(&out, '/');
			at++;
		}
	}
	if (place <= position)
		str_printf(&out, "%s%s", place > 1 ? "/" : "", part);
	return str_text(&out);
}

struct path_parts slash_path_split(struct overlay_run *run, const char *path)
{
	struct path_parts parts = { 0 };
	struct str part;

	while (*path) {
		str_init(&part, run->arena);
		for (; *path && *path != '/'; path++) {
			if (path[0] == '\\' && path[1] == '/')
				path++;
			str_putc(&part, *path);
		}
		if (part.len)
			vec_push(run->arena, &parts, str_text(&part));
		path += *path == '/';
	}
	return parts;
}
