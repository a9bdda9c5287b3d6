/*
 * Variables of postBuild: those of ConfigMaps and Secrets that stand in the
 * tree, then those of the object itself.
 */
#include "compiler/gitops/variables.h"

#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/str.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "compiler/run.h"
#include "compiler/substitute.h"
#include "model/object.h"
#include "model/value.h"

/* Flux takes line feeds out, so that a value stays on its line. */
static struct value *one_line(struct arena *arena, const struct value *value,
			      const char *text, size_t len)
{
	struct str out;
	size_t i;

	str_init(&out, arena);
	for (i = 0; i < len; i++)
		if (text[i] != '\n')
			str_putc(&out, text[i]);
	return value_new_string(arena, &value->origin, str_text(&out), out.len);
}

/* What is encrypted has a value, but not here. */
static bool is_encrypted(const struct value *value)
{
	return strncmp(value->string, "ENC[", 4) == 0;
}

static void add_text(struct arena *arena, struct gitops_variables *variables,
		     const struct value_entry *entry)
{
	struct value *value = entry->value;

	if (value_is_string(value) && is_encrypted(value))
		variables->complete = false;
	else
		table_puts(&variables->names, entry->key,
			   value_is_string(value)
				   ? one_line(arena, value, value->string,
					      value->len)
				   : value);
}

static void add_encoded(struct arena *arena, struct gitops_variables *variables,
			const struct value_entry *entry)
{
	const struct value *value = entry->value;
	struct str out;
	size_t at;

	if (!value_is_string(value))
		return;
	str_init(&out, arena);
	if (is_encrypted(value) ||
	    !base64_decode(&out, value->string, value->len, &at))
		variables->complete = false;
	else
		table_puts(&variables->names, entry->key,
			   one_line(arena, value, out.text, out.len));
}

static void add_object(struct arena *arena, struct gitops_variables *variables,
		       const struct object *object)
{
	bool secret = strcmp(object->kind, "Secret") == 0;
	const struct value_entry *entry;

	value_foreach (entry, value_get(object->root, "data"))
		if (secret)
			add_encoded(arena, variables, entry);
		else
			add_text(arena, variables, entry);
	if (secret)
		value_foreach (entry, value_get(object->root, "stringData"))
			add_text(arena, variables, entry);
}

bool gitops_variables_find(const struct gitops_found *found,
			   const struct value *post_build,
			   struct gitops_variables *variables)
{
	struct arena *arena = found->gitops->arena;
	const struct value_entry *entry;
	const struct object *object;
	const struct value *item;

	table_init(&variables->names, arena);
	variables->complete = true;
	variables->always = value_equals_string(
		value_get(post_build, "substituteStrategy"), "Always");
	list_foreach (item, value_get(post_build, "substituteFrom")) {
		object = gitops_find(
			found, "", value_string_or(value_get(item, "kind"), ""),
			found->object->name_space,
			value_string_or(value_get(item, "name"), ""));
		if (object)
			add_object(arena, variables, object);
		else if (!found->last)
			return false;
		else
			variables->complete = false;
	}
	value_foreach (entry, value_get(post_build, "substitute"))
		add_text(arena, variables, entry);
	return true;
}

void gitops_variables_put(const struct gitops_variables *variables,
			  struct str *out)
{
	uint32_t i;

	for (i = 0; i < variables->names.count; i++)
		str_printf(out, "\n%s=%s", variables->names.entries[i].key,
			   value_string_or(variables->names.entries[i].value,
					   "?"));
}

static const struct value *find(void *context, const char *name, size_t len)
{
	const struct gitops_variables *variables = context;

	return table_get(&variables->names, name, len);
}

bool gitops_variables_apply(struct job *job,
			    const struct gitops_variables *variables)
{
	struct substitution substitution = {
		.how = { .arena = job->arena,
			 .limits = &job->run->project->limits,
			 .find = find,
			 .context = (void *)variables,
			 .unset = variables->complete ? ENVSUBST_UNSET_FAILS
						      : ENVSUBST_UNSET_KEEPS },
		.diags = &job->diags,
	};

	if (!variables->names.count && !variables->always &&
	    variables->complete)
		return true;
	job->bundle = substitute_bundle(&substitution, job->bundle);
	return job->bundle != NULL;
}
