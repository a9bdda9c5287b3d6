/*
 * A referrer holds the name that its target once had.  Candidates are found
 * by former name, and sieved until one is left.
 */
#include "overlays/name_references.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "model/value.h"
#include "overlays/accumulator.h"
#include "overlays/fieldspec_sieve.h"
#include "overlays/name_index.h"
#include "overlays/node.h"
#include "overlays/run.h"
#include "overlays/specs.h"

VEC_TYPE(candidates, struct object *);

struct fixer {
	struct overlay_run *run;
	struct accumulator *acc;
	const struct name_index *index;
	const struct name_target *target;
	const struct fieldspec *spec;
	struct object *referrer;
	bool map;                     /* a map is being repaired, not a name */
	bool grown;                   /* the referrer has a field more */
	struct resource_texts spaces; /* of service account subjects */
};

static bool fits(const char *wanted, const char *given)
{
	return !*wanted || strcmp(wanted, given) == 0;
}

/* Whether a former id of the candidate is of the row's kind. */
static bool was_of_kind(const struct object *object, const char *group,
			const char *version, const char *kind)
{
	size_t i;

	if (!fits(group, object->group) || !fits(version, object->version))
		return false;
	for (i = 0; i < object->former_count; i++)
		if (fits(kind, object->former[i].kind))
			return true;
	return false;
}

/* What the referrer can see at all. */
static bool in_view(const struct fixer *fixer, const struct object *object)
{
	const char *own = resource_namespace(object);
	size_t i;

	if (resource_of(fixer->referrer)->cluster ||
	    resource_of(object)->cluster)
		return true;
	if (strcmp(own, resource_namespace(fixer->referrer)) == 0)
		return true;
	/* As written: a subject's "default" is not an absent namespace. */
	for (i = 0; i < fixer->spaces.count; i++)
		if (strcmp(fixer->spaces.items[i], object->name_space) == 0)
			return true;
	return false;
}

static const char *written(const struct fixer *fixer, const struct value *map,
			   const char *key)
{
	return node_text(fixer->run->arena, value_get(map, key));
}

/* A text with a NUL in it is no name, group or kind of anything. */
static bool names_nothing(const struct value *text)
{
	return value_is_string(text) && memchr(text->string, '\0', text->len);
}

/* A role binding says which kind of role it means, if it says it all. */
static bool is_wanted_role(const struct fixer *fixer,
			   const struct object *object)
{
	const char *path = fixer->spec->path;
	size_t len = strlen(path);
	const struct value *role;

	if (len < 12 || strcmp(path + len - 12, "roleRef/name") != 0)
		return true;
	role = value_get(fixer->referrer->root, "roleRef");
	if (!value_get(role, "apiGroup") || !value_get(role, "kind"))
		return true;
	if (names_nothing(value_get(role, "apiGroup")) ||
	    names_nothing(value_get(role, "kind")))
		return false;
	/* As written: a null that is spelled out is a kind of its own. */
	return was_of_kind(object, written(fixer, role, "apiGroup"), "",
			   written(fixer, role, "kind"));
}

static bool is_near(const struct fixer *fixer, const struct object *object)
{
	return resource_of(object)->cluster ||
	       resource_of(fixer->referrer)->cluster ||
	       strcmp(object->kind, "ServiceAccount") == 0 ||
	       strcmp(resource_namespace(object),
		      resource_namespace(fixer->referrer)) == 0;
}

static bool ends_alike(const struct resource_texts *a,
		       const struct resource_texts *b, bool empty_passes)
{
	size_t least = a->count < b->count ? a->count : b->count, i;

	if (!a->count || !b->count)
		return empty_passes || a->count == b->count;
	for (i = 1; i <= least; i++)
		if (strcmp(a->items[a->count - i], b->items[b->count - i]) != 0)
			return false;
	return true;
}

static void keep_affixed(const struct fixer *fixer,
			 struct candidates *candidates, bool empty_passes)
{
	const struct resource *own = resource_of(fixer->referrer);
	struct candidates kept = { 0 };
	size_t i;

	for (i = 0; i < candidates->count; i++) {
		const struct resource *other =
			resource_of(candidates->items[i]);

		if (ends_alike(&own->prefixes, &other->prefixes,
			       empty_passes) &&
		    ends_alike(&own->suffixes, &other->suffixes, empty_passes))
			vec_push(fixer->run->arena, &kept,
				 candidates->items[i]);
	}
	*candidates = kept;
}

/* A map takes the namespace, too, so that has to be the same. */
static bool all_named_alike(const struct candidates *candidates, bool map)
{
	size_t i;

	for (i = 1; i < candidates->count; i++)
		if (strcmp(candidates->items[i]->name,
			   candidates->items[0]->name) != 0 ||
		    (map && strcmp(candidates->items[i]->name_space,
				   candidates->items[0]->name_space) != 0))
			return false;
	return true;
}

