/*
 * A key that is no field: a slip of the pen, a field of another level, or of
 * another version.
 *
 * The levels above and below are searched three steps far, the nearest first;
 * names that stand nearly everywhere would only mislead.
 */
#include "lints/schema/walk.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/str.h"
#include "lints/run.h"
#include "model/object.h"
#include "model/value.h"

enum {
	STEPS_MAX = 3,
	FOUND_MAX = 3
};

/* What a field became in another version of its kind, or is mistaken for. */
static const struct {
	const char *type;
	const char *field;
	const char *instead;
} renamed[] = {
	{ "CustomResourceColumnDefinition", "JSONPath", "jsonPath" },
	{ "CustomResourceDefinitionSpec", "additionalPrinterColumns",
	  "versions[].additionalPrinterColumns" },
	{ "CustomResourceDefinitionSpec", "subresources",
	  "versions[].subresources" },
	{ "CustomResourceDefinitionSpec", "validation", "versions[].schema" },
	{ "CustomResourceDefinitionSpec", "version", "versions[].name" },
	{ "Endpoint", "topology", "nodeName and zone" },
	{ "HorizontalPodAutoscalerSpec", "targetCPUUtilizationPercentage",
	  "metrics with a Resource metric of cpu" },
	{ "IngressBackend", "serviceName", "service.name" },
	{ "IngressBackend", "servicePort",
	  "service.port.number or service.port.name" },
	{ "IngressSpec", "backend", "defaultBackend" },
	{ "PodSecurityContext", "allowPrivilegeEscalation",
	  "containers[].securityContext.allowPrivilegeEscalation" },
	{ "PodSecurityContext", "capabilities",
	  "containers[].securityContext.capabilities" },
	{ "PodSecurityContext", "privileged",
	  "containers[].securityContext.privileged" },
	{ "PodSecurityContext", "procMount",
	  "containers[].securityContext.procMount" },
	{ "PodSecurityContext", "readOnlyRootFilesystem",
	  "containers[].securityContext.readOnlyRootFilesystem" },
	{ "ResourceMetricSource", "targetAverageUtilization",
	  "target.averageUtilization" },
	{ "ResourceMetricSource", "targetAverageValue", "target.averageValue" },
	{ "SecurityContext", "fsGroup",
	  "fsGroup of the pod's securityContext" },
	{ "SecurityContext", "supplementalGroups",
	  "supplementalGroups of the pod's securityContext" },
	{ "SecurityContext", "sysctls",
	  "sysctls of the pod's securityContext" },
};

static const char *const everywhere[] = { "apiVersion", "key",  "kind", "name",
					  "operator",   "spec", "type", "value",
					  "values",     NULL };

struct search {
	const struct schema_walk *walk;
	const char *name;
	const char *found[FOUND_MAX];
	size_t count;
};

struct candidates {
	const struct schema_walk *walk;
	const struct schema_at *at;
	size_t row;
};

static bool is_in(const struct schema_walk *walk,
		  const struct schema_field *row)
{
	return row->first <= walk->newest && walk->newest <= row->last;
}

static bool has_field(const struct schema_walk *walk,
		      const struct schema_def *def, const char *name)
{
	const struct schema_field *rows;
	size_t count;

	rows = schema_field_find(def, name, &count);
	return rows && schema_field_in(rows, count, walk->newest);
}

/* Fields of the level that are not there yet. */
static const char *next_field(void *context)
{
	struct candidates *c = context;
	const struct schema_def *def = c->at->def;

	while (c->row < def->count) {
		const struct schema_field *row =
			&schema_fields[def->fields + c->row++];
		const char *name = schema_name(row->name);

		if (is_in(c->walk, row) && !value_get(c->at->value, name))
			return name;
	}
	return NULL;
}

