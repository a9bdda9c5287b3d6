#include "compiler/project/scope.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/edit_distance.h"
#include "base/number.h"
#include "base/str.h"
#include "compiler/project.h"
#include "model/object.h"
#include "model/value.h"
#include "model/yaml_scalar.h"

const char *scope_source_text(const struct value *value)
{
	if (value_is_string(value))
		return value->string;
	if (value && (value_is_number(value) || value_is_bool(value)))
		return value->text;
	return NULL;
}

/* Version = "1." digits */
static bool parse_minor(const char *text, size_t len, unsigned *minor)
{
	int64_t number;

	if (len && *text == 'v') {
		text++;
		len--;
	}
	if (len < 3 || strncmp(text, "1.", 2) != 0 ||
	    number_parse_int(text + 2, len - 2, 10, &number) != NUMBER_OK ||
	    number < 0 || number > 999)
		return false;
	*minor = (unsigned)number;
	return true;
}

static bool widen(struct versions *versions, unsigned minor, bool first)
{
	if (first || minor < versions->oldest)
		versions->oldest = minor;
	if (first || minor > versions->newest)
		versions->newest = minor;
	return minor >= KUBERNETES_OLDEST && minor <= KUBERNETES_NEWEST;
}

/* "1.30", "1.31,1.33", "1.30..1.33"; false: reported at `at`. */
static bool parse_versions(struct diag_sink *diags, const struct value *at,
			   const char *text, struct versions *versions)
{
	const char *rest = text;
	bool first = true, known = true;
	unsigned minor, last;

	do {
		size_t len = strcspn(rest, ",");
		const char *dots = strstr(rest, "..");

		if (dots && dots < rest + len) {
			if (!parse_minor(rest, (size_t)(dots - rest), &minor) ||
			    !parse_minor(dots + 2,
					 len - (size_t)(dots + 2 - rest),
					 &last))
				break;
			known &= widen(versions, minor, first);
			known &= widen(versions, last, false);
			if (first)
				versions->render = versions->newest;
		} else {
			if (!parse_minor(rest, len, &minor))
				break;
			known &= widen(versions, minor, first);
			if (first)
				versions->render = minor;
		}
		first = false;
		rest += len;
		if (!*rest && known)
			return true;
	} while (*rest++ == ',');
	diag_error(diags, at ? &at->origin : NULL,
		   "%s is no version of Kubernetes between 1.%d and 1.%d",
		   diag_quote(diags->arena, text, strlen(text)),
		   KUBERNETES_OLDEST, KUBERNETES_NEWEST);
	diag_help(diags, "write \"1.32\", \"1.31,1.33\" or \"1.30..1.33\"");
	return false;
}

/* A scalar or a list of `kubernetes:`. */
static bool read_versions(struct scope *scope, const struct value *value)
{
	const struct value *item;
	struct versions one;
	struct str joined;
	const char *text;

	str_init(&joined, scope->arena);
	if (value_is_list(value)) {
		list_foreach (item, value) {
			text = scope_source_text(item);
			if (!parse_versions(scope->diags, item,
					    text ? text : "?", &one))
				return false;
			str_printf(&joined, "%s%s", joined.len ? "," : "",
				   text);
		}
	} else {
		text = scope_source_text(value);
		str_puts(&joined, text ? text : "?");
	}
	return parse_versions(scope->diags, value, str_text(&joined),
			      &scope->kubernetes);
}

bool scope_init(struct scope *scope, const struct target *target,
		const char *flag)
{
	const struct value *versions;

	scope->of = target;
	scope->target = target->name;
	scope->link = scope->environment;
	scope->object = NULL;
	scope->kubernetes.render = KUBERNETES_DEFAULT;
	scope->kubernetes.oldest = KUBERNETES_DEFAULT;
	scope->kubernetes.newest = KUBERNETES_DEFAULT;
	settings_init(&scope->settings, scope->arena, target,
		      scope->environment, target->file);
	if (flag)
		return parse_versions(scope->diags, NULL, flag,
				      &scope->kubernetes);
	versions = settings_get(&scope->settings, "kubernetes");
	return !versions || read_versions(scope, versions);
}

static struct value *text_value(struct scope *scope, const char *text)
{
	return value_new_cstring(scope->arena, NULL, text);
}

/* The text behind --var NAME=, the last one; NULL: there is none. */
static const char *given_text(const struct option_texts *given,
			      const char *name, size_t len)
{
	const char *text = NULL;
	size_t i;

	for (i = 0; given && i < given->count; i++) {
		const char *word = given->items[i];

		if (strncmp(word, name, len) == 0 && word[len] == '=')
			text = word + len + 1;
	}
	return text;
}

/* Where the variable is declared, seen from a file. */
static const struct table_entry *declaration(const struct project_file *file,
					     const char *name, size_t len)
{
	const struct table_entry *entry = NULL;

	for (; file && !entry; file = file->parent)
		entry = table_find(&file->variables, name, len);
	return entry;
}

