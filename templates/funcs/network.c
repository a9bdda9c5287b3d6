/*
 * URLs as maps, and back.
 */
#include "base/arena.h"
#include "model/url.h"
#include "templates/func.h"
#include "templates/funcs/items.h"

static void put(struct call *call, struct value *map, const char *key,
		const char *text)
{
	value_set(call->arena, map, key,
		  value_shared(call_give_opaque(call, text, strlen(text))));
}

static const struct value *fn_url_parse(struct call *call)
{
	struct text text = call_text(call, 0);
	struct value *map = call_new_map(call);
	const char *problem = "";
	struct str user;
	struct url url;

	if (!url_parse(&url, call->arena, text.at, text.len, &problem))
		return call_fail(call, "unable to parse url: %s", problem);
	str_init(&user, call->arena);
	url_put_user(&user, &url);
	put(call, map, "fragment", url.fragment);
	put(call, map, "host", url.host);
	put(call, map, "hostname", url_hostname(call->arena, &url));
	put(call, map, "opaque", url.opaque);
	put(call, map, "path", url.path);
	put(call, map, "query", url.query);
	put(call, map, "scheme", url.scheme);
	put(call, map, "userinfo", str_text(&user));
	return map;
}

/* A text under a key, "" if it is absent; false: it is something else. */
static bool get(struct call *call, const char *key, const char **text)
{
	const struct value *value = value_get(call_arg(call, 0), key);

	*text = "";
	if (!value)
		return true;
	if (value_is_null(value)) {
		call_fail(call, "runtime error: invalid memory address or nil "
				"pointer dereference");
		return false;
	}
	if (!value_is_string(value)) {
		call_fail(call,
			  "unable to parse %s key, must be of type string, "
			  "but %s found",
			  key, template_kind_name(value));
		return false;
	}
	*text = value_string(value);
	return true;
}

/* userinfo is escaped already, so it is parsed as a part of some URL. */
static bool get_user(struct call *call, struct url *url)
{
	const char *text, *whole, *problem = "";
	struct url other;

	if (!get(call, "userinfo", &text))
		return false;
	if (!*text)
		return true;
	whole = arena_printf(call->arena, "proto://%s@host", text);
	if (!url_parse(&other, call->arena, whole, strlen(whole), &problem)) {
		call_fail(call, "unable to parse userinfo in dict: %s",
			  problem);
		return false;
	}
	url->user = other.user;
	url->password = other.password;
	return true;
}

static const struct value *fn_url_join(struct call *call)
{
	struct url url = { .raw_path = "" };
	struct str out;

	if (!get(call, "scheme", &url.scheme) ||
	    !get(call, "host", &url.host) || !get(call, "path", &url.path) ||
	    !get(call, "query", &url.query) ||
	    !get(call, "opaque", &url.opaque) ||
	    !get(call, "fragment", &url.fragment) || !get_user(call, &url))
		return NULL;
	str_init(&out, call->arena);
	url_put(&out, &url);
	str_text(&out);
	return call_give_opaque(call, out.text, out.len);
}

const struct func template_funcs_network[] = {
	{ .name = "urlJoin",
	  .takes = { ARG_MAP },
	  .run = fn_url_join,
	  .usage = "urlJoin MAP",
	  .help = "The URL of the parts in MAP, as urlParse gives them." },
	{ .name = "urlParse",
	  .takes = { ARG_STRING },
	  .run = fn_url_parse,
	  .usage = "urlParse URL",
	  .help = "A map of the parts of URL: scheme, host, hostname, path, "
		  "query, opaque, fragment and userinfo." },
	{ .name = NULL }
};