/* Those who stand in containers[] mean these, not the other lists. */
static void keep(struct search *search, const char *path)
{
	if (search->count == 1 && strstr(search->found[0], "containers[]"))
		return;
	if (strstr(path, "containers[]"))
		search->count = 0;
	if (search->count < FOUND_MAX)
		search->found[search->count] = path;
	search->count++;
}

static void search_below(struct search *search, const struct schema_def *def,
			 const char *path, unsigned steps)
{
	const struct schema_field *row = schema_fields + def->fields;
	const struct schema_field *end = row + def->count;

	for (; row < end; row++) {
		const struct schema_type *type = &schema_types[row->type];
		const struct schema_def *inner = schema_def_of(type);
		const char *name = schema_name(row->name), *here;

		if (!inner || type->shape == SCHEMA_MAP ||
		    !is_in(search->walk, row) || strcmp(name, "status") == 0)
			continue;
		if (steps == 1 && !has_field(search->walk, inner, search->name))
			continue;
		here = arena_printf(search->walk->run->arena, "%s%s%s%s", path,
				    *path ? "." : "", name,
				    type->shape == SCHEMA_LIST ? "[]" : "");
		if (steps == 1)
			keep(search, here);
		else
			search_below(search, inner, here, steps - 1);
	}
}

/* The level above, that many objects away; NULL: there is none. */
static const struct schema_at *above(const struct schema_at *at, unsigned steps)
{
	while (at && steps) {
		at = at->up;
		if (at && at->def)
			steps--;
	}
	return at;
}

/* Several are told from where the reader is. */
static const char *joined(const struct search *search, const char *path)
{
	struct str out;
	size_t i, front = search->count > 1 ? strlen(path) : 0;

	str_init(&out, search->walk->run->arena);
	for (i = 0; i < search->count; i++) {
		const char *found = search->found[i] + front;

		if (i)
			str_puts(&out, i + 1 < search->count ? ", " : " or ");
		str_puts(&out, front && *found == '.' ? found + 1 : found);
	}
	return str_text(&out);
}

/* Where the field would be right: a path, or NULL. */
static const char *place_of(const struct schema_walk *walk,
			    const struct schema_at *at, const char *name)
{
	const char *const *common;
	const char *path = schema_path(walk, at);
	const struct schema_at *outer;
	unsigned steps;

	for (common = everywhere; *common; common++)
		if (strcmp(*common, name) == 0)
			return !at->up && strcmp(name, "name") == 0 ? "metadata"
								    : NULL;
	for (steps = 1; steps <= STEPS_MAX; steps++) {
		struct search search = { .walk = walk, .name = name };

		search_below(&search, at->def, path, steps);
		if (search.count && search.count <= FOUND_MAX)
			return joined(&search, path);
		outer = above(at, steps);
		if (!search.count && outer && has_field(walk, outer->def, name))
			return outer->up ? schema_path(walk, outer)
					 : "the top level";
	}
	return NULL;
}

static const char *renamed_to(const struct schema_at *at, const char *name)
{
	const char *type = schema_name(at->def->name);
	size_t i;

	for (i = 0; i < ARRAY_COUNT(renamed); i++)
		if (strcmp(renamed[i].type, type) == 0 &&
		    strcmp(renamed[i].field, name) == 0)
			return renamed[i].instead;
	return NULL;
}

/*
 * A key without a value beside fields of its own: the lines that follow it
 * are not indented.
 */
static const struct value_entry *empty_parent(const struct schema_walk *walk,
					      const struct schema_at *at,
					      const struct value_entry *entry)
{
	const struct value_entry *other;

	for (other = entry; other > value_entry_at(at->value, 0); other--) {
		const struct value_entry *before = other - 1;
		const struct schema_field *rows;
		const struct schema_def *def;
		size_t count;

		rows = schema_field_find(at->def, before->key, &count);
		def = rows ? schema_def_of(&schema_types[rows->type]) : NULL;
		if (def && value_is_null(before->value))
			return has_field(walk, def, entry->key) ? before : NULL;
		if (rows)
			return NULL;
	}
	return NULL;
}

