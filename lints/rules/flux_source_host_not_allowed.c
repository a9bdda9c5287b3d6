/*
 * flux-source-host-not-allowed: a source from elsewhere.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "model/value.h"

static const struct group_kind kinds[] = {
	{ "source.toolkit.fluxcd.io", "Bucket" },
	{ "source.toolkit.fluxcd.io", "GitRepository" },
	{ "source.toolkit.fluxcd.io", "HelmRepository" },
	{ "source.toolkit.fluxcd.io", "OCIRepository" },
	{ NULL, NULL }
};

static const struct lint_param params[] = {
	{ "hosts", LINT_PARAM_TEXTS, "[]",
	  "Hosts that may be read from; none: all." },
	{ .name = NULL }
};

/* "https://git.example:443/x", "git@git.example:x", "s3.example" */
static const char *host_of(struct arena *arena, const char *url)
{
	const char *start = strstr(url, "://"), *at;
	size_t len;

	start = start ? start + 3 : url;
	len = strcspn(start, "/");
	at = memchr(start, '@', len);
	if (at) {
		len -= (size_t)(at + 1 - start);
		start = at + 1;
	}
	return arena_strndup(arena, start,
			     len < strcspn(start, ":") ? len
						       : strcspn(start, ":"));
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *url = value_get(
		spec, strcmp(object->kind, "Bucket") == 0 ? "endpoint" : "url");
	const char *const *allowed = lint_param_texts(run, "hosts");
	const char *host;

	if (!*allowed || !value_is_string(url) ||
	    strstr(value_string(url), "${"))
		return;
	host = host_of(run->arena, value_string(url));
	for (; *allowed; allowed++)
		if (strcmp(*allowed, host) == 0)
			return;
	lint_report(run, url, "%s '%s' reads from %s", object->kind,
		    object->name, host);
}

const struct lint_rule lint_flux_source_host_not_allowed = {
	.name = "flux-source-host-not-allowed",
	.code = "PLX108",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A source of Flux is read from a host that is not allowed.",
	.why = "What comes from there is applied to the cluster.",
	.fix = "Use an allowed host.",
	.kinds = kinds,
	.params = params,
	.check_object = check,
};
