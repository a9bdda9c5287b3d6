/*
 * Bundles into changes of objects, folded over targets and environments.
 */
#include "compiler/difference.h"

#include <string.h>

#include "base/arena.h"
#include "compiler/difference/compare.h"
#include "compiler/job.h"
#include "model/bundle.h"
#include "model/json.h"
#include "model/secret.h"
#include "model/secret_arguments.h"
#include "model/value.h"

const struct difference_format *const difference_formats[] = {
#define DIFFERENCE_FORMAT(x) &difference_##x,
#include "compiler/difference/formats.def"
#undef DIFFERENCE_FORMAT
	NULL
};

void difference_init(struct difference *difference, struct arena *arena)
{
	memset(difference, 0, sizeof(*difference));
	difference->arena = arena;
	table_init(&difference->folded, arena);
}

struct member {
	const struct object *object;
	const char *id;
	bool matched;
};

/* Members that are alike in something, in their order. */
struct queue {
	VEC(struct member *) members;
	size_t at; /* those before it are matched */
};

/* The old objects, and whether the new side has them. */
struct side {
	VEC(struct member *) members;
	struct table by_id;     /* queues; those of one folder may be equal */
	struct table by_former; /* what generators called them first: queues */
	struct table by_text;   /* queues by id and content, where many are */
};

struct matching {
	struct difference *difference;
	const struct difference_pair *pair;
	struct side old;
	struct table names; /* of both sides: kind and name to namespaces */
};

/* One object on both sides. */
struct object_pair {
	const struct object *old;
	const struct object *new;
	struct table *secrets; /* among words of commands; when first needed */
};

/* Two environments of one target are told apart by their namespaces alone. */
static const char *id_of(const struct matching *matching,
			 const struct object *object, const char *name)
{
	return arena_printf(
		matching->difference->arena, "%s/%s/%s/%s", object->group,
		object->kind,
		matching->difference->across ? "" : object->name_space, name);
}

static const char *first_name(const struct object *object)
{
	return object->former_count ? object->former[0].name : object->name;
}

static void enqueue(struct arena *arena, struct table *table, const char *key,
		    struct member *member)
{
	struct queue *queue = table_gets(table, key);

	if (!queue) {
		queue = arena_zalloc(arena, sizeof(*queue));
		table_puts(table, key, queue);
	}
	vec_push(arena, &queue->members, member);
}

static void index_old(struct matching *matching, const struct bundle *bundle)
{
	struct arena *arena = matching->difference->arena;
	struct side *old = &matching->old;
	const struct object *object;

	table_init(&old->by_id, arena);
	table_init(&old->by_former, arena);
	table_init(&old->by_text, arena);
	if (!bundle)
		return;
	bundle_foreach (object, bundle) {
		struct member *member = arena_zalloc(arena, sizeof(*member));

		member->object = object;
		member->id = id_of(matching, object, object->name);
		vec_push(arena, &old->members, member);
		enqueue(arena, &old->by_id, member->id, member);
		enqueue(arena, &old->by_former,
			id_of(matching, object, first_name(object)), member);
	}
}

/* The first that nobody has; NULL: there is none. */
static struct member *take(const struct table *table, const char *key)
{
	struct queue *queue = table_gets(table, key);

	while (queue && queue->at < queue->members.count) {
		struct member *member = queue->members.items[queue->at++];

		if (member->matched)
			continue;
		member->matched = true;
		return member;
	}
	return NULL;
}

/* The same name first; else what was one object before its hash changed. */
static struct member *take_old(struct matching *matching,
			       const struct object *object)
{
	struct member *member = take(&matching->old.by_id,
				     id_of(matching, object, object->name));

	return member ? member
		      : take(&matching->old.by_former,
			     id_of(matching, object, first_name(object)));
}

