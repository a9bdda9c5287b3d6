/*
 * ingress-tls-host-mismatch: hosts of rules and of tls that do not agree.
 *
 * An entry of tls without hosts is the certificate for all of them.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

/* The host itself, or the wildcard for it. */
static bool has(struct lint_run *run, const struct table *hosts,
		const char *host)
{
	const char *dot = strchr(host, '.');

	return table_gets(hosts, host) ||
	       (dot && table_gets(hosts, arena_printf(run->arena, "*%s", dot)));
}

/* False: one entry is for all hosts, or there are none. */
static bool read_tls(const struct value *tls, struct table *hosts)
{
	const struct value *item, *host;

	list_foreach (item, tls) {
		if (!value_count(value_get(item, "hosts")))
			return false;
		list_foreach (host, value_get(item, "hosts"))
			if (value_is_string(host))
				table_puts(hosts, value_string(host),
					   (void *)host);
	}
	return hosts->count > 0;
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rules = value_at(object->root, "spec.rules");
	const struct value *rule;
	struct table hosts, ruled;
	const char *dot;
	size_t i;

	table_init(&hosts, run->arena);
	table_init(&ruled, run->arena);
	if (!read_tls(value_at(object->root, "spec.tls"), &hosts))
		return;
	list_foreach (rule, rules) {
		const struct value *host = value_get(rule, "host");
		const char *name = value_string_or(host, "");

		/* Without a host it takes all. */
		if (!*name)
			return;
		dot = strchr(name, '.');
		table_puts(&ruled, name, (void *)host);
		if (dot)
			table_puts(&ruled, arena_printf(run->arena, "*%s", dot),
				   (void *)host);
		if (!has(run, &hosts, name))
			lint_report(run, host,
				    "host '%s' is in a rule, but not in tls",
				    name);
	}
	for (i = 0; i < hosts.count; i++) {
		const char *name = hosts.entries[i].key;

		if (!table_gets(&ruled, name))
			lint_report(run, hosts.entries[i].value,
				    "host '%s' is in tls, but not in a rule",
				    name);
	}
}

const struct lint_rule lint_ingress_tls_host_mismatch = {
	.name = "ingress-tls-host-mismatch",
	.code = "PL5117",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A host has a rule but no TLS, or TLS but no rule.",
	.why = "Clients get a certificate of another name.",
	.fix = "Make rules[].host and tls[].hosts agree.",
	.kinds = lint_ingress_kinds,
	.check_object = check,
};
