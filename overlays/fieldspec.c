#include "overlays/fieldspec.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "model/object.h"
#include "overlays/extent.h"
#include "overlays/field_path.h"
#include "overlays/node.h"
#include "overlays/resource.h"
#include "overlays/run.h"

struct walk {
	struct overlay_run *run;
	struct object *object;
	const struct fieldspec *spec;
	const struct fieldspec_parts *parts; /* of its path */
	const struct fieldspec_action *action;
};

/* The part at *at, up to the slash behind it; "\/" is one of the name. */
static void read_part(struct overlay_run *run, const char **at,
		      struct fieldspec_part *part)
{
	size_t len = 0;
	struct str name;

	while ((*at)[len] && (*at)[len] != '/' && (*at)[len] != '\\')
		len++;
	if ((*at)[len] != '\\') {
		part->name = arena_strndup(run->arena, *at, len);
		part->len = len;
		*at += len;
		return;
	}
	str_init(&name, run->arena);
	for (; **at && **at != '/'; ++*at) {
		if ((*at)[0] == '\\' && (*at)[1] == '/')
			++*at;
		str_putc(&name, **at);
	}
	part->name = str_text(&name);
	part->len = name.len;
}

static void split(struct overlay_run *run, const char *path,
		  struct fieldspec_parts *parts)
{
	const char *at = path, *slash = at;
	size_t room = 1;

	if (*at == '/')
		at++;
	while ((slash = strchr(slash, '/')) != NULL) {
		slash++;
		room++;
	}
	parts->items = arena_zalloc(run->arena, room * sizeof(*parts->items));
	/* Behind a slash at the end there is a part without a name. */
	for (;; at++) {
		struct fieldspec_part *part = &parts->items[parts->count++];

		read_part(run, &at, part);
		part->list = part->len > 2 &&
			     memcmp(part->name + part->len - 2, "[]", 2) == 0;
		if (part->list) {
			char *name = arena_strndup(run->arena, part->name,
						   part->len - 2);

			part->name = name;
			part->len -= 2;
		}
		part->odd = !part->len || field_path_is_odd(part->name);
		if (!*at)
			break;
	}
}

const struct fieldspec_parts *fieldspec_split(struct overlay_run *run,
					      const struct fieldspec *spec)
{
	if (!spec->parts->items)
		split(run, spec->path, spec->parts);
	return spec->parts;
}

struct fieldspec *fieldspec_new(struct overlay_run *run, const char *path)
{
	struct {
		struct fieldspec spec;
		struct fieldspec_parts parts;
	} *both = arena_zalloc(run->arena, sizeof(*both));

	both->spec.group = both->spec.version = both->spec.kind = "";
	both->spec.path = path;
	both->spec.parts = &both->parts;
	return &both->spec;
}

const struct fieldspec *fieldspec_read(struct overlay_run *run,
				       const struct value *value)
{
	struct fieldspec *spec =
		fieldspec_new(run, node_member(run->arena, value, "path"));

	spec->group = node_member(run->arena, value, "group");
	spec->version = node_member(run->arena, value, "version");
	spec->kind = node_member(run->arena, value, "kind");
	spec->create = value_is_true(value_get(value, "create"));
	spec->at = &value->origin;
	return spec;
}

static bool fits(const char *wanted, const char *given)
{
	return !*wanted || (*wanted == *given && strcmp(wanted, given) == 0);
}

bool fieldspec_selects(const struct fieldspec *spec, const char *group,
		       const char *version, const char *kind)
{
	return fits(spec->kind, kind) && fits(spec->group, group) &&
	       fits(spec->version, version);
}

/* Said only when something fails: the text costs more than the walk. */
static bool fail(const struct walk *walk, const struct value *at,
		 const char *what)
{
	return overlay_fail(walk->run, &at->origin, what,
			    "field %s of %s \"%s\": %s", walk->spec->path,
			    walk->object->kind, walk->object->name, what);
}

static struct value *make(const struct walk *walk, enum value_kind kind)
{
	struct arena *arena = walk->run->arena;
	const struct origin *by = walk->action->by;
	struct value *value;

	if (kind == VALUE_MAP) {
		value = value_new_map(arena, by);
		value->tag = VALUE_TAG_MAP;
		value->style = VALUE_STYLE_BLOCK;
	} else if (kind == VALUE_LIST) {
		value = value_new_list(arena, by);
		value->tag = VALUE_TAG_SEQ;
		value->style = VALUE_STYLE_BLOCK;
	} else {
		value = node_scalar(arena, by, "", 0, NODE_UNTYPED);
	}
	return value;
}

/* A null that becomes a scalar keeps the text that said so. */
static struct value *remade(const struct walk *walk, const struct value *null,
			    enum value_kind kind)
{
	struct value *value = make(walk, kind);

