/*
 * The namespace of a release: a flag or variable, else that of the current
 * context of the kubeconfig files.  Whatever is wrong with those is no error
 * here, as with Helm: the namespace is "default" then.
 */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/source.h"
#include "compiler/helm.h"
#include "model/value.h"
#include "model/yaml_read.h"

/* What the files say; of several the first that speaks counts. */
struct kubeconfig {
	struct helm *helm;
	VEC(const struct value *) files;
	bool broken;
};

static bool is_config(const struct value *root)
{
	const struct value *contexts = value_get(root, "contexts");

	return value_is_null(root) ||
	       (value_is_map(root) && (!contexts || value_is_null(contexts) ||
				       contexts->kind == VALUE_LIST));
}

static void read_config(struct kubeconfig *config, const char *typed,
			bool must_exist)
{
	struct helm *helm = config->helm;
	const struct yaml_options options = { .dialect = YAML_HELM,
					      .limits = &helm->limits };
	struct yaml_problem problem;
	struct source *source;
	const struct value *root;

	if (tree_view_read(&helm->view, helm_path(helm, typed), SOURCE_VALUES,
			   &source) != TREE_OK) {
		config->broken |= must_exist;
		return;
	}
	root = yaml_read(helm->arena, source, 0, source->len, &options,
			 &problem);
	if (!root || !is_config(root))
		config->broken = true;
	else
		vec_push(helm->arena, &config->files, root);
}

static void read_configs(struct kubeconfig *config)
{
	struct helm *helm = config->helm;
	const char *list = options_variable("KUBECONFIG");
	const char *home = options_variable("HOME");

	if (helm->global->kubeconfig && *helm->global->kubeconfig) {
		read_config(config, helm->global->kubeconfig, true);
		return;
	}
	if (!list && home)
		read_config(config,
			    path_join(helm->arena, home, ".kube/config"),
			    false);
	while (list && *list) {
		size_t len = strcspn(list, ":");

		if (len)
			read_config(config,
				    arena_strndup(helm->arena, list, len),
				    false);
		list += len;
		list += *list == ':';
	}
}

static const char *current_context(const struct kubeconfig *config)
{
	const char *name = config->helm->global->kube_context;
	size_t i;

	for (i = 0; (!name || !*name) && i < config->files.count; i++)
		name = value_string_or(
			value_get(config->files.items[i], "current-context"),
			NULL);
	return name && *name ? name : NULL;
}

static const struct value *find_context(const struct kubeconfig *config,
					const char *name)
{
	const struct value *entry;
	size_t i;

	for (i = 0; i < config->files.count; i++)
		list_foreach (entry,
			      value_get(config->files.items[i], "contexts"))
			if (value_equals_string(value_get(entry, "name"), name))
				return value_get(entry, "context");
	return NULL;
}

const char *helm_namespace(struct helm *helm)
{
	struct kubeconfig config = { .helm = helm };
	const char *name = helm->global->name_space;

	if (name && *name)
		return name;
	read_configs(&config);
	name = config.broken ? NULL : current_context(&config);
	if (name)
		name = value_string_or(
			value_get(find_context(&config, name), "namespace"),
			NULL);
	return name && *name ? name : "default";
}
