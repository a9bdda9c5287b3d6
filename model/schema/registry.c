/*
 * What has a name in a schema: resources, their drafts, their anchors.
 */
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "model/json.h"
#include "model/quote.h"
#include "model/schema/compile.h"
#include "model/schema/keywords.h"
#include "model/schema/reference.h"
#include "model/schema/schema_private.h"
#include "model/value.h"

enum {
	DEPTH_MAX = 200
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

/* "://host/path" of an address without its fragment; http is as https. */
static bool same_place(const char *uri, const char *known)
{
	const char *own = strstr(uri, "://");

	known = strstr(known, "://");
	return own && strcspn(own, "#") == strlen(known) &&
	       !strncmp(known, own, strlen(known));
}

bool schema_known_draft(const char *uri, enum schema_draft *draft)
{
	size_t i;

	if (same_place(uri, "http://json-schema.org/schema")) {
		*draft = DRAFT_2020;
		return true;
	}
	for (i = 0; i < ARRAY_COUNT(draft_uris); i++)
		if (same_place(uri, draft_uris[i])) {
			*draft = (enum schema_draft)i;
			return true;
		}
	return false;
}

/*
 * What $schema says, and 2020-12 for the address that names no version;
 * `draft` stays as it is without one.  False: an unknown one.
 */
static bool draft_of(struct schema_run *run, const struct value *schema,
		     enum schema_draft *draft)
{
	const char *uri = value_string(value_get(schema, "$schema"));

	if (!uri)
		return true;
	if (schema_known_draft(uri, draft))
		return true;
	schema_not_loaded(run,
			  arena_strndup(run->arena, uri, strcspn(uri, "#")));
	return false;
}

static const char *id_word(enum schema_draft draft)
{
	return draft == DRAFT_4 ? "id" : "$id";
}

/* The first fault is told. */
static void stop(struct schema_run *run, const char *format, ...)
	PRINTF_LIKE(2, 3);
static void stop(struct schema_run *run, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (!run->broken)
		run->broken = arena_vprintf(run->arena, format, args);
	va_end(args);
}

/* The pointer to a part of the document, as Go quotes it. */
static const char *quoted_place(struct schema_run *run,
				const struct value *part)
{
	const char *place = schema_place(run, part);
	struct text text = text_of(place, strlen(place));
	struct str out;

	str_init(&out, run->arena);
	quote_put(&out, &text);
	return str_text(&out);
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

	resource->uri = uri;
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

	if (other && other != schema && !resource->meta)
		stop(run, "duplicate anchor \"%s\" in \"%s\" at %s and %s",
		     name, run->uri, quoted_place(run, other),
		     quoted_place(run, schema));
	table_puts(&resource->anchors, name, (void *)schema);
}

/* Up to draft 7 anchors are fragments of an id. */
static void add_old_anchor(struct schema_run *run,
			   struct schema_resource *resource,
			   const struct value *schema)
{
	const char *id =
		value_string(value_get(schema, id_word(resource->draft)));
	const char *name, *problem;

	if (!id || value_get(schema, "$ref"))
		return;
	id += strcspn(id, "#");
	if (!*id || !id[1] || id[1] == '/')
		return;
	name = schema_decoded(run->arena, id + 1, &problem);
	if (name)
		add_anchor(run, resource, name, schema);
	else
		stop(run, "error in parsing anchor at \"%s\"",
		     schema_location(run, schema));
}

static void add_anchors(struct schema_run *run,
			struct schema_resource *resource,
			const struct value *schema)
{
	const char *name;

	if (resource->draft <= DRAFT_7) {
		add_old_anchor(run, resource, schema);
		return;
	}
	name = value_string(value_get(schema, "$anchor"));
	if (name)
		add_anchor(run, resource, name, schema);
	name = value_string(value_get(schema, "$dynamicAnchor"));
	if (name && resource->draft >= DRAFT_2020) {
		add_anchor(run, resource, name, schema);
		table_puts(&resource->dynamics, name, (void *)schema);
	}
}

/* Its address before the fragment; NULL: it has none of its own. */
static const char *id_of(struct schema_run *run, const struct value *schema,
			 enum schema_draft draft)
{
	const char *id = value_string(value_get(schema, id_word(draft)));
	size_t len = id ? strcspn(id, "#") : 0;