static bool ambiguous(const struct fixer *fixer, const struct value *at,
		      const struct candidates *candidates)
{
	struct overlay_run *run = fixer->run;
	struct str ids;
	size_t i;

	str_init(&ids, run->arena);
	for (i = 0; i < candidates->count; i++)
		str_printf(&ids, "%s%s", i ? ", " : "",
			   resource_text(run, candidates->items[i]));
	(void)!overlay_fail(run, &at->origin,
			    overlay_text(run,
					 "found multiple possible referrals: "
					 "%s",
					 str_text(&ids)),
			    "several resources were called \"%s\", so this "
			    "could mean any of them",
			    node_text(run->arena, at));
	for (i = 0; i < candidates->count; i++)
		diag_note(run->diags, &candidates->items[i]->root->origin,
			  "one of them");
	return false;
}

/* One of the candidates, or none; false: there is no telling which. */
static bool choose(const struct fixer *fixer, const struct value *at,
		   struct candidates *candidates, struct object **chosen)
{
	*chosen = NULL;
	if (candidates->count > 1)
		keep_affixed(fixer, candidates, true);
	if (candidates->count > 1)
		keep_affixed(fixer, candidates, false);
	if (candidates->count > 1 && !all_named_alike(candidates, fixer->map))
		return ambiguous(fixer, at, candidates);
	if (candidates->count)
		*chosen = candidates->items[0];
	return true;
}

static void gather(const struct fixer *fixer, const char *name,
		   struct candidates *candidates)
{
	const struct object_set *set = name_index_find(fixer->index, name);
	const struct name_target *target = fixer->target;
	size_t i;

	for (i = 0; set && i < set->objects.count; i++) {
		struct object *object = set->objects.items[i];

		if (in_view(fixer, object) &&
		    was_of_kind(object, target->group, target->version,
				target->kind))
			vec_push(fixer->run->arena, candidates, object);
	}
}

static bool fix_scalar(struct fixer *fixer, struct value **slot)
{
	struct overlay_run *run = fixer->run;
	struct candidates all = { 0 }, near = { 0 };
	const char *name = node_text(run->arena, *slot);
	struct object *chosen;
	size_t i;

	if (names_nothing(*slot))
		return true;
	fixer->map = false;
	gather(fixer, name, &all);
	for (i = 0; i < all.count; i++)
		if (is_wanted_role(fixer, all.items[i]) &&
		    is_near(fixer, all.items[i]))
			vec_push(run->arena, &near, all.items[i]);
	if (!choose(fixer, *slot, &near, &chosen))
		return false;
	if (chosen && strcmp(chosen->name, name) != 0)
		node_write(run->arena, slot, name_writer(chosen), chosen->name,
			   NODE_UNTYPED);
	return true;
}

/* Whether the referrer sees any resource that first was in a namespace. */
static bool sees_first(const struct fixer *fixer, const char *name_space)
{
	size_t i;

	if (resource_of(fixer->referrer)->cluster)
		return name_index_was_in(fixer->index, name_space, NULL);
	if (name_index_was_in(fixer->index, name_space,
			      resource_namespace(fixer->referrer)) ||
	    name_index_was_in(fixer->index, name_space, RESOURCE_NO_NAMESPACE))
		return true;
	for (i = 0; i < fixer->spaces.count; i++)
		if (name_index_was_written(fixer->index, name_space,
					   fixer->spaces.items[i]))
			return true;
	return false;
}

/*
 * Candidates that first were in the namespace a map names; if nothing at all
 * was there first, those that are in it now.
 */
static void keep_in_namespace(const struct fixer *fixer,
			      struct candidates *candidates,
			      const char *name_space)
{
	bool first = sees_first(fixer, name_space);
	struct candidates kept = { 0 };
	size_t i;

	for (i = 0; i < candidates->count; i++) {
		const struct object *object = candidates->items[i];

		if (strcmp(first ? resource_first_namespace(object)
				 : resource_namespace(object),
			   name_space) == 0)
			vec_push(fixer->run->arena, &kept,
				 candidates->items[i]);
	}
	*candidates = kept;
}

static void set_namespace(struct fixer *fixer, struct value *map,
			  const struct object *chosen)
{
	struct overlay_run *run = fixer->run;
	struct value_entry *entry = value_entry(map, "namespace", 9);
	struct value *made;

	if (!entry) {
		made = node_scalar(run->arena, name_writer(chosen), "", 0,
				   NODE_UNTYPED);
		entry = value_setn(run->arena, map, "namespace", 9,
				   name_writer(chosen), made);
		fixer->grown = true;
	}
	node_write(run->arena, &entry->value, name_writer(chosen),
		   chosen->name_space, NODE_UNTYPED);
}

