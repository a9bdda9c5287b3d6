#include "lints/subjects/service_labels.h"

#include "base/arena.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const char *key_of(struct lint_run *run, const char *name_space,
			  const struct value_entry *label)
{
	return arena_printf(run->arena, "%s\n%s\n%s", name_space, label->key,
			    value_string_or(label->value, ""));
}

static void add(struct lint_run *run, struct table *table, const char *key,
		const struct object *service)
{
	struct lint_service_list *list = table_gets(table, key);

	if (!list) {
		list = arena_zalloc(run->arena, sizeof(*list));
		table_puts(table, key, list);
	}
	vec_push(run->arena, list, service);
}

void lint_services_build(struct lint_run *run, struct lint_services *services)
{
	const struct object_set *set =
		bundle_of_kind(run->bundle, "", "Service");
	const struct value_entry *label;
	size_t i;

	table_init(&services->by_label, run->arena);
	table_init(&services->all, run->arena);
	for (i = 0; set && i < set->objects.count; i++) {
		const struct object *service = set->objects.items[i];
		const char *name_space = lint_namespace(run, service);

		add(run, &services->all, name_space, service);
		add(run, &services->all, "*", service);
		value_foreach (label,
			       value_at(service->root, "metadata.labels")) {
			add(run, &services->by_label,
			    key_of(run, name_space, label), service);
			add(run, &services->by_label, key_of(run, "*", label),
			    service);
		}
	}
}

bool lint_services_exist(const struct lint_services *services,
			 const char *name_space)
{
	return table_gets(&services->all, name_space) != NULL;
}

void lint_services_select(struct lint_run *run,
			  const struct lint_services *services,
			  const char *name_space,
			  const struct lint_selector *selector,
			  struct lint_service_list *matched)
{
	const struct value_entry *first = value_entry_at(selector->labels, 0);
	const struct lint_service_list *near =
		first ? table_gets(&services->by_label,
				   key_of(run, name_space, first))
		      : table_gets(&services->all, name_space);
	size_t i;

	for (i = 0; near && i < near->count; i++)
		if (lint_selector_matches(
			    selector,
			    value_at(near->items[i]->root, "metadata.labels")))
			vec_push(run->arena, matched, near->items[i]);
}
