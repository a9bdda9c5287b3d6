/*
 * ApplicationSet (argoproj.io): Applications made of a template and what
 * generators say, each of which is then followed.
 */
#include "compiler/gitops/application_set.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "model/object.h"
#include "model/value.h"
#include "model/yaml_read.h"

static const struct gitops_field fields[] = {
	{ "generators", 'l' },    { "template", 'm' },
	{ "goTemplate", 'b' },    { "goTemplateOptions", 'l' },
	{ "templatePatch", 's' }, { NULL, 0 },
};

/* What a generator's template leaves open is that of the set. */
static void complete(struct arena *arena, struct value *own,
		     const struct value *base)
{
	const struct value_entry *entry;

	value_foreach (entry, base) {
		struct value *there = value_get(own, entry->key);

		if (value_is_null(there) || value_equals_string(there, ""))
			value_set(arena, own, entry->key,
				  value_copy_deep(arena, entry->value));
		else if (value_is_map(there) && value_is_map(entry->value))
			complete(arena, there, entry->value);
	}
}

/* Maps merge, null removes, all else is replaced. */
static void patch(struct arena *arena, struct value *into,
		  const struct value *by)
{
	const struct value_entry *entry;

	value_foreach (entry, by) {
		struct value *own = value_get(into, entry->key);

		if (value_is_null(entry->value))
			value_remove(into, entry->key, entry->len);
		else if (value_is_map(own) && value_is_map(entry->value))
			patch(arena, own, entry->value);
		else
			value_set(arena, into, entry->key, entry->value);
	}
}

static bool apply_patch(struct application_set *set, struct value *root,
			const struct value *text, const struct value *params)
{
	const struct yaml_options options = { .dialect = YAML_HELM };
	const struct value *filled, *read;

	if (!value_is_string(text))
		return true;
	filled = set_fill(set, text, params);
	if (!filled)
		return false;
	read = yaml_read_reported(
		set->arena, gitops_text(set->arena, filled, filled->string),
		&options, &set->found->job->diags);
	if (read)
		patch(set->arena, root, read);
	return read != NULL;
}

static void set_text(struct arena *arena, struct value *map, const char *key,
		     const char *text)
{
	value_set(arena, map, key,
		  value_new_cstring(arena, &map->origin, text));
}

/* The Application of one set of parameters; NULL: reported. */
static struct value *make(struct application_set *set,
			  const struct set_entry *entry)
{
	const struct object *object = set->found->object;
	const struct value *spec = value_get(object->root, "spec");
	const struct value *base = value_get(spec, "template");
	struct arena *arena = set->arena;
	struct value *template, *root, *metadata;

	template = value_is_map(entry->template)
			   ? value_copy_deep(arena, entry->template)
			   : value_new_map(arena, &base->origin);
	complete(arena, template, base);
	root = set_fill(set, template, entry->params);
	if (!root)
		return NULL;
	root->origin = base->origin;
	set_text(arena, root, "apiVersion", "argoproj.io/v1alpha1");
	set_text(arena, root, "kind", "Application");
	metadata = value_get(root, "metadata");
	if (value_is_map(metadata))
		set_text(arena, metadata, "namespace", object->name_space);
	return apply_patch(set, root, value_get(spec, "templatePatch"),
			   entry->params)
		       ? root
		       : NULL;
}

static void look_at_all(struct application_set *set,
			const struct set_entries *entries)
{
	const struct gitops_found *found = set->found;
	struct followed *via = arena_zalloc(set->arena, sizeof(*via));
	struct gitops_found made = *found;
	size_t i;

	via->object = found->object;
	via->parent = found->parent;
	via->name = gitops_name(set->arena, found->object);
	via->at = gitops_origin(found->object);
	via->depth = found->parent ? found->parent->depth + 1 : 0;
	via->files.items = found->gitops->asking.files.items;
	via->files.count = found->gitops->asking.files.count;
	made.parent = via;
	for (i = 0; i < entries->count; i++) {
		struct value *root = make(set, &entries->items[i]);

		if (!root)
			return;
		gitops_look_at(&made, object_new(set->arena, root));
	}
}

static enum gitops_answer follow(const struct gitops_found *found)
{
	struct arena *arena = found->gitops->arena;
	const struct value *spec = value_get(found->object->root, "spec");
	const struct value *item;
	struct set_entries entries = { 0 };
	struct application_set set = {
		.found = found,
		.arena = arena,
		.go = value_is_true(value_get(spec, "goTemplate")),
	};

	if (!value_is_map(spec))
		return gitops_skip(found, "it has no spec");
	if (!gitops_check(found, spec, fields))
		return GITOPS_DONE;
	if (!value_get(spec, "template"))
		return gitops_skip(found, "it has no template");
	table_init(&set.cache, arena);
	list_foreach (item, value_get(spec, "goTemplateOptions"))
		if (value_equals_string(item, "missingkey=error"))
			set.strict = true;
	/* What one generator cannot say does not keep the others from it. */
	list_foreach (item, value_get(spec, "generators"))
		if (!set_generate(&set, item, NULL, &entries))
			continue;
	if (!set.stopped)
		look_at_all(&set, &entries);
	return GITOPS_DONE;
}

const struct gitops_kind gitops_application_set = {
	.group = "argoproj.io",
	.kind = "ApplicationSet",
	.follow = follow,
};
