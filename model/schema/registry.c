/*
 * Which schema a reference means: resources, their anchors, JSON pointers.
 */
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/path.h"
#include "base/source.h"
#include "base/str.h"
#include "model/json.h"
#include "model/schema/compile.h"
#include "model/schema/schema_private.h"
#include "model/value.h"

enum {
	DEPTH_MAX = 200
};

/* Keywords whose value is a schema, a list of schemas, a map of schemas. */
static const char *const one[] = {
	"additionalItems",
	"additionalProperties",
	"contains",
	"else",
	"if",
	"items",
	"not",
	"propertyNames",
	"then",
	"unevaluatedItems",
	"unevaluatedProperties",
};
static const char *const many[] = { "allOf", "anyOf", "oneOf", "items",
				    "prefixItems" };
static const char *const named[] = {
	"$defs",      "definitions",      "dependencies",
	"properties", "dependentSchemas", "patternProperties",
};

static const char *const draft_uris[] = {
	"http://json-schema.org/draft-04/schema",
	"http://json-schema.org/draft-06/schema",
	"http://json-schema.org/draft-07/schema",
	"https://json-schema.org/draft/2019-09/schema",
	"https://json-schema.org/draft/2020-12/schema",
};

const char *schema_draft_uri(enum schema_draft draft)
{
	return draft_uris[draft];
}

/* Everything before the fragment. */
static const char *without_fragment(struct arena *arena, const char *uri)
{
	return arena_strndup(arena, uri, strcspn(uri, "#"));
}

static bool has_scheme(const char *uri)
{
	size_t len = strcspn(uri, ":/?#");

	return uri[len] == ':' && len > 0;
}

/* RFC 3986 resolution, as far as schemas use it. */
static const char *join(struct arena *arena, const char *base,
			const char *reference)
{
	const char *path, *slashes = strstr(base, "://");

	if (!*reference || *reference == '#')
		return arena_join(arena, without_fragment(arena, base),
				  reference);
	if (has_scheme(reference) || !slashes)
		return reference;
	path = slashes + 3 + strcspn(slashes + 3, "/");
	if (*reference == '/')
		return arena_printf(arena, "%.*s%s", (int)(path - base), base,
				    reference);
	return arena_printf(arena, "%.*s%s", (int)(path - base), base,
			    path_join(arena,
				      path_dir(arena, *path ? path : "/"),
				      reference));
}

static void set_owner(struct schema_run *run, const struct value *schema,
		      struct schema_resource *resource)
{
	const struct value **key = arena_alloc(run->arena, sizeof(*key));

	*key = schema;
	table_put(&run->owners, (const char *)key, sizeof(*key), resource);
}

const struct schema_resource *
schema_owner(const struct schema_run *run, const struct value *schema,
	     const struct schema_resource *otherwise)
{
	const struct schema_resource *own =
		table_get(&run->owners, (const char *)&schema, sizeof(schema));

	return own ? own : otherwise;
}

static struct schema_resource *new_resource(struct schema_run *run,
					    const char *uri,
					    const struct value *root,
					    enum schema_draft draft)
{
	struct schema_resource *resource =
		arena_zalloc(run->arena, sizeof(*resource));

	resource->uri = without_fragment(run->arena, uri);
	resource->root = root;
	resource->draft = draft;
	resource->recursive =
		value_is_true(value_get(root, "$recursiveAnchor"));
	table_init(&resource->anchors, run->arena);
	table_init(&resource->dynamics, run->arena);
	table_puts(&run->resources, resource->uri, resource);
	set_owner(run, root, resource);
	return resource;
}

static void add_anchor(struct schema_run *run, struct schema_resource *resource,
		       const char *name, const struct value *schema)
{
	const struct value *other = table_gets(&resource->anchors, name);

	if (other && other != schema && !resource->meta && !run->broken)
		run->broken = arena_printf(
			run->arena,
			"duplicate anchor \"%s\" in \"%s\" at \"%s\" and "
			"\"%s\"",
			name, run->uri, schema_place(run, other),
			schema_place(run, schema));
	table_puts(&resource->anchors, name, (void *)schema);
}

static void add_anchors(struct schema_run *run,
			struct schema_resource *resource,
			const struct value *schema)
{
	const char *name = value_string(value_get(schema, "$anchor"));

	if (name && resource->draft >= DRAFT_2019)
		add_anchor(run, resource, name, schema);
	name = value_string(value_get(schema, "$dynamicAnchor"));
	if (name && resource->draft >= DRAFT_2020) {
		add_anchor(run, resource, name, schema);
		table_puts(&resource->dynamics, name, (void *)schema);
	}
}

