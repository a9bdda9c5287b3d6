/*
 * The parameters of kube-linter's templates, and what they are called here.
 */
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "compiler/migrate/custom.h"
#include "model/value.h"

enum shape {
	AS_IS,   /* a scalar or a list */
	LISTED,  /* a scalar that becomes a list of one */
	WORD,    /* a pattern that stands for one word: ^owner$ */
	FOLDERS, /* patterns that stand for a folder: ^/etc$ */
	NAMED,   /* patterns over names: Secret/ is put before */
	FIXED    /* what the rule does anyway; another value is reported */
};

static const struct row {
	const char *template;
	const char *param;
	const char *rule;
	const char *ours; /* or the value that is meant, or a kind */
	enum shape shape;
} rows[] = {
	{ "access-to-resources", "flagRolesNotFound", "rbac-secrets-access",
	  "flagRolesNotFound", AS_IS },
	{ "access-to-resources", "resources", "rbac-secrets-access",
	  "^secrets$", FIXED },
	{ "access-to-resources", "verbs", "rbac-secrets-access", "verbs",
	  WORD },
	{ "anti-affinity", "minReplicas", "anti-affinity-missing",
	  "minReplicas", AS_IS },
	{ "anti-affinity", "topologyKey", "anti-affinity-missing",
	  "topologyKeys", LISTED },
	{ "dangling-service", "ignoredLabels", "service-dangling",
	  "ignoredLabels", AS_IS },
	{ "disallowed-api-obj", "group", "object-forbidden", "group", AS_IS },
	{ "disallowed-api-obj", "kind", "object-forbidden", "kind", AS_IS },
	{ "disallowed-api-obj", "version", "object-forbidden", "version",
	  AS_IS },
	{ "dnsconfig-options", "key", "dns-ndots-unset", "ndots", FIXED },
	{ "dnsconfig-options", "value", "dns-ndots-unset", "ndots", AS_IS },
	{ "env-value-from", "ignoredConfigMaps", "env-ref-missing", "ConfigMap",
	  NAMED },
	{ "env-value-from", "ignoredSecrets", "env-ref-missing", "Secret",
	  NAMED },
	{ "env-var", "name", "env-secret-literal", "names", WORD },
	{ "env-var", "value", "env-secret-literal", ".+", FIXED },
	{ "forbidden-annotation", "key", "forbidden-annotation", "key", AS_IS },
	{ "forbidden-annotation", "value", "forbidden-annotation", "value",
	  AS_IS },
	{ "forbidden-service-types", "forbiddenServiceTypes", "service-exposed",
	  "types", AS_IS },
	{ "host-mounts", "dirs", "host-path-sensitive", "paths", FOLDERS },
	{ "hpa-minimum-replicas", "minReplicas", "hpa-min-too-low", "min",
	  AS_IS },
	{ "image-pull-policy", "forbiddenPolicies", "image-pull-policy-unsafe",
	  "forbid", AS_IS },
	{ "latest-tag", "allowList", "image-registry-not-allowed", "allow",
	  AS_IS },
	{ "latest-tag", "blockList", "image-registry-not-allowed", "deny",
	  AS_IS },
	{ "minimum-replicas", "minReplicas", "replicas-below-minimum", "min",
	  AS_IS },
	{ "ports", "port", "ssh-port", "22", FIXED },
	{ "ports", "protocol", "ssh-port", "TCP", FIXED },
	{ "priority-class-name", "acceptedPriorityClassNames",
	  "priority-class-not-allowed", "allowed", AS_IS },
	{ "required-annotation", "key", "required-annotation-missing", "key",
	  AS_IS },
	{ "required-annotation", "value", "required-annotation-missing",
	  "value", LISTED },
	{ "required-label", "key", "required-label-missing", "key", AS_IS },
	{ "required-label", "value", "required-label-missing", "value",
	  LISTED },
	{ "scc-deny-privileged-container", "allowPrivilegedContainer",
	  "scc-privileged", "true", FIXED },
	{ "service-account", "serviceAccount", "default-service-account",
	  "^(|default)$", FIXED },
	{ "sorted-keys", "recursive", "keys-unsorted", "recursive", AS_IS },
	{ "statefulset-volumeclaimtemplate-annotation", "annotation",
	  "statefulset-claim-annotation", "annotation", AS_IS },
	{ "update-configuration", "maxPodsUnavailable",
	  "rolling-update-out-of-bounds", "maxMaxUnavailable", AS_IS },
	{ "update-configuration", "maxSurge", "rolling-update-out-of-bounds",
	  "maxMaxSurge", AS_IS },
	{ "update-configuration", "minPodsUnavailable",
	  "rolling-update-out-of-bounds", "minMaxUnavailable", AS_IS },
	{ "update-configuration", "minSurge", "rolling-update-out-of-bounds",
	  "minMaxSurge", AS_IS },
	{ "update-configuration", "strategyTypeRegex",
	  "rolling-update-out-of-bounds", "strategyType", LISTED },
	{ "verify-container-capabilities", "exceptions", "capabilities-custom",
	  "exceptions", AS_IS },
	{ "verify-container-capabilities", "forbiddenCapabilities",
	  "capabilities-custom", "forbidden", AS_IS },
};