/* What a hint names is not missing as well. */
void schema_hint(struct schema_walk *walk, const char *path)
{
	const char *end;

	while (*path) {
		size_t len = strcspn(path, ".[ ,");

		const char *name = arena_strndup(walk->run->arena, path, len);

		/* Each once: many objects have the same slip many times. */
		if (len && !schema_is_hinted(walk, name))
			vec_push(walk->run->arena, &walk->hinted, name);
		end = path + len;
		path = end + strspn(end, ".[] ,");
	}
}

bool schema_report_unknown(struct schema_walk *walk, const struct schema_at *at,
			   const struct value_entry *entry, const char *owner,
			   const char *tail)
{
	struct schema_at key = {
		.up = at,
		.value = entry->value,
		.entry = entry,
		.part = SCHEMA_PART_KEY,
	};

	return schema_report(walk, LINT_RULE_schema_unknown_field, &key,
			     "unknown field '%s' in %s%s", entry->key, owner,
			     tail);
}

/* `tail` says where it belongs; "" if nobody knows. */
static bool say(struct schema_walk *walk, const struct schema_at *at,
		const struct value_entry *entry, const char *tail)
{
	return schema_report_unknown(walk, at, entry,
				     schema_name(at->def->name), tail);
}

static void say_unindented(struct schema_walk *walk, const struct schema_at *at,
			   const struct value_entry *entry,
			   const struct value_entry *parent)
{
	bool first = parent != walk->unindented;

	walk->unindented = parent;
	if (first && say(walk, at, entry,
			 arena_printf(walk->run->arena,
				      ": it is meant inside %s, which is empty",
				      parent->key)))
		lint_help(walk->run, "indent the lines that follow %s",
			  parent->key);
}

/* Of another version, or of nowhere. */
static void say_unknown(struct schema_walk *walk, const struct schema_at *at,
			const struct value_entry *entry)
{
	const struct schema_field *rows;
	const char *tail = "";
	size_t count;

	rows = schema_field_find(at->def, entry->key, &count);
	if (rows)
		tail = arena_printf(walk->run->arena,
				    ": removed in Kubernetes 1.%u",
				    rows[count - 1].last + 1u);
	if (say(walk, at, entry, tail))
		lint_help(walk->run, "delete it: the API server rejects or "
				     "drops it");
}

void schema_unknown(struct schema_walk *walk, const struct schema_at *at,
		    const struct value_entry *entry)
{
	struct candidates candidates = { .walk = walk, .at = at };
	const struct value_entry *parent = empty_parent(walk, at, entry);
	struct arena *arena = walk->run->arena;
	const char *name = entry->key, *other;

	if (schema_is_sops(at, name))
		return;
	if (parent) {
		say_unindented(walk, at, entry, parent);
	} else if ((other = renamed_to(at, name))) {
		if (say(walk, at, entry,
			arena_printf(arena, ": it is %s", other))) {
			lint_help(walk->run, "use %s", other);
			lint_meant(walk->run, at->value, name, other);
		}
		schema_hint(walk, other);
	} else if ((other = edit_nearest(name, next_field, &candidates))) {
		if (say(walk, at, entry,
			arena_printf(arena, " (did you mean '%s'?)", other))) {
			lint_help(walk->run, "write %s", other);
			lint_meant(walk->run, at->value, name, other);
		}
		schema_hint(walk, other);
	} else if ((other = place_of(walk, at, name))) {
		if (say(walk, at, entry,
			arena_printf(arena, ": it belongs under %s", other))) {
			lint_help(walk->run, "move it to %s", other);
			lint_meant(walk->run, at->value, name,
				   arena_printf(arena, "%s.%s", other, name));
		}
		schema_hint(walk, other);
		schema_hint(walk, name);
	} else {
		say_unknown(walk, at, entry);
	}
}