/* A --var: its type is that of the default it replaces. */
static struct value *given_value(struct scope *scope, const char *name,
				 size_t len)
{
	const struct table_entry *entry =
		declaration(scope->of->file, name, len);
	const char *text = entry ? given_text(scope->given, name, len) : NULL;
	struct value *value = text ? text_value(scope, text) : NULL;

	if (!value || value_is_string(entry->value))
		return value;
	yaml_resolve(YAML_CORE, text, value->len, value);
	if (!value_is_string(value))
		value->text = text;
	return value;
}

const char *scope_project_variable(const struct option_texts *given,
				   const struct project_file *file,
				   const char *name)
{
	const struct value *value = NULL;
	const struct project_file *at;
	const char *text = given_text(given, name, strlen(name));
	size_t i, j;

	for (i = 0; !text && i < file->environments->items.count; i++) {
		const struct environment *environment =
			file->environments->items.items[i];

		for (j = 0; j < environment->nodes.count; j++)
			if (value_get(value_get(environment->nodes.items[j].map,
						"vars"),
				      name))
				return NULL;
	}
	for (at = file; !value && at; at = at->parent)
		value = value_get(value_get(at->root, "vars"), name);
	return text ? text : scope_source_text(value);
}

/* Names that a message may offer: what is captured, then what is declared. */
struct variable_names {
	const struct scope *scope;
	const struct project_file *const *files; /* NULL at the end */
	const struct table *table;
	size_t at;
};

static const char *next_variable(void *context)
{
	struct variable_names *names = context;
	const char *key;

	for (;;) {
		if (names->table && names->at < names->table->count) {
			key = names->table->entries[names->at++].key;
			if (!strchr(key, ':'))
				return key;
			continue;
		}
		if (!names->files || !*names->files)
			return NULL;
		names->table = &(*names->files++)->variables;
		names->at = 0;
	}
}

/* The file and those that include it. */
static const struct project_file **files_above(struct arena *arena,
					       const struct project_file *file)
{
	VEC(const struct project_file *) files = { 0 };

	for (; file; file = file->parent)
		vec_push(arena, &files, file);
	vec_push(arena, &files, NULL);
	return files.items;
}

static struct variable_names names_of(const struct scope *scope)
{
	struct variable_names names = {
		.files = files_above(scope->arena, scope->of->file),
		.table = scope->of->captures,
	};

	return names;
}

static bool is_declared_anywhere(const struct project *project,
				 const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < project->files.count; i++)
		if (table_find(&project->files.items[i]->variables, name, len))
			return true;
	return false;
}

bool scope_check_given(struct diag_sink *diags, const struct project *project,
		       const struct option_texts *given)
{
	VEC(const struct project_file *) files = { 0 };
	size_t i;

	for (i = 0; i < project->files.count; i++)
		vec_push(diags->arena, &files, project->files.items[i]);
	vec_push(diags->arena, &files, NULL);
	for (i = 0; i < given->count; i++) {
		const char *word = given->items[i], *near;
		size_t len = strcspn(word, "=");
		struct variable_names names = { .files = files.items };

		if (!word[len])
			return diag_error(diags, NULL,
					  "--var %s needs a value: --var "
					  "%s=VALUE",
					  word, word);
		if (is_declared_anywhere(project, word, len))
			continue;
		word = arena_strndup(diags->arena, word, len);
		diag_error(diags, NULL, "--var: there is no variable \"%s\"",
			   word);
		near = edit_nearest(word, next_variable, &names);
		if (near)
			diag_help(diags, "did you mean \"%s\"?", near);
		else
			diag_help(diags, "declare it under vars: in the "
					 "project file");
		return false;
	}
	return true;
}

bool scope_is_reserved(const char *name)
{
	return strcmp(name, "env") == 0 || strcmp(name, "target") == 0 ||
	       strcmp(name, "kubernetes") == 0 ||
	       strncmp(name, "object.", 7) == 0;
}

static struct value *reserved_value(struct scope *scope, const char *name,
				    size_t len)
{
	const struct object *object = scope->object;
	char *copy = arena_strndup(scope->arena, name, len);

	if (strcmp(copy, "env") == 0 && *scope->environment->name)
		return text_value(scope, scope->link->name);
	if (strcmp(copy, "target") == 0)
		return text_value(scope, scope->target);
	if (strcmp(copy, "kubernetes") == 0)
		return text_value(scope,
				  arena_printf(scope->arena, "1.%u",
					       scope->kubernetes.render));
	if (!object || strncmp(copy, "object.", 7) != 0)
		return NULL;
	if (strcmp(copy, "object.kind") == 0)
		return text_value(scope, object->kind);
	if (strcmp(copy, "object.name") == 0)
		return text_value(scope, object->name);
	if (strcmp(copy, "object.namespace") == 0)
		return text_value(scope, *object->name_space
						 ? object->name_space
						 : "_cluster");
	return NULL;
}

