/*
 * secret-data-invalid: Secrets whose content is not what their type says.
 *
 * What SOPS has encrypted is not looked at.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/str.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "", "Secret" }, { NULL, NULL } };

static const struct {
	const char *type;
	const char *key;
	const char *begin; /* of the content; or NULL */
	const char *reason;
} wanted[] = {
	{ "kubernetes.io/tls", "tls.crt", "-----BEGIN ", "it is not PEM" },
	{ "kubernetes.io/tls", "tls.key", "-----BEGIN ", "it is not PEM" },
	{ "kubernetes.io/dockerconfigjson", ".dockerconfigjson", "{",
	  "it is not JSON" },
	{ "kubernetes.io/dockercfg", ".dockercfg", "{", "it is not JSON" },
	{ "kubernetes.io/ssh-auth", "ssh-privatekey", NULL, NULL },
};

static void report(struct lint_run *run, const struct value *at,
		   const char *key, const char *reason)
{
	lint_report(run, at, "key '%s' of Secret '%s': %s", key,
		    run->object->name, reason);
}

static const char *decoded(struct lint_run *run, const struct value *value)
{
	struct text text = value_text(value);
	struct str out;
	size_t at;

	str_init(&out, run->arena);
	return base64_decode(&out, text.at, text.len, &at) ? str_text(&out)
							   : NULL;
}

static void check_wanted(struct lint_run *run, const struct object *object,
			 size_t i)
{
	const char *key = wanted[i].key, *content;
	const struct value *data = value_get(object->root, "data");
	const struct value *coded = value_get(data, key);
	const struct value *plain =
		value_get(value_get(object->root, "stringData"), key);

	if (!coded && !plain) {
		report(run, data ? data : object->root, key,
		       arena_printf(run->arena,
				    "it is missing, but type %s "
				    "asks for it",
				    wanted[i].type));
		return;
	}
	content = plain ? value_string_or(plain, "") : decoded(run, coded);
	/* Certificates to come are often empty. */
	if (!content || !wanted[i].begin || !*content)
		return;
	content += strspn(content, " \t\r\n");
	if (strncmp(content, wanted[i].begin, strlen(wanted[i].begin)) != 0)
		report(run, plain ? plain : coded, key, wanted[i].reason);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *type = value_get(object->root, "type");
	const struct value_entry *entry;
	size_t i;

	if (value_get(object->root, "sops"))
		return;
	value_foreach (entry, value_get(object->root, "data"))
		if (value_is_string(entry->value) &&
		    !strstr(value_string(entry->value), "${") &&
		    !decoded(run, entry->value)) {
			report(run, entry->value, entry->key,
			       "it is not base64");
			lint_help(run, "write plain text to stringData");
		}
	for (i = 0; i < ARRAY_COUNT(wanted); i++)
		if (value_equals_string(type, wanted[i].type))
			check_wanted(run, object, i);
}

const struct lint_rule lint_secret_data_invalid = {
	.name = "secret-data-invalid",
	.code = "PL7110",
	.group = LINT_REFERENCES,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "The data of a Secret is not base64, or not what its type "
		   "asks for.",
	.why = "The API server rejects the object, or nothing can use it.",
	.fix = "Write plain text to stringData.",
	.kinds = kinds,
	.check_object = check,
};
