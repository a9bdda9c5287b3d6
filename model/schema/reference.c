/*
 * What a reference means: addresses are joined, anchors looked up, JSON
 * pointers followed.
 */
#include "model/schema/reference.h"

#include <string.h>

#include "base/arena.h"
#include "base/hex.h"
#include "base/number.h"
#include "base/str.h"
#include "model/quote.h"
#include "model/schema/compile.h"
#include "model/url.h"
#include "model/value.h"

static const char *quoted(struct arena *arena, const char *text, size_t len)
{
	struct text plain = text_of(text, len);
	struct str out;

	str_init(&out, arena);
	quote_put(&out, &plain);
	return str_text(&out);
}

const char *schema_decoded(struct arena *arena, const char *fragment,
			   const char **problem)
{
	struct str out;

	str_init(&out, arena);
	for (; *fragment; fragment++) {
		int high, low;

		if (*fragment != '%') {
			str_putc(&out, *fragment);
			continue;
		}
		high = hex_digit((unsigned char)fragment[1]);
		low = high < 0 ? -1 : hex_digit((unsigned char)fragment[2]);
		if (low < 0) {
			*problem = arena_join(
				arena, "invalid URL escape ",
				quoted(arena, fragment, strnlen(fragment, 3)));
			return NULL;
		}
		str_putc(&out, (char)(high << 4 | low));
		fragment += 2;
	}
	return str_text(&out);
}

static bool stop(struct schema_run *run, const char *text, const char *why)
{
	run->broken = arena_printf(run->arena, "error in parsing %s: %s",
				   quoted(run->arena, text, strlen(text)), why);
	return false;
}

bool schema_join(struct schema_run *run, const char *base,
		 const char *reference, struct schema_address *address)
{
	const char *hash = reference + strcspn(reference, "#"), *problem;
	const char *plain = arena_strndup(run->arena, reference,
					  (size_t)(hash - reference));
	struct url from, to, joined;
	struct str out;

	address->uri = base;
	address->fragment =
		schema_decoded(run->arena, *hash ? hash + 1 : "", &problem);
	if (!address->fragment)
		return stop(run, reference, problem);
	if (!*plain)
		return true;
	if (!url_parse(&from, run->arena, base, strlen(base), &problem))
		return stop(run, base, problem);
	if (!url_parse(&to, run->arena, plain, strlen(plain), &problem))
		return stop(run, plain, problem);
	url_resolve(&joined, run->arena, &from, &to);
	/* urn:a and b is urn:a. */
	if (!*to.scheme && *from.opaque)
		joined.opaque = from.opaque;
	str_init(&out, run->arena);
	url_put(&out, &joined);
	address->uri = str_text(&out);
	return true;
}

static bool is_remote(const char *uri)
{
	return strncmp(uri, "http:", 5) == 0 || strncmp(uri, "https:", 6) == 0;
}

/* Whose text would have to be fetched. */
void schema_not_loaded(struct schema_run *run, const char *uri)
{
	const char *why = "no network is read", *problem;
	struct url url;

	if (strncmp(uri, "file://", 7) == 0 &&
	    url_parse(&url, run->arena, uri, strlen(uri), &problem))
		why = arena_printf(run->arena,
				   "open %s: no such file or directory",
				   url.path);
	else if (!is_remote(uri))
		why = arena_join(run->arena, "no URLLoader registered for ",
				 quoted(run->arena, uri, strlen(uri)));
	run->broken = arena_printf(run->arena, "failing loading %s: %s",
				   quoted(run->arena, uri, strlen(uri)), why);
}

static bool is_nameless(const char *uri)
{
	return strncmp(uri, "urn:", 4) == 0;
}

static const struct schema_resource *find_resource(struct schema_run *run,
						   const char *uri)
{
	const struct schema_resource *resource =
		table_gets(&run->resources, uri);

	if (!resource)
		resource = schema_load_builtin(run, uri);
	if (resource || is_nameless(uri))
		return resource;
	if (!run->unread && is_remote(uri))
		run->unread = uri;
	if (!run->without_remote || !is_remote(uri))
		schema_not_loaded(run, uri);
	return NULL;
}

/* Undo ~1 and ~0 in one part of a pointer; NULL: it has some other ~. */
static const char *unescaped(struct arena *arena, const char *part, size_t len)
{
	char *copy = arena_alloc(arena, len + 1), *to = copy;
	size_t i;

	for (i = 0; i < len; i++) {
		if (part[i] != '~') {
			*to++ = part[i];
			continue;
		}
		if (++i == len || (part[i] != '0' && part[i] != '1'))
			return NULL;
		*to++ = part[i] == '0' ? '~' : '/';
	}
	*to = '\0';
	return copy;
}