	if (node_is_scalar(value) && null->text) {
		value = node_scalar(walk->run->arena, walk->action->by,
				    null->text, null->len, NODE_STRING);
		value->style = null->style;
	}
	return value;
}

static bool descend(const struct walk *walk, struct value **slot, size_t at);

static bool enter_list(const struct walk *walk, struct value *list, size_t at)
{
	size_t skipped = 0;
	const char *rest = walk->spec->path;
	uint32_t i;

	for (rest += *rest == '/'; at > skipped && strchr(rest, '/'); skipped++)
		rest = strchr(rest, '/') + 1;
	native_push_traversal(walk->run, rest);
	for (i = 0; i < list->list->count; i++)
		if (!descend(walk, &list->list->items[i], at))
			return false;
	native_pop(walk->run);
	return true;
}

/* The slot of a member, made where the spec says so; NULL: leave it. */
static struct value **member(const struct walk *walk, struct value *map,
			     size_t at)
{
	const struct fieldspec_part *part = &walk->parts->items[at];
	struct value_entry *entry = value_entry(map, part->name, part->len);
	bool create = walk->spec->create && !part->list &&
		      walk->action->makes != VALUE_NULL;
	enum value_kind kind =
		at + 1 == walk->parts->count ? walk->action->makes : VALUE_MAP;

	if (!create)
		return entry ? &entry->value : NULL;
	if (!entry)
		return &value_setn(walk->run->arena, map, part->name, part->len,
				   walk->action->by, make(walk, kind))
				->value;
	if (node_was_null(entry->value))
		entry->value = value_replace(walk->run->arena, entry->value,
					     remade(walk, entry->value, kind));
	return &entry->value;
}

/* What a map says to a part that is no name. */
static bool refuse(const struct walk *walk, const struct value *map, size_t at)
{
	struct overlay_run *run = walk->run;
	const char *name = walk->parts->items[at].name, *wrong;
	const struct path_parts parts = { .items = &name, .count = 1 };

	if (!*name)
		return fail(walk, map,
			    "cannot set or create an empty field name");
	(void)!field_path_find(run, map, &parts, &wrong);
	return fail(walk, map,
		    overlay_text(run, "fieldName: %s: %s", name, wrong));
}

static bool descend(const struct walk *walk, struct value **slot, size_t at)
{
	struct value **next;

	if (at == walk->parts->count)
		return walk->action->set(walk->run, walk->object, slot,
					 walk->action->context);
	if (node_was_null(*slot))
		return true;
	if (value_is_list(*slot))
		return enter_list(walk, *slot, at);
	if (!value_is_map(*slot))
		return fail(walk, *slot, "expected sequence or mapping node");
	if (walk->parts->items[at].odd)
		return refuse(walk, *slot, at);
	next = member(walk, *slot, at);
	if (!next)
		return true;
	/* A list that is null becomes an empty one, whatever `create` says. */
	if (walk->parts->items[at].list && node_was_null(*next))
		*next = value_replace(walk->run->arena, *next,
				      make(walk, VALUE_LIST));
	return descend(walk, next, at + 1);
}

bool fieldspec_walk(struct overlay_run *run, struct object *object,
		    const struct fieldspec *spec,
		    const struct fieldspec_action *action)
{
	const struct walk walk = { run, object, spec,
				   fieldspec_split(run, spec), action };
	bool done;

	native_push_field(run, spec->path, object);
	done = extent_allows_path(run, spec->at, walk.parts->count) &&
	       descend(&walk, &object->root, 0);
	native_pop(run);
	return done;
}

bool fieldspecs_apply(struct overlay_run *run, struct object *object,
		      const struct fieldspecs *specs,
		      const struct fieldspec_action *action)
{
	size_t i;

	for (i = 0; i < specs->count; i++) {
		const struct fieldspec *spec = specs->items[i];

		if (fieldspec_selects(spec, object->group, object->version,
				      object->kind) &&
		    !fieldspec_walk(run, object, spec, action))
			return false;
	}
	return true;
}

static uint32_t hash_of(const struct fieldspec *spec)
{
	if (!spec->parts->hash)
		spec->parts->hash = table_hash(spec->path, strlen(spec->path));
	return spec->parts->hash;
}

bool fieldspecs_add(struct overlay_run *run, struct fieldspecs *list,
		    const struct fieldspec *spec)
{
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct fieldspec *old = list->items[i];

		if (hash_of(old) == hash_of(spec) &&
		    strcmp(old->path, spec->path) == 0 &&
		    fits(spec->group, old->group) &&
		    fits(spec->version, old->version) &&
		    fits(spec->kind, old->kind))
			return old->create == spec->create;
	}
	vec_push(run->arena, list, spec);
	return true;
}