	/* Up to draft 7 a $ref silences everything beside it. */
	if (!len || (draft <= DRAFT_7 && value_get(schema, "$ref")))
		return NULL;
	return arena_strndup(run->arena, id, len);
}

/* A resource below another one; NULL: `run->broken` says why not. */
static struct schema_resource *
begin_resource(struct schema_run *run, const struct schema_resource *outer,
	       const char *id, const struct value *schema)
{
	const struct schema_resource *other;
	struct schema_address address;

	if (!schema_join(run, outer->uri, id, &address)) {
		run->broken = NULL;
		stop(run, "error in parsing id at \"%s\"",
		     schema_location(run, schema));
		return NULL;
	}
	other = table_gets(&run->resources, address.uri);
	if (other && other->root != schema && !outer->meta)
		stop(run, "duplicate id \"%s\" in \"%s\" at %s and %s",
		     address.uri, run->uri, quoted_place(run, schema),
		     quoted_place(run, other->root));
	return new_resource(run, address.uri, schema, outer->draft);
}

/* The way down through a document. */
struct walk {
	struct schema_run *run;
	struct schema_resource *resource;
	unsigned depth;
};

/* The resource a schema begins, if it has an id of its own. */
static struct schema_resource *enter(struct walk *walk,
				     const struct value *schema)
{
	enum schema_draft draft = walk->resource->draft;
	struct schema_resource *resource = walk->resource;
	const char *id;

	/* Without an id, nobody listens to $schema. */
	if (!draft_of(walk->run, schema, &draft))
		return NULL;
	id = id_of(walk->run, schema, draft);
	if (!id) {
		draft = resource->draft;
		id = id_of(walk->run, schema, draft);
	}
	if (!id)
		return resource;
	resource = begin_resource(walk->run, resource, id, schema);
	if (resource)
		resource->draft = draft;
	return resource;
}

/* Find what has a name of its own: $id, id, $anchor, $dynamicAnchor. */
static void walk_schema(void *context, const struct value *schema)
{
	struct walk walk = *(const struct walk *)context;
	const struct schema_resource *known;

	if (!value_is_map(schema) || walk.depth > DEPTH_MAX || walk.run->broken)
		return;
	known = schema_owner(walk.run, schema, NULL);
	walk.resource =
		known ? (struct schema_resource *)known : enter(&walk, schema);
	if (!walk.resource)
		return;
	add_anchors(walk.run, walk.resource, schema);
	walk.depth++;
	schema_each_below(schema, walk.resource->draft, walk_schema, &walk);
}

void schema_collect(struct schema_run *run,
		    const struct schema_resource *resource,
		    const struct value *part)
{
	struct walk walk = { run, (struct schema_resource *)resource, 0 };

	walk_schema(&walk, part);
}

/* A document may say that it lies elsewhere. */
static bool move_root(struct schema_run *run, struct schema_resource *resource,
		      const struct value *root)
{
	const char *id = id_of(run, root, resource->draft);
	struct schema_address address;

	if (!id)
		return true;
	if (!schema_join(run, resource->uri, id, &address)) {
		run->broken = NULL;
		stop(run, "error in parsing id at \"%s#\"", run->uri);
		return false;
	}
	resource->uri = address.uri;
	table_puts(&run->resources, resource->uri, resource);
	return true;
}

const struct schema_resource *schema_register(struct schema_run *run,
					      const char *uri,
					      const struct value *root,
					      bool meta)
{
	enum schema_draft draft = DRAFT_2020;
	struct schema_resource *resource;

	if (!draft_of(run, root, &draft))
		return NULL;
	resource = new_resource(run, uri, root, draft);
	resource->meta = meta;
	if (!meta)
		run->document = root;
	if (!move_root(run, resource, root))
		return NULL;
	resource->sound = !meta && schema_is_sound(run, root);
	if (!resource->sound)
		schema_collect(run, resource, root);
	return run->broken ? NULL : resource;
}

const struct schema_resource *schema_load_builtin(struct schema_run *run,
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

	return known ? known : schema_load_builtin(run, draft_uris[draft]);
}