/* A resource below another one. */
static struct schema_resource *
begin_resource(struct schema_run *run, const struct schema_resource *outer,
	       const char *id, const struct value *schema)
{
	const char *uri =
		without_fragment(run->arena, join(run->arena, outer->uri, id));
	const struct schema_resource *other = table_gets(&run->resources, uri);

	if (other && other->root != schema && !outer->meta && !run->broken)
		run->broken = arena_printf(
			run->arena,
			"duplicate id \"%s\" in \"%s\" at \"%s\" and \"%s\"",
			uri, run->uri, schema_place(run, other->root),
			schema_place(run, schema));
	return new_resource(run, uri, schema, outer->draft);
}

static void walk(struct schema_run *run, struct schema_resource *resource,
		 const struct value *schema, unsigned depth);

static void walk_below(struct schema_run *run, struct schema_resource *resource,
		       const struct value *schema, unsigned depth)
{
	const struct value_entry *entry;
	const struct value *item;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(one); i++)
		walk(run, resource, value_get(schema, one[i]), depth);
	for (i = 0; i < ARRAY_COUNT(many); i++)
		list_foreach (item, value_get(schema, many[i]))
			walk(run, resource, item, depth);
	for (i = 0; i < ARRAY_COUNT(named); i++)
		value_foreach (entry, value_get(schema, named[i]))
			walk(run, resource, entry->value, depth);
}

/* Find what has a name of its own: $id, id, $anchor, $dynamicAnchor. */
static void walk(struct schema_run *run, struct schema_resource *resource,
		 const struct value *schema, unsigned depth)
{
	const char *id;

	if (!value_is_map(schema) || depth > DEPTH_MAX)
		return;
	id = value_string(
		value_get(schema, resource->draft == DRAFT_4 ? "id" : "$id"));
	/* Up to draft 7 a $ref silences everything beside it. */
	if (resource->draft <= DRAFT_7 && value_get(schema, "$ref"))
		id = NULL;
	if (id && *id == '#') {
		add_anchor(run, resource, id + 1, schema);
	} else if (id && schema != resource->root) {
		resource = begin_resource(run, resource, id, schema);
	}
	add_anchors(run, resource, schema);
	walk_below(run, resource, schema, depth + 1);
}

/* "://host/path" of an address without its fragment; http is as https. */
static bool same_place(const char *uri, const char *known)
{
	const char *own = strstr(uri, "://");

	known = strstr(known, "://");
	return own && strcspn(own, "#") == strlen(known) &&
	       !strncmp(known, own, strlen(known));
}

static bool is_remote(const char *uri)
{
	return strncmp(uri, "http://", 7) == 0 ||
	       strncmp(uri, "https://", 8) == 0;
}

/* Whose text would have to be fetched. */
static void not_loaded(struct schema_run *run, const char *uri)
{
	if (strncmp(uri, "file://", 7) == 0)
		run->broken = arena_printf(
			run->arena,
			"failing loading \"%s\": open %s: no such file or "
			"directory",
			uri, uri + 7 + strcspn(uri + 7, "/"));
	else if (is_remote(uri))
		run->broken = arena_printf(run->arena,
					   "failing loading \"%s\": no network "
					   "is read",
					   uri);
	else
		run->broken = arena_printf(run->arena,
					   "failing loading \"%s\": no "
					   "URLLoader registered for \"%s\"",
					   uri, uri);
}

/*
 * 2020-12 unless $schema says otherwise, also for the address that names no
 * version; false: an unknown one.
 */
static bool draft_of(struct schema_run *run, const struct value *root,
		     enum schema_draft *draft)
{
	const char *uri = value_string(value_get(root, "$schema"));
	size_t i;

	*draft = DRAFT_2020;
	if (!uri || same_place(uri, "http://json-schema.org/schema"))
		return true;
	for (i = 0; i < ARRAY_COUNT(draft_uris); i++)
		if (same_place(uri, draft_uris[i])) {
			*draft = (enum schema_draft)i;
			return true;
		}
	not_loaded(run, uri);
	return false;
}

const struct schema_resource *schema_register(struct schema_run *run,
					      const char *uri,
					      const struct value *root,
					      bool meta)
{
	struct schema_resource *resource;
	enum schema_draft draft;
	const char *id;

	if (!draft_of(run, root, &draft))
		return NULL;
	id = value_string(value_get(root, draft == DRAFT_4 ? "id" : "$id"));
	resource = new_resource(run, uri, root, draft);
	resource->meta = meta;
	if (id && *id != '#') {
		resource->uri =
			without_fragment(run->arena, join(run->arena, uri, id));
		table_puts(&run->resources, resource->uri, resource);
	}
	if (!meta)
		run->document = root;
	resource->sound = !meta && schema_is_sound(run->arena, root);
	if (!resource->sound)
		walk(run, resource, root, 0);
	return run->broken ? NULL : resource;
}

