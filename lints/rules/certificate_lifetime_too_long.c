/*
 * certificate-lifetime-too-long: a certificate that is valid for too long.
 */
#include "lints/lint.h"
#include "base/arena.h"
#include "lints/schema/duration.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "cert-manager.io", "Certificate" },
					   { NULL, NULL } };

static const struct lint_param params[] = {
	{ "days", LINT_PARAM_INT, "100", "How long it may be valid." },
	{ "names", LINT_PARAM_INT, "100", "How many dnsNames it may have." },
	{ .name = NULL }
};

enum {
	HOURS = 24
};

static const int64_t hour = 3600 * (int64_t)1000000000;

static void report(struct lint_run *run, const struct value *at,
		   const char *reason, const char *help)
{
	lint_report(run, at, "Certificate '%s': %s", run->object->name, reason);
	lint_help(run, "%s", help);
}

static bool length_of(const struct value *value, int64_t *length)
{
	return value_is_string(value) &&
	       !schema_duration_parse(value_string(value), length);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *duration = value_get(spec, "duration");
	const struct value *renew = value_get(spec, "renewBefore");
	const struct value *names = value_get(spec, "dnsNames");
	int64_t days = lint_param_int(run, "days");
	int64_t most = lint_param_int(run, "names");
	int64_t length = 90 * HOURS * hour, before;

	if (length_of(duration, &length) && length / hour > days * HOURS)
		report(run, duration,
		       arena_printf(run->arena,
				    "it is valid for %lld days, more than "
				    "%lld",
				    (long long)(length / hour / HOURS),
				    (long long)days),
		       "shorten duration");
	if (length_of(renew, &before) && before >= length)
		report(run, renew, "renewBefore is not below duration",
		       "renew later");
	if ((int64_t)value_count(names) > most)
		report(run, names,
		       arena_printf(run->arena,
				    "it has %zu names, more than "
				    "%lld",
				    value_count(names), (long long)most),
		       "use several Certificates");
}

const struct lint_rule lint_certificate_lifetime_too_long = {
	.name = "certificate-lifetime-too-long",
	.code = "PLX111",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A Certificate is valid for too long, is renewed too "
		   "early, or has too many names.",
	.why = "A key that leaks is of use until then; renewing at once "
	       "never ends.",
	.fix = "Shorten duration.",
	.kinds = kinds,
	.params = params,
	.check_object = check,
};
