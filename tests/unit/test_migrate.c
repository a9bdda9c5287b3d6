/*
 * Configurations of other linters into a `lint:` section, as YAML, and what
 * was said of the rest.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"
#include "compiler/migrate/migrate.h"
#include "lints/lint.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "model/yaml_read.h"

/* Texts that have to occur in the section, and in what was said. */
static const struct {
	const char *in;
	const char *section[9];
	const char *said[6];
} rows[] = {
	/* The defaults of kube-linter are its preset. */
	{ "checks: {}\n", { "profile: kube-linter\n" }, { NULL } },
	{ "checks:\n"
	  "  include: [no-liveness-probe, required-label-ownr]\n"
	  "  exclude: [latest-tag, readiness-port]\n",
	  { "liveness-probe-missing: info", "image-tag-mutable: \"off\"" },
	  { "kube-linter has no check 'required-label-ownr'",
	    "did you mean 'required-label-owner'?",
	    "one rule here, probe-port-undeclared; it stays on" } },
	{ "checks:\n"
	  "  doNotAutoAddDefaults: true\n"
	  "  include: [host-network]\n",
	  { "privileged-container: \"off\"", "host-pid: \"off\"" },
	  { NULL } },
	{ "checks:\n"
	  "  addAllBuiltIn: true\n"
	  "  exclude: [sorted-keys]\n"
	  "  ignorePaths: [\"/**/*/vendor/**\", ../away/**, ./old/*.yaml]\n",
	  { "ignore:", "/*/vendor/**", "path: old/*.yaml" },
	  { "\"../away/**\" is not below the project" } },
	/* Templates with parameters. */
	{ "customChecks:\n"
	  "- name: owner\n"
	  "  template: required-label\n"
	  "  params: { key: team }\n"
	  "- name: app\n"
	  "  template: required-label\n"
	  "  params: { key: app }\n"
	  "- name: cpu\n"
	  "  template: cpu-requirements\n"
	  "  params: { requirementsType: request, upperBoundMillis: 99 }\n",
	  { "required-label-missing:\n", "key: team", "resource-out-of-range:",
	    "cpuMin: 100m", "requestsType: request" },
	  { "'app': another one is the rule required-label-missing" } },
	{ "customChecks:\n"
	  "- name: env\n"
	  "  template: env-var\n"
	  "  params: { name: \"(?i).*apitoken.*\", value: .+ }\n"
	  "- name: mounts\n"
	  "  template: host-mounts\n"
	  "  scope: { objectKinds: [Pod] }\n"
	  "  params: { dirs: [\"^/etc$\", \"^/srv/\", \"a|b\"] }\n"
	  "- name: no\n"
	  "  template: cel-expression\n"
	  "  params: { check: \"1\" }\n",
	  { "env-secret-literal:", "names:", "- apitoken",
	    "host-path-sensitive:", "- /etc\n", "- /srv/**" },
	  { "'mounts': its scope has no counterpart",
	    "the pattern 'a|b' cannot be said",
	    "the parameter 'check' has no counterpart",
	    "no rule does what the template 'cel-expression' does" } },
	{ "customChecks:\n"
	  "- { name: x, template: required-lable }\n",
	  { "profile: kube-linter\n" },
	  { "kube-linter has no template 'required-lable'",
	    "did you mean 'required-label'?" } },
	/* Polaris. */
	{ "checks:\n"
	  "  tagNotSpecified: danger\n"
	  "  hostIPCSet: ignore\n"
	  "  cpuLimitMissing: warning\n"
	  "  mine: warning\n"
	  "exemptions:\n"
	  "- namespace: kube-system\n"
	  "  controllerNames: [dns]\n"
	  "  rules: [hostPortSet]\n"
	  "- containerNames: [x]\n"
	  "  rules: [hostPortSet]\n"
	  "customChecks: { mine: { jsonSchema: \"{}\" } }\n",
	  { "profile: polaris\n", "host-ipc: \"off\"",
	    "image-tag-mutable: error", "ignore:", "rule:", "- hostPortSet",
	    "namespace: kube-system", "name: dns*" },
	  { "polaris has no check 'cpuLimitMissing'",
	    "did you mean 'cpuLimitsMissing'?",
	    "an exemption of single containers",
	    "the custom check 'mine' is left out" } },
	{ "checks: { few: danger, lim: warning, no: ignore }\n"
	  "customChecks:\n"
	  "  few:\n"
	  "    target: PodSpec\n"
	  "    failureMessage: one is enough\n"
	  "    controllers: { include: [Deployment] }\n"
	  "    schema: { properties: { containers: { maxItems: 1 } } }\n"
	  "  lim:\n"
	  "    target: policy/PodDisruptionBudget\n"
	  "    schema: { required: [spec] }\n"
	  "  no: { schema: {} }\n",
	  { "jsonschema-custom:", "severity: error", "name: few",
	    "target: pod-spec", "message: one is enough", "- Deployment",
	    "maxItems: 1", "- policy/PodDisruptionBudget" },
	  { NULL } },
	{ "checks:\n"
	  "  clusterrolePodExecAttach: danger\n"
	  "  rolePodExecAttach: ignore\n",
	  { "rbac-pod-exec: error" },
	  { "are the one rule rbac-pod-exec; it becomes error" } },
	{ "mutations: [pullPolicyNotAlways]\n",
	  { "profile: polaris\n" },
	  { "'mutations' of Polaris has no counterpart" } },
	{ "targets: {}\n", { NULL }, { "no configuration of kube-linter" } },
};