static const char *content_of(struct arena *arena, const char *id,
			      const struct object *object)
{
	const struct json_options options = { .raw = true };
	const char *error;
	struct str text;

	str_init(&text, arena);
	str_puts(&text, id);
	json_write(&text, object->root, &options, NULL, &error);
	return str_text(&text);
}

/* Ids that several objects of one side have. */
static void find_many(const struct matching *matching, const struct bundle *new,
		      struct table *many)
{
	struct arena *arena = matching->difference->arena;
	const struct side *old = &matching->old;
	const struct object *object;
	struct table once;
	uint32_t i;

	for (i = 0; i < old->by_id.count; i++) {
		const struct queue *queue = old->by_id.entries[i].value;

		if (queue->members.count > 1)
			table_puts(many, queue->members.items[0]->id, arena);
	}
	table_init(&once, arena);
	if (new)
		bundle_foreach (object, new) {
			const char *id = id_of(matching, object, object->name);

			if (table_puts(&once, id, arena))
				table_puts(many, id, arena);
		}
}

/*
 * A folder may hold several objects of one name, as examples do.  Those that
 * are as before belong together, whatever stands between them.
 */
static void match_equal(struct matching *matching, const struct bundle *new,
			struct table *matched)
{
	struct arena *arena = matching->difference->arena;
	struct side *old = &matching->old;
	const struct object *object;
	struct table many;
	size_t i;

	table_init(&many, arena);
	find_many(matching, new, &many);
	if (!many.count || !new)
		return;
	for (i = 0; i < old->members.count; i++) {
		struct member *member = old->members.items[i];

		if (table_gets(&many, member->id))
			enqueue(arena, &old->by_text,
				content_of(arena, member->id, member->object),
				member);
	}
	bundle_foreach (object, new) {
		const char *id = id_of(matching, object, object->name);

		if (table_gets(&many, id) &&
		    take(&old->by_text, content_of(arena, id, object)))
			table_put(matched, (const char *)&object->root,
				  sizeof(object->root), arena);
	}
}

static bool same_place(const struct finding_where *a,
		       const struct finding_where *b)
{
	return strcmp(a->target, b->target) == 0 &&
	       strcmp(a->environment, b->environment) == 0;
}

static void add_place(struct arena *arena, struct change_places *places,
		      const struct difference_pair *pair)
{
	struct finding_where where = { pair->target, pair->environment };

	if (!places->count || !same_place(vec_last(places), &where))
		vec_push(arena, places, where);
}

/*
 * The change of this object that other environments had, or a new one.  The
 * namespace tells no objects apart that lie in different environments, but it
 * does within one.
 */
static struct object_change *fold(struct matching *matching,
				  enum change_kind kind,
				  const struct object *old,
				  const struct object *new)
{
	struct difference *difference = matching->difference;
	struct arena *arena = difference->arena;
	const struct object *object = new ? new : old;
	const char *id = arena_printf(arena, "%d %s %s %s/%s", (int)kind,
				      matching->pair->target, object->group,
				      object->kind, first_name(object));
	size_t *twins = table_gets(&matching->names, id);
	struct object_change *change;
	const char *key;

	if (!twins) {
		twins = arena_zalloc(arena, sizeof(*twins));
		table_puts(&matching->names, id, twins);
	}
	key = arena_printf(arena, "%s %zu", id, ++*twins);
	change = table_gets(&difference->folded, key);
	if (!change) {
		change = arena_zalloc(arena, sizeof(*change));
		change->kind = kind;
		change->old = old;
		change->new = new;
		change->old_job = matching->pair->old;
		change->new_job = matching->pair->new;
		change->risk = kind == CHANGE_REMOVED && !difference->across
				       ? RISK_REMOVED
				       : RISK_NONE;
		table_init(&change->by_text, arena);
		table_init(&change->by_value, arena);
		table_puts(&difference->folded, key, change);
		vec_push(arena, &difference->changes, change);
		difference->counts[kind]++;
	}
	add_place(arena, &change->where, matching->pair);
	return change;
}

