#include "lints/subjects/argocd.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/value.h"
#include "model/value_path.h"

const struct group_kind lint_app_kinds[] = { { "argoproj.io", "Application" },
					     { "argoproj.io",
					       "ApplicationSet" },
					     { NULL, NULL } };

const struct value *lint_app_spec(const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *generator;
	const struct value_entry *entry;

	if (strcmp(object->kind, "ApplicationSet") != 0)
		return spec;
	if (value_get(spec, "templatePatch"))
		return NULL;
	list_foreach (generator, value_get(spec, "generators"))
		value_foreach (entry, generator)
			if (value_get(entry->value, "template"))
				return NULL;
	return value_at(spec, "template.spec");
}

/* "{{ .env.name }}" or "{{env}}" at `text`: its end, and what it says. */
static const char *placeholder(struct arena *arena, const char *text,
			       const struct value *element, const char **says)
{
	const char *end = strstr(text, "}}"), *begin = text + 2, *last = end;

	if (!end)
		return NULL;
	begin += strspn(begin, " ");
	begin += *begin == '.';
	while (last > begin && last[-1] == ' ')
		last--;
	*says = value_string_or(
		value_at(element,
			 arena_strndup(arena, begin, (size_t)(last - begin))),
		NULL);
	return *says ? end + 2 : NULL;
}

/* NULL: something in it is not known. */
static const char *filled(struct arena *arena, const char *name,
			  const struct value *element)
{
	struct str out;
	const char *open, *says;

	str_init(&out, arena);
	while ((open = strstr(name, "{{")) != NULL) {
		str_put(&out, name, (size_t)(open - name));
		name = placeholder(arena, open, element, &says);
		if (!name)
			return NULL;
		str_puts(&out, says);
	}
	str_puts(&out, name);
	return str_text(&out);
}

static void add(struct arena *arena, const char *name,
		struct lint_app_names *names)
{
	if (name && *name)
		vec_push(arena, names, name);
}

void lint_app_names(struct arena *arena, const struct object *set,
		    struct lint_app_names *names)
{
	const struct value *spec = value_get(set->root, "spec");
	const char *name =
		value_string_or(value_at(spec, "template.metadata.name"), "");
	const struct value *generator, *element;

	if (!strstr(name, "{{")) {
		add(arena, name, names);
		return;
	}
	list_foreach (generator, value_get(spec, "generators"))
		list_foreach (element, value_at(generator, "list.elements"))
			add(arena, filled(arena, name, element), names);
}
