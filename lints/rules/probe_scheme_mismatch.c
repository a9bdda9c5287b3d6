/*
 * probe-scheme-mismatch: plain text is spoken to a port for TLS, or the other
 * way.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "lints/subjects/ports.h"
#include "lints/subjects/probes.h"
#include "model/value.h"

static const char *const secure[] = { "https", "tls",  "443", "8443",
				      "9443",  "6443", NULL };
static const char *const plain[] = { "http", "80", "8080", NULL };

static bool is_in(const char *const *list, const char *word)
{
	for (; *list; list++)
		if (strcmp(*list, word) == 0)
			return true;
	return false;
}

/* The port, whether given by its name or its number, is in the list. */
static bool is_for(struct lint_run *run, const struct container_ref *c,
		   const struct value *port, const char *const *list)
{
	int64_t number = lint_port_number(c->spec, port);
	const struct value *declared =
		lint_port_numbered(c->spec, number, "TCP");

	if (value_is_string(port))
		return is_in(list, value_string(port));
	/* The name of a port says more than its number. */
	if (value_get(declared, "name"))
		return is_in(list,
			     value_string_or(value_get(declared, "name"), ""));
	return is_in(list, arena_printf(run->arena, "%lld", (long long)number));
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const char *const *name;

	for (name = lint_probe_names; *name; name++) {
		const struct value *get =
			value_get(value_get(c->spec, *name), "httpGet");
		const struct value *port = value_get(get, "port");
		const struct value *scheme = value_get(get, "scheme");
		const char *spoken = value_string_or(scheme, "HTTP");
		bool https = strcmp(spoken, "HTTPS") == 0;

		if (port && is_for(run, c, port, https ? plain : secure))
			lint_report(run, scheme ? scheme : port,
				    "%s of '%s' speaks %s to port %s", *name,
				    container_name(c), spoken,
				    lint_port_text(run->arena, port));
	}
}

const struct lint_rule lint_probe_scheme_mismatch = {
	.name = "probe-scheme-mismatch",
	.code = "PL1152",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A probe speaks HTTP to a port for HTTPS, or the other way.",
	.why = "It fails for ever, or gets a redirect that hides what it asks "
	       "for.",
	.fix = "Set scheme.",
	.check_container = check,
};