static const struct schema_resource *load_builtin(struct schema_run *run,
						  const char *uri)
{
	const struct metaschema *meta;
	struct json_problem problem;
	struct source *source;
	struct value *root;

	for (meta = schema_metaschemas; meta->uri; meta++) {
		if (strcmp(meta->uri, uri) != 0)
			continue;
		source = source_new(run->arena, uri, SOURCE_CHART, meta->text,
				    strlen(meta->text));
		root = json_read(run->arena, source, 0, source->len, false,
				 &problem);
		if (!root)
			BUG("a metaschema that is no JSON");
		return schema_register(run, uri, root, true);
	}
	return NULL;
}

const struct schema_resource *schema_metaschema(struct schema_run *run,
						enum schema_draft draft)
{
	const struct schema_resource *known =
		table_gets(&run->resources, draft_uris[draft]);

	return known ? known : load_builtin(run, draft_uris[draft]);
}

static const struct schema_resource *find_resource(struct schema_run *run,
						   const char *uri)
{
	const struct schema_resource *resource =
		table_gets(&run->resources, uri);

	if (!resource)
		resource = load_builtin(run, uri);
	if (resource || strncmp(uri, "urn:", 4) == 0)
		return resource;
	if (!run->unread && is_remote(uri))
		run->unread = uri;
	if (!run->without_remote || !is_remote(uri))
		not_loaded(run, uri);
	return NULL;
}

/* Undo %XX: that comes first, and %2F parts a pointer as / does. */
static const char *decoded(struct arena *arena, const char *fragment)
{
	size_t len = strlen(fragment), i;
	char *copy = arena_alloc(arena, len + 1), *to = copy;

	for (i = 0; i < len; i++) {
		char hex[3] = { 0 };
		uint64_t byte;

		if (fragment[i] == '%' && i + 2 < len) {
			memcpy(hex, fragment + i + 1, 2);
			if (number_parse_uint(hex, 2, 16, &byte) == NUMBER_OK) {
				*to++ = (char)byte;
				i += 2;
				continue;
			}
		}
		*to++ = fragment[i];
	}
	*to = '\0';
	return copy;
}

/* Undo ~1 and ~0 in one part of a pointer. */
static const char *unescaped(struct arena *arena, const char *part, size_t len)
{
	char *copy = arena_alloc(arena, len + 1), *to = copy;
	size_t i;

	for (i = 0; i < len; i++) {
		if (part[i] == '~' && i + 1 < len &&
		    (part[i + 1] == '0' || part[i + 1] == '1')) {
			*to++ = part[++i] == '0' ? '~' : '/';
			continue;
		}
		*to++ = part[i];
	}
	*to = '\0';
	return copy;
}

/* Follow "/a/b/0" from a root, noticing resources on the way. */
static const struct value *follow(struct schema_run *run, const char *pointer,
				  const struct schema_resource **resource)
{
	const struct value *at = (*resource)->root;

	while (at && *pointer == '/') {
		size_t len = strcspn(++pointer, "/");
		const char *part = unescaped(run->arena, pointer, len);
		uint64_t index;

		if (value_is_list(at))
			at = number_parse_uint(part, strlen(part), 10,
					       &index) == NUMBER_OK
				     ? value_item(at, (size_t)index)
				     : NULL;
		else
			at = value_get(at, part);
		if (at)
			*resource = schema_owner(run, at, *resource);
		pointer += len;
	}
	return at;
}

static const struct value *resolve(struct schema_run *run,
				   const struct schema_resource *from,
				   const char *reference,
				   const struct schema_resource **resource)
{
	const char *uri = join(run->arena, from->uri, reference);
	const char *fragment = uri + strcspn(uri, "#");
	const char *base = without_fragment(run->arena, uri);
	const struct value *target;

	*resource =
		strcmp(base, from->uri) == 0 ? from : find_resource(run, base);
	if (!*resource)
		return NULL;
	if (*fragment)
		fragment = decoded(run->arena, fragment + 1);
	uri = arena_join(run->arena, base,
			 arena_join(run->arena, "#", fragment));
	if (!*fragment)
		return (*resource)->root;
	if (*fragment != '/') {
		target = table_gets(&(*resource)->anchors, fragment);
		if (!target)
			run->broken = arena_printf(
				run->arena,
				"anchor in \"%s\" not found in schema \"%s\"",
				uri, (*resource)->uri);
		return target;
	}
	target = follow(run, fragment, resource);
	if (!target)
		run->broken = arena_printf(
			run->arena, "json-pointer in \"%s\" not found", uri);
	return target;
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