static const char *field_text(struct arena *arena,
			      const struct field_change *field)
{
	const char *error;
	struct str text;

	str_init(&text, arena);
	str_printf(&text, "%d %s\n", (int)field->kind, field->path);
	if (field->old && !json_write(&text, field->old, NULL, NULL, &error))
		str_puts(&text, "?");
	str_putc(&text, '\n');
	if (field->new && !json_write(&text, field->new, NULL, NULL, &error))
		str_puts(&text, "?");
	return str_text(&text);
}

static void add_secrets(struct table *secrets, const struct value *tree)
{
	const struct value *item;
	const struct value_entry *entry;

	secret_arguments_add(secrets, tree);
	value_foreach (entry, tree)
		add_secrets(secrets, entry->value);
	list_foreach (item, tree)
		add_secrets(secrets, item);
}

/* "--token", then its value. */
static bool is_secret_argument(struct arena *arena, struct object_pair *pair,
			       const struct value *value)
{
	const struct secret_argument *secret;

	if (!pair->secrets) {
		pair->secrets = arena_alloc(arena, sizeof(*pair->secrets));
		table_init(pair->secrets, arena);
		add_secrets(pair->secrets, pair->old->root);
		add_secrets(pair->secrets, pair->new->root);
	}
	secret = secret_argument_of(pair->secrets, value);
	return secret && !secret->alone;
}

/* env[DB_PASSWORD].value */
static bool is_variable(const char *path, const char *dot)
{
	const char *end = dot - 1, *begin = end;

	if (strcmp(dot, ".value") != 0 || end <= path || *end != ']')
		return false;
	while (begin > path && *begin != '[')
		begin--;
	return secret_key(begin + 1, (size_t)(end - begin - 1));
}

static bool is_secret(struct arena *arena, struct object_pair *pair,
		      const struct field_change *field)
{
	const char *path = field->path, *dot = strrchr(path, '.');
	const char *key = dot ? dot + 1 : path;

	if (strstr(path, "last-applied-configuration") ||
	    (dot && is_variable(path, dot)) ||
	    ((strncmp(key, "args[", 5) == 0 ||
	      strncmp(key, "command[", 8) == 0) &&
	     (is_secret_argument(arena, pair, field->old) ||
	      is_secret_argument(arena, pair, field->new))))
		return true;
	if (object_is(pair->new, "", "Secret") &&
	    (strncmp(path, "data", 4) == 0 ||
	     strncmp(path, "stringData", 10) == 0))
		return true;
	return secret_key(key, strcspn(key, "["));
}

static void add_field(struct matching *matching, struct object_change *change,
		      struct object_pair *pair, struct field_change *found)
{
	struct arena *arena = matching->difference->arena;
	const char *text = field_text(arena, found);
	struct field_change *field = table_gets(&change->by_text, text);

	if (!field) {
		field = arena_zalloc(arena, sizeof(*field));
		*field = *found;
		field->secret = is_secret(arena, pair, field);
		field->risk = matching->difference->across
				      ? RISK_NONE
				      : change_risk_of(pair->new, field);
		if (field->risk < change->risk)
			change->risk = field->risk;
		table_puts(&change->by_text, text, field);
		table_put(&change->by_value, (const char *)&field->new,
			  sizeof(field->new), field);
		vec_push(arena, &change->fields, field);
	}
	add_place(arena, &field->where, matching->pair);
}

static void compare_objects(struct matching *matching, const struct object *old,
			    const struct object *new)
{
	struct arena *arena = matching->difference->arena;
	struct object_pair pair = { old, new, NULL };
	struct field_changes fields = { 0 };
	struct object_change *change;
	size_t i, kept = 0;

	compare_values(arena, old->root, new->root, &fields);
	if (matching->difference->across)
		compare_drop_namespace(&fields);
	for (i = 0; i < fields.count; i++)
		if (change_counts(matching->difference, new, &fields.items[i],
				  &fields.items[i].breach))
			fields.items[kept++] = fields.items[i];
	fields.count = kept;
	if (!fields.count)
		return;
	change = fold(matching, CHANGE_CHANGED, old, new);
	for (i = 0; i < fields.count; i++)
		add_field(matching, change, &pair, &fields.items[i]);
}