static const struct row *row_of(const char *template, const char *param)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(rows); i++)
		if (strcmp(rows[i].template, template) == 0 &&
		    strcmp(rows[i].param, param) == 0)
			return &rows[i];
	return NULL;
}

/*
 * The text that a pattern stands for, without (?i), anchors and the `.*` at
 * its ends; NULL: it stands for more than one.
 */
static const char *plain(struct arena *arena, const char *pattern)
{
	static const char special[] = ".*+?()[]{}|^$\\";
	const char *begin = pattern, *end;

	if (strncmp(begin, "(?i)", 4) == 0)
		begin += 4;
	begin += *begin == '^';
	if (strcmp(begin, "*$") == 0)
		return "*";
	if (strncmp(begin, ".*", 2) == 0)
		begin += 2;
	end = begin + strlen(begin);
	if (end > begin && end[-1] == '$')
		end--;
	if (end > begin + 1 && end[-1] == '*' && end[-2] == '.')
		end -= 2;
	if (end == begin || begin + strcspn(begin, special) < end)
		return NULL;
	return arena_strndup(arena, begin, (size_t)(end - begin));
}

/* The text of one item, or NULL if it cannot be said here. */
static const char *converted(struct custom *c, const struct row *row,
			     const struct value *item)
{
	const char *text = value_string_or(item, "");
	struct arena *arena = c->m->arena;

	if (row->shape == WORD)
		return plain(arena, text);
	if (row->shape == NAMED)
		return *text == '^' ? arena_printf(arena, "^%s/%s", row->ours,
						   text + 1)
				    : arena_printf(arena, "^%s/.*%s", row->ours,
						   text);
	/* Folders: ^/etc$ is that one, ^/etc all that begins so. */
	if (*text != '^' || text[1] != '/')
		return NULL;
	if (strcmp(text, "^/$") == 0)
		return "/";
	if (text[strlen(text) - 1] == '$')
		return plain(arena, text);
	return plain(arena, text) ? arena_printf(arena, "%s**", text + 1)
				  : NULL;
}

static void convert(struct custom *c, const struct row *row,
		    const struct value *value)
{
	const char *ours = row->shape == NAMED ? "ignore" : row->ours;
	struct value *list = value_get(c->setting, ours);
	const struct value *item;
	size_t i, count = value_is_list(value) ? value_count(value) : 1;

	if (!list)
		list = value_new_list(c->m->arena, NULL);
	for (i = 0; i < count; i++) {
		const char *text;

		item = value_is_list(value) ? value_item(value, i) : value;
		text = converted(c, row, item);
		if (text)
			value_append(
				c->m->arena, list,
				value_new_cstring(c->m->arena, NULL, text));
		else
			custom_left_out(
				c, item,
				arena_printf(c->m->arena,
					     "the pattern '%s' cannot be said "
					     "in %s of %s",
					     value_string_or(item, ""), ours,
					     row->rule));
	}
	if (value_count(list))
		value_set(c->m->arena, c->setting, ours, list);
}

/* What the rule does without being told. */
static bool is_fixed(const struct row *row, const struct value *value)
{
	const char *word = value_string(value);

	if (value_is_list(value))
		return value_count(value) == 1 &&
		       is_fixed(row, value_item(value, 0));
	if (value_is_true(value))
		word = "true";
	if (!value)
		return false;
	return word ? strcmp(word, row->ours) == 0
		    : value->text && strcmp(value->text, row->ours) == 0;
}

static void set_param(struct custom *c, const struct row *row,
		      const struct value_entry *entry)
{
	struct value *one;

	/* A pattern may be turned round with "!"; ours may not. */
	if (value_string_or(entry->value, "")[0] == '!') {
		custom_left_out(c, entry->value,
				arena_printf(c->m->arena,
					     "'%s' may not begin with '!' here",
					     entry->key));
		return;
	}
	if (!c->setting && !custom_setting(c, row->rule))
		return;
	switch (row->shape) {
	case AS_IS:
		value_set(c->m->arena, c->setting, row->ours,
			  value_copy_deep(c->m->arena, entry->value));
		return;
	case LISTED:
		one = value_new_list(c->m->arena, NULL);
		value_append(c->m->arena, one,
			     value_copy(c->m->arena, entry->value));
		value_set(c->m->arena, c->setting, row->ours, one);
		return;
	case WORD:
	case FOLDERS:
	case NAMED:
		convert(c, row, entry->value);
		return;
	case FIXED:
		if (!is_fixed(row, entry->value))
			custom_left_out(c, entry->value,
					arena_printf(c->m->arena,
						     "the rule %s has no "
						     "parameter for '%s'",
						     row->rule, entry->key));
		return;
	}
}

void custom_params(struct custom *c)
{
	const struct value_entry *entry;
	const struct row *row;

	if (strcmp(c->template, "cpu-requirements") == 0 ||
	    strcmp(c->template, "memory-requirements") == 0) {
		custom_requirements(c);
		return;
	}
	value_foreach (entry, c->params) {
		row = row_of(c->template, entry->key);
		if (row) {
			set_param(c, row, entry);
			continue;
		}
		custom_left_out(c, entry->value,
				arena_printf(c->m->arena,
					     "the parameter '%s' has no "
					     "counterpart",
					     entry->key));
	}
	if (!c->setting)
		custom_switch_on(c);
}
