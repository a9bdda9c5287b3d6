#include "lints/subjects/custom_pods.h"

#include <string.h>

#include "base/arena.h"
#include "lints/lint.h"
#include "model/podspec.h"
#include "model/value.h"
#include "model/value_path.h"

static const char POD_SPEC[] = ":PodSpec";

struct walk {
	struct lint_run *run;
	const struct object *object;
	bool is_spec; /* the path leads to a pod spec, not to a template */
	void (*visit)(struct lint_run *run, const struct podspec *pod,
		      void *context);
	void *context;
};

static void found(const struct walk *walk, const struct value *value,
		  const char *path)
{
	struct podspec pod = { walk->object, value, NULL, path };

	if (!walk->is_spec) {
		pod.spec = value_get(value, "spec");
		pod.metadata = value_get(value, "metadata");
		pod.path = value_path_key(walk->run->arena, path, "spec");
	}
	if (value_is_map(pod.spec))
		walk->visit(walk->run, &pod, walk->context);
}

/*
 * `left` is what of the path is to go: names with dots between them, each with
 * [] behind it for all items or {} for all values.  Paths are short.
 */
static void follow(const struct walk *walk, const struct value *value,
		   const char *path, const char *left)
{
	struct arena *arena = walk->run->arena;
	size_t len = strcspn(left, ".[{:,");
	const char *rest = left + len;
	const struct value_entry *entry;
	const struct value *item;

	if (!len) {
		found(walk, value, path);
		return;
	}
	value = value_getn(value, left, len);
	path = value_path_key(arena, path, arena_strndup(arena, left, len));
	if (strncmp(rest, "[]", 2) == 0 || strncmp(rest, "{}", 2) == 0) {
		left = rest + 2;
		left += *left == '.';
		list_foreach (item, value)
			follow(walk, item,
			       arena_printf(arena, "%s[%zu]", path, item_at),
			       left);
		value_foreach (entry, value)
			follow(walk, entry->value,
			       value_path_key(arena, path, entry->key), left);
		return;
	}
	follow(walk, value, path, rest + (*rest == '.'));
}

void lint_custom_pods(struct lint_run *run, const struct object *object,
		      const char *paths,
		      void (*visit)(struct lint_run *run,
				    const struct podspec *pod, void *context),
		      void *context)
{
	struct walk walk = { run, object, false, visit, context };

	while (*paths) {
		size_t len = strcspn(paths, ",");
		size_t end = strcspn(paths, ":,");

		walk.is_spec =
			strncmp(paths + end, POD_SPEC, strlen(POD_SPEC)) == 0;
		follow(&walk, object->root, "", paths);
		paths += len + (paths[len] == ',');
	}
}

bool lint_judges_custom_pods(const struct lint_rule *rule)
{
	/* Volumes and what mounts them are what operators add most. */
	if (rule == &lint_volume_mount_unknown || rule == &lint_volume_unused)
		return false;
	if (rule->check_container)
		return rule->group != LINT_RELIABILITY;
	return rule->check_pod &&
	       (rule->group == LINT_SECURITY || rule->group == LINT_SECRETS ||
		rule->group == LINT_REFERENCES);
}

bool lint_is_whole_container(const struct value *container)
{
	return value_is_string(value_get(container, "image"));
}
