/*
 * `targets:`: sources, and what is wrong with them before any is read.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "compiler/project/private.h"
#include "compiler/project/scope.h"
#include "model/value.h"

static const struct {
	const char *key;
	enum source_kind kind;
} source_kinds[] = {
	{ "chart", SOURCE_KIND_CHART },
	{ "kustomization", SOURCE_KIND_KUSTOMIZATION },
	{ "manifests", SOURCE_KIND_MANIFESTS },
	{ "templates", SOURCE_KIND_TEMPLATES },
};

/* One of chart, kustomization, manifests and templates. */
static bool add_source(struct project_loader *loader, struct target *target,
		       const struct value *node)
{
	struct target_source source = { .node = node };
	size_t i, found = 0;

	for (i = 0; i < ARRAY_COUNT(source_kinds); i++) {
		const struct value *from = value_get(node, source_kinds[i].key);

		if (!from)
			continue;
		source.kind = source_kinds[i].kind;
		source.from = from;
		found++;
	}
	if (found == 1) {
		vec_push(loader->arena, &target->sources, source);
		return true;
	}
	if (found)
		diag_error(loader->diags, &source.from->origin,
			   "a source is one of chart, kustomization, "
			   "manifests and templates, not several");
	else
		diag_error(loader->diags, &node->origin,
			   "target \"%s\" has no source", target->name);
	diag_help(loader->diags,
		  found ? "list them under sources:"
			: "add chart:, kustomization:, manifests: or "
			  "templates:");
	return false;
}

static bool add_sources(struct project_loader *loader, struct target *target)
{
	const struct value *list = value_get(target->node, "sources");
	const struct value *item;
	size_t i;

	if (!list)
		return add_source(loader, target, target->node);
	for (i = 0; i < ARRAY_COUNT(source_kinds); i++)
		if (value_get(target->node, source_kinds[i].key))
			return diag_error(loader->diags, &list->origin,
					  "target \"%s\" has both \"%s\" and "
					  "\"sources\"; one of them is needed",
					  target->name, source_kinds[i].key);
	if (!value_count(list))
		return diag_error(loader->diags, &list->origin,
				  "the list of sources is empty");
	list_foreach (item, list)
		if (!add_source(loader, target, item))
			return false;
	return true;
}

static bool check_environments(struct project_loader *loader,
			       const struct target *target)
{
	const struct environments *known = target->file->environments;
	const struct value *item;

	list_foreach (item, value_get(target->node, "environments"))
		if (!table_gets(&known->by_name, scope_source_text(item)))
			return project_no_environment(loader->diags, known,
						      item);
	return true;
}

bool project_add_target(struct project_loader *loader, struct target *target)
{
	struct project *project = loader->project;
	const struct target *other =
		table_gets(&project->target_names, target->name);

	if (other) {
		diag_error(loader->diags, &target->key->origin,
			   "there are two targets \"%s\"", target->name);
		diag_note(loader->diags, &other->key->origin,
			  "the other one is made here");
		return false;
	}
	if (project->targets.count >= project->limits.members) {
		diag_error(loader->diags, &target->key->origin,
			   "the project has more than %zu targets",
			   project->targets.count);
		diag_help(loader->diags, "raise it with --limit members=N");
		return false;
	}
	target->index = project->targets.count;
	table_puts(&project->target_names, target->name, target);
	vec_push(project->arena, &project->targets, target);
	return true;
}

/* Targets of members have the folder of their file before their name. */
static struct target *new_target(struct project_loader *loader,
				 const struct project_file *file,
				 const struct value_entry *entry)
{
	struct target *target = arena_zalloc(loader->arena, sizeof(*target));

	target->name = *file->prefix ? arena_join(loader->arena, file->prefix,
						  entry->key)
				     : entry->key;
	target->key = project_key_place(loader->arena, entry);
	target->node = entry->value;
	target->dir = file->dir;
	target->file = file;
	return target;
}

bool project_load_targets(struct project_loader *loader,
			  const struct project_file *file)
{
	const struct value_entry *entry;
	bool good = true;

	value_foreach (entry, value_get(file->root, "targets")) {
		struct target *target = new_target(loader, file, entry);
		const struct value *exclude =
			value_get(target->node, "exclude");

		if (strchr(entry->key, '@') || !entry->len) {
			good = diag_error(loader->diags, &entry->origin,
					  "the name of a target is empty or "
					  "holds \"@\"");
			continue;
		}
		if (!add_sources(loader, target) ||
		    !check_environments(loader, target)) {
			good = false;
			continue;
		}
		if (strstr(entry->key, "${")) {
			good = project_load_family(loader, target) && good;
			continue;
		}
		if (exclude)
			good = diag_error(loader->diags, &exclude->origin,
					  "\"%s\" is one target; only a "
					  "family, with ${...} in its name, "
					  "has members to exclude",
					  target->name);
		good = project_add_target(loader, target) && good;
	}
	return good;
}
