/*
 * secret-in-values: what a chart is given holds a secret in clear.
 *
 * Keys of values name many things around a secret (existingSecret,
 * passwordKey, tokenAudience), so a word counts only at the end of the key.
 */
#include "lints/lint.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "lints/config.h"
#include "lints/subjects/secrets.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "names", LINT_PARAM_TEXTS,
	  "[password, passwd, pwd, token, bearer, apikey, api_key, "
	  "access_key, private_key, credential, credentials, client_secret, "
	  "app_secret, shared_secret, cookie_secret, passphrase]",
	  "Ends of names that tell a secret, whatever the case; * is any "
	  "text." },
	{ "ignoreNames", LINT_PARAM_TEXTS, "[]",
	  "Names that are none; * is any text." },
	{ "ignoreValues", LINT_PARAM_TEXTS, "[dummy, fake]",
	  "Values that are none; * is any text." },
	{ .name = NULL }
};

enum {
	DEPTH_MAX = 200,
	ENTROPY = 35 /* tenths of a bit a character, as exposed-secret has it */
};

/* adminPassword and admin-password are admin_password. */
static const char *words_of(struct arena *arena, const char *key)
{
	struct str out;
	size_t i;

	str_init(&out, arena);
	for (i = 0; key[i]; i++) {
		unsigned char c = (unsigned char)key[i];

		if (i && isupper(c) && islower((unsigned char)key[i - 1]))
			str_putc(&out, '_');
		str_putc(&out, c == '-' || c == '.' ? '_' : (char)tolower(c));
	}
	return str_text(&out);
}

static bool ends_so(struct lint_run *run, const char *name)
{
	const char *const *word = lint_param_texts(run, "names");
	size_t len = strlen(name);

	/* existingPasswordSecret names an object. */
	if (strncmp(name, "existing", 8) == 0)
		return false;
	for (; *word; word++) {
		size_t tail = strlen(*word);

		if (strchr(*word, '*') ||
		    (len >= tail && strcmp(name + len - tail, *word) == 0))
			return true;
	}
	return false;
}

/* Encrypted, taken from elsewhere, or made by a template. */
static bool is_sealed(const char *text)
{
	static const char *const fronts[] = { "ENC[",  "ref+", "vault:",
					      "op://", "arn:", "<" };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(fronts); i++)
		if (strncmp(text, fronts[i], strlen(fronts[i])) == 0)
			return true;
	return strstr(text, "{{") || strstr(text, "${");
}

static void look(struct lint_run *run, const char *path, const char *key,
		 const struct value *at)
{
	const char *name = words_of(run->arena, key);
	const char *text = value_string(at);
	const char *what = NULL;

	if (is_sealed(text))
		return;
	if (at->len >= LINT_SECRET_SHORTEST)
		what = lint_secret_token(text, at->len, ENTROPY);
	if (what)
		lint_report(run, at, "%s holds what looks like %s", path, what);
	else if (ends_so(run, name) && lint_secret_is_clear(run, name, text))
		lint_report(run, at, "%s holds a secret in clear", path);
}

static void walk(struct lint_run *run, const char *path, const char *key,
		 const struct value *at, unsigned depth)
{
	const struct value_entry *entry;
	const struct value *item;

	if (value_is_string(at))
		look(run, path, key, at);
	if (depth > DEPTH_MAX)
		return;
	value_foreach (entry, at)
		walk(run,
		     arena_printf(run->arena, "%s%s%s", path, *path ? "." : "",
				  entry->key),
		     entry->key, entry->value, depth + 1);
	list_foreach (item, at)
		walk(run, path, key, item, depth + 1);
}

static void check(struct lint_run *run)
{
	const struct lint_layers *layers = run->config->layers;
	size_t i;

	for (i = 0; i < layers->value_count; i++)
		if (!value_get(layers->values[i], "sops"))
			walk(run, "", "", layers->values[i], 0);
}

const struct lint_rule lint_secret_in_values = {
	.name = "secret-in-values",
	.code = "PL4104",
	.group = LINT_SECRETS,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "Values of a chart hold a secret in clear.",
	.why = "Whoever may read the repository reads the secret, for ever, "
	       "and a default is the password of every installation.",
	.fix = "Keep it out of the repository (SOPS, External Secrets, sealed "
	       "secrets).",
	.params = params,
	.check_bundle = check,
};