/* It is on one side only. */
static void add_object(struct matching *matching, enum change_kind kind,
		       const struct object *old, const struct object *new)
{
	const char *breach;

	if (!change_counts(matching->difference, new ? new : old, NULL,
			   &breach))
		return;
	fold(matching, kind, old, new)->breach = breach;
}

static void put_where(struct str *out, const struct change_places *where)
{
	size_t i;

	for (i = 0; i < where->count; i++)
		str_printf(out, "%s@%s,", where->items[i].target,
			   where->items[i].environment);
	str_putc(out, '\n');
}

/* All that is printed of a change but the object's name. */
static const char *alike_key(struct arena *arena,
			     const struct object_change *change)
{
	struct str key;
	size_t i;

	str_init(&key, arena);
	put_where(&key, &change->where);
	for (i = 0; i < change->fields.count; i++) {
		str_puts(&key, field_text(arena, change->fields.items[i]));
		put_where(&key, &change->fields.items[i]->where);
	}
	return str_text(&key);
}

/* A new version's label on forty objects is one change to read. */
static void find_alike(struct difference *difference)
{
	struct table seen;
	size_t i;

	table_init(&seen, difference->arena);
	for (i = 0; i < difference->changes.count; i++) {
		struct object_change *change = difference->changes.items[i];
		struct object_change *first;
		const char *key;

		if (change->kind != CHANGE_CHANGED)
			continue;
		key = alike_key(difference->arena, change);
		first = table_gets(&seen, key);
		if (!first) {
			table_puts(&seen, key, change);
			continue;
		}
		change->is_alike = true;
		vec_push(difference->arena, &first->alike, change);
		if (change->risk < first->risk)
			first->risk = change->risk;
	}
}

static void count_breaches(struct difference *difference,
			   const struct object_change *change)
{
	size_t i;

	difference->breaches += change->breach != NULL;
	for (i = 0; i < change->fields.count; i++)
		difference->breaches += change->fields.items[i]->breach != NULL;
}

void difference_finish(struct difference *difference)
{
	size_t i;

	find_alike(difference);
	for (i = 0; i < difference->changes.count; i++)
		count_breaches(difference, difference->changes.items[i]);
	for (i = 0; i < difference->changes.count; i++)
		if (difference->changes.items[i]->risk != RISK_NONE)
			difference->risks[difference->changes.items[i]->risk]++;
}

void difference_add(struct difference *difference,
		    const struct difference_pair *pair)
{
	struct matching matching = { .difference = difference, .pair = pair };
	const struct bundle *new = pair->new ? pair->new->bundle : NULL;
	const struct object *object;
	struct table matched;
	size_t i;

	index_old(&matching, pair->old ? pair->old->bundle : NULL);
	table_init(&matching.names, difference->arena);
	table_init(&matched, difference->arena);
	match_equal(&matching, new, &matched);
	if (new)
		bundle_foreach (object, new) {
			const struct member *member;

			if (table_get(&matched, (const char *)&object->root,
				      sizeof(object->root)))
				continue;
			member = take_old(&matching, object);
			if (member)
				compare_objects(&matching, member->object,
						object);
			else
				add_object(&matching, CHANGE_ADDED, NULL,
					   object);
		}
	for (i = 0; i < matching.old.members.count; i++) {
		const struct member *member = matching.old.members.items[i];

		if (!member->matched)
			add_object(&matching, CHANGE_REMOVED, member->object,
				   NULL);
	}
	difference->pairs++;
}
