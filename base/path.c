#include "base/path.h"

#include <string.h>

#include "base/arena.h"

/* Drop the last part that was written to `out`, down to `floor`. */
static size_t drop_part(const char *out, size_t len, size_t floor)
{
	len--;
	while (len > floor && out[len] != '/')
		len--;
	return len;
}

/* Parts are short, and this is less than what strcspn() prepares. */
static size_t part_length(const char *path)
{
	size_t len = 0;

	while (path[len] && path[len] != '/')
		len++;
	return len;
}

/* Most paths are; ".." in front is left to who cleans. */
static bool is_clean(const char *path)
{
	const char *part = path + (path[0] == '/');

	for (;; part++) {
		size_t dots = part[0] == '.' ? 1 + (part[1] == '.') : 0;

		if (part[dots] == '/' || part[dots] == '\0')
			return false;
		part = strchr(part, '/');
		if (!part)
			return true;
	}
}

const char *path_clean(struct arena *arena, const char *path)
{
	bool rooted = path[0] == '/';
	size_t len = rooted ? 1 : 0, floor = len;
	char *out;

	if (is_clean(path))
		return arena_strdup(arena, path);
	out = arena_alloc(arena, strlen(path) + 2);
	out[0] = '/';
	while (*path) {
		size_t part = part_length(path);

		if (part == 0) {
			path++;
		} else if (part == 1 && path[0] == '.') {
			path++;
		} else if (part == 2 && path[0] == '.' && path[1] == '.') {
			path += 2;
			if (len > floor) {
				len = drop_part(out, len, floor);
			} else if (!rooted) {
				if (len > 0)
					out[len++] = '/';
				out[len++] = '.';
				out[len++] = '.';
				floor = len;
			}
		} else {
			if (len > (rooted ? 1u : 0u))
				out[len++] = '/';
			memcpy(out + len, path, part);
			len += part;
			path += part;
		}
	}
	if (len == 0)
		out[len++] = '.';
	out[len] = '\0';
	return out;
}

const char *path_join(struct arena *arena, const char *dir, const char *name)
{
	if (path_is_absolute(name) || !*dir)
		return path_clean(arena, name);
	return path_clean(arena, arena_printf(arena, "%s/%s", dir, name));
}

const char *path_dir(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) + 1 : 0;

	return path_clean(arena, arena_strndup(arena, path, len));
}

const char *path_base(struct arena *arena, const char *path)
{
	size_t end = strlen(path), begin;

	if (end == 0)
		return ".";
	while (end > 0 && path[end - 1] == '/')
		end--;
	if (end == 0)
		return "/";
	begin = end;
	while (begin > 0 && path[begin - 1] != '/')
		begin--;
	return arena_strndup(arena, path + begin, end - begin);
}

const char *path_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *path_folder(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_strndup(arena, path, (size_t)(slash - path)) : "";
}

const char *path_below(struct arena *arena, const char *folder,
		       const char *name)
{
	return *folder ? arena_printf(arena, "%s/%s", folder, name)
		       : arena_strdup(arena, name);
}

const char *path_ext(const char *path)
{
	const char *end = path + strlen(path), *at;

	/* Few bytes from the end: from there it is nearer. */
	for (at = end; at > path && at[-1] != '/'; at--)
		if (at[-1] == '.')
			return at - 1;
	return end;
}

bool path_has_ext(const char *path, const char *exts)
{
	const char *ext = path_ext(path);
	size_t same;

	/* Asked of each file of a repository: calls are kept few. */
	while (*ext && *exts) {
		for (same = 0; ext[same] && ext[same] == exts[same];)
			same++;
		exts += same;
		if (!ext[same] && (!*exts || *exts == ' '))
			return true;
		while (*exts && *exts++ != ' ')
			continue;
	}
	return false;
}

bool path_is_absolute(const char *path)
{
	return path[0] == '/';
}

bool path_is_below(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	if (len == 0 || strcmp(dir, ".") == 0)
		return path[0] != '/' && strcmp(path, "..") != 0 &&
		       strncmp(path, "../", 3) != 0;
	if (strncmp(path, dir, len) != 0)
		return false;
	return path[len] == '\0' || path[len] == '/' || dir[len - 1] == '/';
}

/* "" and "." have no parts, "/" has none behind its first byte. */
static const char *first_part(const char *path)
{
	if (strcmp(path, ".") == 0)
		return "";
	return path[0] == '/' ? path + 1 : path;
}

const char *path_relative(struct arena *arena, const char *base,
			  const char *target)
{
	const char *from = first_part(base), *to = first_part(target);
	size_t ups = 0, room, len = 0, i;
	char *out;

	/* Skip the parts they have in common. */
	while (*from && *to) {
		size_t part = strcspn(from, "/");

		if (part != strcspn(to, "/") || memcmp(from, to, part) != 0)
			break;
		from += part + (from[part] == '/');
		to += part + (to[part] == '/');
	}
	while (*from) {
		size_t part = strcspn(from, "/");

		from += part + (from[part] == '/');
		ups++;
	}
	room = ups * 3 + strlen(to) + 2;
	out = arena_alloc(arena, room);
	for (i = 0; i < ups; i++) {
		memcpy(out + len, "../", 3);
		len += 3;
	}
	memcpy(out + len, to, strlen(to) + 1);
	len += strlen(to);
	if (len && out[len - 1] == '/')
		out[--len] = '\0';
	return len ? out : ".";
}