static struct value *find_variable(struct scope *scope, const char *name,
				   size_t len)
{
	struct value *value = reserved_value(scope, name, len);

	if (!value && scope->of->captures)
		value = table_get(scope->of->captures, name, len);
	if (!value)
		value = given_value(scope, name, len);
	return value ? value : settings_variable(&scope->settings, name, len);
}

static bool no_such_variable(struct scope *scope, const struct value *at,
			     const char *name)
{
	struct variable_names names = names_of(scope);
	const char *near;

	if (strcmp(name, "env") == 0) {
		diag_error(scope->diags, &at->origin,
			   "${env} is used, but the project has no "
			   "environments");
		diag_help(scope->diags, "declare them under environments:");
		return false;
	}
	if (declaration(scope->of->file, name, strlen(name))) {
		diag_error(scope->diags, &at->origin,
			   "variable \"%s\" has no value for %s%s%s", name,
			   scope->target, *scope->environment->name ? "@" : "",
			   scope->environment->name);
		diag_help(scope->diags,
			  "give it one under vars: or with --var %s=VALUE",
			  name);
		return false;
	}
	diag_error(scope->diags, &at->origin, "there is no variable \"%s\"",
		   name);
	near = edit_nearest(name, next_variable, &names);
	if (near)
		diag_help(scope->diags, "did you mean ${%s}?", near);
	else
		diag_help(scope->diags,
			  "declare it under vars:, or write $${%s} for the "
			  "text itself",
			  name);
	return false;
}

/*
 * Replace the names in a text.  Sets `*whole` to the variable's value if the
 * text is nothing but one name.
 */
static bool expand(struct scope *scope, const struct value *value,
		   const char *text, struct str *out, struct value **whole)
{
	const char *at = text, *dollar;

	*whole = NULL;
	while ((dollar = strstr(at, "${")) != NULL) {
		const char *end = strchr(dollar, '}'), *name;
		struct value *found;

		if (dollar > at && dollar[-1] == '$') {
			str_put(out, at, (size_t)(dollar - at) - 1);
			str_puts(out, "${");
			at = dollar + 2;
			continue;
		}
		if (!end)
			return diag_error(scope->diags, &value->origin,
					  "\"${\" without \"}\"; write $${ for "
					  "the text itself");
		str_put(out, at, (size_t)(dollar - at));
		name = arena_strndup(scope->arena, dollar + 2,
				     (size_t)(end - dollar) - 2);
		found = find_variable(scope, name, strlen(name));
		if (value_is_null(found))
			return no_such_variable(scope, value, name);
		if (dollar == text && !end[1])
			*whole = found;
		if (!scope_source_text(found))
			return diag_error(scope->diags, &value->origin,
					  "variable \"%s\" is no scalar", name);
		str_puts(out, scope_source_text(found));
		at = end + 1;
	}
	str_puts(out, at);
	return true;
}

const char *scope_text(struct scope *scope, const struct value *value)
{
	const char *text = scope_source_text(value);
	struct value *whole;
	struct str out;

	if (!text) {
		diag_error(scope->diags, &value->origin,
			   "a %s stands here; a string is needed",
			   value_kind_name(value->kind));
		return NULL;
	}
	if (!value_is_string(value) || !strstr(text, "${"))
		return text;
	str_init(&out, scope->arena);
	return expand(scope, value, text, &out, &whole) ? str_text(&out) : NULL;
}

static struct value *expand_scalar(struct scope *scope, struct value *value)
{
	struct value *whole, *next;
	struct str out;

	str_init(&out, scope->arena);
	if (!expand(scope, value, value->string, &out, &whole))
		return NULL;
	next = whole ? value_copy(scope->arena, whole)
		     : value_new_string(scope->arena, &value->origin,
					str_text(&out), out.len);
	next->origin = value->origin;
	return next;
}

struct value *scope_value(struct scope *scope, struct value *value)
{
	const struct value_entry *entry;
	struct value *copy, *item;

	if (value_is_string(value))
		return strstr(value->string, "${") ? expand_scalar(scope, value)
						   : value;
	if (value_is_list(value)) {
		copy = value_new_list(scope->arena, &value->origin);
		list_foreach (item, value) {
			struct value *next = scope_value(scope, item);

			if (!next)
				return NULL;
			value_append(scope->arena, copy, next);
		}
		return copy;
	}
	if (!value_is_map(value))
		return value;
	copy = value_new_map(scope->arena, &value->origin);
	value_foreach (entry, value) {
		struct value *next = scope_value(scope, entry->value);

		if (!next)
			return NULL;
		value_setn(scope->arena, copy, entry->key, entry->len,
			   &entry->origin, next);
	}
	return copy;
}