static const struct value *step_down(const struct value *at, const char *part)
{
	int64_t index;

	if (!value_is_list(at))
		return value_get(at, part);
	if (number_parse_int(part, strlen(part), 10, &index) != NUMBER_OK ||
	    index < 0)
		return NULL;
	return value_item(at, (size_t)index);
}

/* Follow "/a/b/0" from a root, noticing resources on the way. */
static const struct value *follow(struct schema_run *run, const char *pointer,
				  const struct schema_resource **resource)
{
	const struct value *at = (*resource)->root;

	while (at && *pointer == '/') {
		size_t len = strcspn(++pointer, "/");
		const char *part = unescaped(run->arena, pointer, len);

		at = part ? step_down(at, part) : NULL;
		if (at)
			*resource = schema_owner(run, at, *resource);
		pointer += len;
	}
	return at;
}

/* A tilde stands before 0 or 1. */
static bool is_pointer(const char *text)
{
	for (; *text; text++)
		if (*text == '~' && text[1] != '0' && text[1] != '1')
			return false;
	return true;
}

/* What an address is for messages: in which document, and where there. */
struct target_place {
	const char *document;
	const char *start; /* of the resource in the document */
	const char *uri;
	const char *fragment;
};

static const char *quoted_url(struct schema_run *run, const char *uri,
			      const char *start, const char *fragment)
{
	struct str url;

	str_init(&url, run->arena);
	str_printf(&url, "%s#", uri);
	schema_put_encoded(&url, start);
	schema_put_encoded(&url, fragment);
	str_text(&url);
	return quoted(run->arena, url.text, url.len);
}

/* That a pointer leads nowhere is seen when its turn comes, not before. */
static const struct value *not_found(struct schema_run *run,
				     const struct target_place *place)
{
	const char *url;

	if (*place->fragment != '/') {
		run->broken = arena_printf(
			run->arena, "anchor in %s not found in schema %s",
			quoted_url(run, place->uri, "", place->fragment),
			quoted(run->arena, place->document,
			       strlen(place->document)));
		return NULL;
	}
	url = quoted_url(run, place->document, place->start, place->fragment);
	run->lost =
		is_pointer(place->fragment)
			? arena_printf(run->arena,
				       "json-pointer in %s not found", url)
			: arena_join(run->arena, "invalid json-pointer ", url);
	return NULL;
}

static const struct value *resolve(struct schema_run *run,
				   const struct schema_resource *from,
				   const char *reference,
				   const struct schema_resource **resource)
{
	const struct schema_resource *start;
	struct schema_address address;
	struct target_place place;
	const struct value *target;

	*resource = NULL;
	if (!schema_join(run, from->uri, reference, &address))
		return NULL;
	place.document = place.uri = address.uri;
	place.fragment = address.fragment;
	place.start = "";
	*resource = start = strcmp(address.uri, from->uri) == 0
				    ? from
				    : find_resource(run, address.uri);
	if (!start)
		return !is_nameless(address.uri) || !*address.fragment ||
				       run->broken
			       ? NULL
			       : not_found(run, &place);
	if (!*address.fragment)
		return start->root;
	target = *address.fragment == '/'
			 ? follow(run, address.fragment, resource)
			 : table_gets(&start->anchors, address.fragment);
	if (target)
		return target;
	if (!start->meta) {
		place.document = run->uri;
		place.start = schema_place(run, start->root);
	}
	return not_found(run, &place);
}

/* A reference where it stands, and what it was found to mean. */
struct target {
	struct {
		const struct schema_resource *from;
		const char *reference;
	} key;
	const struct value *schema;
	const struct schema_resource *resource;
};

const struct value *schema_resolve(struct schema_run *run,
				   const struct schema_resource *from,
				   const char *reference,
				   const struct schema_resource **resource)
{
	struct target new = { .key = { from, reference } };
	struct target *target = table_get(&run->targets, (const char *)&new.key,
					  sizeof(new.key));

	run->lost = NULL;
	if (!target) {
		target = arena_alloc(run->arena, sizeof(*target));
		*target = new;
		target->schema =
			resolve(run, from, reference, &target->resource);
		table_put(&run->targets, (const char *)&target->key,
			  sizeof(target->key), target);
	}
	*resource = target->resource;
	return target->schema;
}