static struct value *read(struct arena *arena, struct diag_sink *diags,
			  const char *text)
{
	const struct yaml_options options = { .dialect = YAML_HELM };
	const struct source *source =
		source_new(arena, "config.yaml", SOURCE_PROJECT,
			   text, strlen(text));
	struct value *root =
		yaml_read_reported(arena, source, &options, diags);

	assert_non_null(root);
	return root;
}

static void said(const struct diag_sink *diags, struct str *out)
{
	size_t i;

	for (i = 0; i < diags->diags.count; i++)
		str_printf(out, "%s\n%s\n", diags->diags.items[i]->message,
			   diags->diags.items[i]->help
				   ? diags->diags.items[i]->help
				   : "");
}

static void assert_has(const char *text, const char *const *parts, size_t room)
{
	size_t i;

	for (i = 0; i < room && parts[i]; i++)
		if (!strstr(text, parts[i]))
			fail_msg("no \"%s\" in:\n%s", parts[i], text);
}

static void check_rows(void **state UNUSED)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(rows); i++) {
		struct arena *arena = arena_new();
		struct diag_sink diags;
		const char *error;
		struct value *lint;
		struct str text, words;

		diag_sink_init(&diags, arena);
		str_init(&text, arena);
		str_init(&words, arena);
		lint = migrate_config(arena, &diags,
				      read(arena, &diags, rows[i].in));
		if (lint)
			assert_true(yaml_emit(&text, lint, YAML_FORM_RAW, NULL,
					      &error));
		said(&diags, &words);
		assert_int_equal(!lint, !rows[i].section[0]);
		assert_has(str_text(&text), rows[i].section,
			   ARRAY_COUNT(rows[i].section));
		assert_has(str_text(&words), rows[i].said,
			   ARRAY_COUNT(rows[i].said));
		arena_free(arena);
	}
}

/* What is made of a file is a section that the rules take. */
static void check_taken(void **state UNUSED)
{
	size_t i;

	for (i = 0; i + 1 < ARRAY_COUNT(rows); i++) {
		struct arena *arena = arena_new();
		struct lint_layers layers = { .count = 1 };
		const struct value *section;
		struct diag_sink diags, again;

		diag_sink_init(&diags, arena);
		diag_sink_init(&again, arena);
		section = migrate_config(arena, &diags,
					 read(arena, &diags, rows[i].in));
		layers.sections = &section;
		if (!lint_configure(arena, &again, &layers))
			fail_msg("row %zu: %s", i,
				 again.diags.items[0]->message);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(check_rows),
		cmocka_unit_test(check_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
