/*
 * prestop-exceeds-grace: killed before the hook is over.
 *
 * The grace period begins with the hook.  A sleep in a script counts where its
 * number is written out.
 */
#include "lints/lint.h"

#include <ctype.h>
#include <string.h>

#include "base/number.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	GRACE = 30
};

/* The whole seconds of a number such as "20" or "20s"; false: another. */
static bool read_seconds(const char *text, int64_t *seconds)
{
	size_t digits = strspn(text, "0123456789");
	char unit = text[digits];

	if (unit && unit != 's' && !isspace((unsigned char)unit) &&
	    unit != ';' && unit != '&')
		return false;
	return digits &&
	       number_parse_int(text, digits, 10, seconds) == NUMBER_OK;
}

/* "sleep 20" inside a script; or the word alone, with the number behind. */
static bool sleep_of(const struct value *command, size_t index,
		     int64_t *seconds)
{
	const char *text = value_string_or(value_item(command, index), "");
	const char *found = strstr(text, "sleep");

	if (!found || (found != text && isalnum((unsigned char)found[-1])))
		return false;
	found += strlen("sleep");
	if (!*found)
		return read_seconds(
			value_string_or(value_item(command, index + 1), ""),
			seconds);
	if (*found != ' ')
		return false;
	return read_seconds(found + strspn(found, " "), seconds);
}

static const struct value *longest(const struct value *hook, int64_t *seconds)
{
	const struct value *written = value_at(hook, "sleep.seconds");
	const struct value *command = value_at(hook, "exec.command");
	size_t i;

	if (value_as_int(written, seconds))
		return written;
	for (i = 0; i < value_count(command); i++)
		if (sleep_of(command, i, seconds))
			return value_item(command, i);
	return NULL;
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *hook = value_at(c->spec, "lifecycle.preStop");
	const struct value *at;
	int64_t seconds, grace = GRACE;

	(void)value_as_int(value_get(c->pod, "terminationGracePeriodSeconds"),
			   &grace);
	at = longest(hook, &seconds);
	if (at && seconds >= grace)
		lint_report(run, at,
			    "preStop of '%s' sleeps %lld s, but the pod is "
			    "killed after %lld s",
			    container_name(c), (long long)seconds,
			    (long long)grace);
}

const struct lint_rule lint_prestop_exceeds_grace = {
	.name = "prestop-exceeds-grace",
	.code = "PL1109",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A preStop hook sleeps as long as the pod may live.",
	.why = "The grace period begins with the hook: the program is killed "
	       "before it is told to stop.",
	.fix = "Raise terminationGracePeriodSeconds above the sleep plus the "
	       "shutdown time.",
	.check_container = check,
};