static bool fix_map(struct fixer *fixer, struct value *map)
{
	struct overlay_run *run = fixer->run;
	struct value_entry *name = value_entry(map, "name", 4);
	struct value_entry *name_space = value_entry(map, "namespace", 9);
	struct candidates candidates = { 0 };
	const char *text = "";
	struct object *chosen;

	if (!name)
		return overlay_fail(run, &map->origin,
				    "path config error; no 'name' field in "
				    "node",
				    "this has no name");
	if (names_nothing(name->value) ||
	    (name_space && names_nothing(name_space->value)))
		return true;
	fixer->map = true;
	gather(fixer, node_text(run->arena, name->value), &candidates);
	if (name_space)
		text = node_text(run->arena, name_space->value);
	if (name_space)
		keep_in_namespace(fixer, &candidates, text);
	if (!choose(fixer, name->value, &candidates, &chosen))
		return false;
	if (!chosen)
		return true;
	if (strcmp(chosen->name, node_text(run->arena, name->value)) != 0)
		node_write(run->arena, &name->value, name_writer(chosen),
			   chosen->name, NODE_UNTYPED);
	if (*chosen->name_space && strcmp(chosen->name_space, text) != 0)
		set_namespace(fixer, map, chosen);
	return true;
}

static bool no_name(struct overlay_run *run, const struct value *list)
{
	return overlay_fail(run, &list->origin,
			    "&yaml.RNode{fieldPath:[]string(nil), "
			    "value:(*yaml.Node)(0xc000000000), "
			    "ShouldKeep:false, Match:[]string(nil)} is "
			    "expected to be either a string or a map of string",
			    "a name is wanted here, or a map with one; this "
			    "is a list");
}

static bool fix(struct overlay_run *run, struct object *object,
		struct value **slot, void *context)
{
	struct fixer *fixer = context;
	uint32_t i;

	if (node_was_null(*slot))
		return true;
	if (value_is_map(*slot))
		return fix_map(fixer, *slot);
	if (!value_is_list(*slot))
		return fix_scalar(fixer, slot);
	for (i = 0; i < (*slot)->list->count; i++) {
		struct value **item = &(*slot)->list->items[i];

		if (value_is_list(*item))
			return no_name(run, *item);
		if (!fix(run, object, item, context))
			return false;
	}
	return true;
}

/* Namespaces of the service accounts that a role binding binds. */
static bool subject_spaces(struct overlay_run *run, const struct object *object,
			   struct resource_texts *spaces)
{
	const struct value *subjects = value_get(object->root, "subjects");
	const struct value *subject;

	if (strcmp(object->kind, "RoleBinding") != 0)
		return true;
	list_foreach (subject, subjects) {
		const struct value *space = value_get(subject, "namespace");

		if (!space || strcmp(node_member(run->arena, subject, "kind"),
				     "ServiceAccount") != 0)
			continue;
		/* Empty will do, but a number or a date is no string. */
		if (!node_reads_as_string(space))
			return overlay_fail(
				run, &space->origin,
				overlay_text(
					run,
					"Invalid Input: namespace is "
					"blank for resource %s\n",
					overlay_go_quote(
						run,
						resource_text(run, object))),
				"the namespace of this subject is blank");
		vec_push(run->arena, spaces, node_text(run->arena, space));
	}
	return true;
}

/* A null is no text here, and one further on. */
static bool check_version(struct overlay_run *run, const struct object *object)
{
	const struct value *version = value_get(object->root, "apiVersion");

	if (!version || !value_is_null(version) || !version->text ||
	    !version->len)
		return true;
	return overlay_fail(run, &version->origin,
			    overlay_text(run,
					 "node-referrerOriginal 'APIVersion' "
					 "mismatch '' != '%s'",
					 node_text(run->arena, version)),
			    "this apiVersion is null");
}

static bool fix_object(struct fixer *fixer, const struct name_rows *rows)
{
	const struct fieldspec_action action = { fix, fixer, VALUE_NULL, NULL };
	const bool *found;
	size_t i;
	bool done;

	fixer->spaces.count = 0;
	fixer->grown = false;
	if (!subject_spaces(fixer->run, fixer->referrer, &fixer->spaces))
		return false;
	if (rows->count && !check_version(fixer->run, fixer->referrer))
		return false;
	found = fieldspec_paths_match(rows->paths, fixer->referrer->root);
	for (i = 0; i < rows->count; i++) {
		if (!found[i] && !fixer->grown)
			continue;
		fixer->target = rows->items[i].target;
		fixer->spec = rows->items[i].spec;
		native_push_reference(fixer->run, fixer->spec->path,
				      fixer->referrer);
		done = fieldspec_walk(fixer->run, fixer->referrer, fixer->spec,
				      &action);
		native_pop(fixer->run);
		if (!done)
			return false;
	}
	return true;
}

bool name_references_fix(struct overlay_run *run, struct accumulator *acc)
{
	const struct name_index *index = name_index_new(run, acc);
	struct fixer fixer = { .run = run, .acc = acc, .index = index };
	struct object *object;

	accumulator_foreach(object, acc)
	{
		fixer.referrer = object;
		if (!fix_object(&fixer, name_index_rows(index, object)))
			return false;
	}
	return true;
}
