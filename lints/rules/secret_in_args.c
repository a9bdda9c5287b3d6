/*
 * secret-in-args: a secret on the command line of a container.
 *
 * References to variables, $(X) and $X, are what is asked for.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/subjects/secrets.h"
#include "model/secret_arguments.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "names", LINT_PARAM_TEXTS,
	  "[secret, password, passwd, pwd, token, bearer, apikey, api_key, "
	  "access_key, private_key, credential]",
	  "Parts of names of options that tell a secret, whatever the case; * "
	  "is any text." },
	{ "ignoreNames", LINT_PARAM_TEXTS, "[]",
	  "Names that are none; * is any text." },
	{ "ignoreValues", LINT_PARAM_TEXTS, "[]",
	  "Values that are none; * is any text." },
	{ .name = NULL }
};

enum {
	ENTROPY = 35 /* tenths of a bit a character */
};

/* "--db-password" is db_password. */
static const char *name_of(struct lint_run *run, const char *flag, size_t len)
{
	char *name = arena_strndup(run->arena, flag, len), *at;

	for (at = name; *at; at++)
		if (*at == '-')
			*at = '_';
	return name + strspn(name, "_");
}

static bool is_flag(const char *text)
{
	return text[0] == '-' && text[1] && !strpbrk(text, " \t\n");
}

/* --password=x */
static bool is_assigned(struct lint_run *run, const char *text)
{
	const char *equals = strchr(text, '=');

	return is_flag(text) && equals && equals[1] != '$' &&
	       lint_secret_is_clear(run,
				    name_of(run, text, (size_t)(equals - text)),
				    equals + 1);
}

/* --password x */
static bool is_next(struct lint_run *run, const char *flag, const char *text)
{
	return is_flag(flag) && !strchr(flag, '=') && *text != '-' &&
	       *text != '$' &&
	       lint_secret_is_clear(run, name_of(run, flag, strlen(flag)),
				    text);
}

/* scheme://user:password@host */
static bool has_user(const char *text)
{
	const char *at, *colon, *host;

	while ((at = strstr(text, "://"))) {
		text = at + 3;
		host = text + strcspn(text, "@/ \t\n\"'");
		colon = memchr(text, ':', (size_t)(host - text));
		if (*host == '@' && colon && colon + 1 < host &&
		    !strchr("$<{*", colon[1]))
			return true;
	}
	return false;
}

/* mysql -psecret, whether the words stand in one item or in several. */
static bool is_of_program(const struct table *secrets, const struct value *item)
{
	const struct secret_argument *secret =
		secret_argument_of(secrets, item);

	return secret && secret->option;
}

static void check_list(struct lint_run *run, const struct container_ref *c,
		       const char *field, const struct table *secrets)
{
	const struct value *item;
	const char *before = "", *text;

	list_foreach (item, value_get(c->spec, field)) {
		text = value_string_or(item, "");
		if (is_assigned(run, text) || is_next(run, before, text) ||
		    has_user(text) || is_of_program(secrets, item) ||
		    lint_secret_token(text, strlen(text), ENTROPY))
			lint_report(run, item,
				    "%s of '%s' passes a secret on the command "
				    "line, visible to every process",
				    field, container_name(c));
		before = text;
	}
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	struct table secrets;

	table_init(&secrets, run->arena);
	secret_arguments_add(&secrets, c->spec);
	check_list(run, c, "command", &secrets);
	check_list(run, c, "args", &secrets);
}

const struct lint_rule lint_secret_in_args = {
	.name = "secret-in-args",
	.code = "PL4102",
	.group = LINT_SECRETS,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "The command or the arguments of a container hold a secret.",
	.why = "Every process of the node, and whoever may read the workload, "
	       "sees it.",
	.fix = "Read it from a file or an env var from a Secret.",
	.params = params,
	.check_container = check,
};
