/*
 * The text of a project file, with remarks for who edits it next.
 */
#include <string.h>

#include "base/str.h"
#include "compiler/init.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_emit.h"

static const char head[] =
	"# What plimsoll renders and checks, and for which environments.\n"
	"#   plimsoll config show     what each line here comes to\n"
	"#   plimsoll lint            what is wrong, beside the baseline\n"
	"#   plimsoll config schema   all that may stand here\n"
	"apiVersion: plimsoll/v1\n"
	"kind: Project\n"
	"\n"
	"# Versions of Kubernetes to check against; the newest by default.\n"
	"# kubernetes: \"1.33..1.35\"\n"
	"\n";

static const char tail[] =
	"\n"
	"# Which rules count, and how much: `plimsoll rules` lists them.\n"
	"# lint:\n"
	"#   profile: strict\n"
	"#   rules: { image-tag-mutable: error, liveness-probe-missing: off }\n"
	"#   ignore:\n"
	"#     - { rule: host-network, name: \"node-*\", reason: it must }\n";

/* Text that may stand in YAML as it is, and is text there. */
static void put_text(struct str *out, const char *text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	static const char others[] = "abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-";

	static const char *const words[] = { "y",    "Y",   "yes", "n",
					     "N",    "no",  "on",  "off",
					     "true", "false", "null" };
	bool plain = *text && strchr(letters, *text) &&
		     !text[strspn(text, others)];
	size_t i;

	for (i = 0; i < ARRAY_COUNT(words); i++)
		plain = plain && strcmp(words[i], text) != 0;
	if (plain)
		str_puts(out, text);
	else
		json_write_string(out, text, strlen(text), true);
}

static void put_list(struct str *out, const struct option_texts *texts)
{
	size_t i;

	str_putc(out, '[');
	for (i = 0; i < texts->count; i++) {
		str_puts(out, i ? ", " : "");
		put_text(out, texts->items[i]);
	}
	str_puts(out, "]\n");
}

static void put_values(struct str *out, const struct init_plan *plan,
		       const struct init_target *target, const char *margin)
{
	size_t i;

	if (!target->values.count)
		return;
	str_printf(out, "%s    values:\n", margin);
	for (i = 0; i < target->values.count; i++) {
		const struct init_path *path = &target->values.items[i];
		bool all = path->environments.count == plan->environments.count;
		struct str text;

		str_init(&text, out->arena);
		str_printf(&text, "%s%s", path->text, all ? "" : "?");
		str_printf(out, "%s      - ", margin);
		put_text(out, str_text(&text));
		str_puts(out, all ? "\n" : " # where it is there\n");
	}
}

static void put_target(struct str *out, const struct init_plan *plan,
		       const struct init_target *target)
{
	static const char *const kinds[] = { "chart", "kustomization",
					     "manifests", "templates",
					     "stream" };
	const char *margin = target->broken ? "#" : "";

	if (target->broken)
		str_printf(out, "# It does not render yet: %s\n",
			   target->broken);
	str_printf(out, "%s  ", margin);
	put_text(out, target->name);
	str_printf(out, ":\n%s    %s: ", margin, kinds[target->kind]);
	if (target->kind == SOURCE_KIND_MANIFESTS) {
		put_list(out, &target->files);
	} else {
		put_text(out, target->path);
		str_putc(out, '\n');
	}
	put_values(out, plan, target, margin);
	if (target->environments.count &&
	    target->environments.count < plan->environments.count) {
		str_printf(out, "%s    environments: ", margin);
		put_list(out, &target->environments);
	}
}

static void put_environments(struct str *out, const struct init_plan *plan)
{
	size_t i;

	if (!plan->environments.count)
		return;
	str_puts(out, "# From the names of values files and folders.\n"
		      "environments:\n");
	for (i = 0; i < plan->environments.count; i++) {
		str_puts(out, "  ");
		put_text(out, plan->environments.items[i]);
		str_puts(out, ": {}\n");
	}
	str_putc(out, '\n');
}

static void put_lint(struct str *out, const struct init_plan *plan)
{
	struct value *section = value_new_map(out->arena, NULL);
	const char *error;

	value_set(out->arena, section, "lint", (struct value *)plan->lint);
	str_printf(out, "\n# What %s said.\n", plan->from);
	if (!yaml_emit(out, section, YAML_FORM_RAW, NULL, &error))
		BUG("a section of lint that cannot be written");
}

void init_write(struct str *out, const struct init_plan *plan, bool output)
{
	size_t i, good = 0;

	for (i = 0; i < plan->targets.count; i++)
		good += !plan->targets.items[i].broken;
	str_puts(out, head);
	put_environments(out, plan);
	str_puts(out, good ? "targets:\n" : "targets: {}\n");
	for (i = 0; i < plan->targets.count; i++)
		put_target(out, plan, &plan->targets.items[i]);
	str_puts(out, "\n# Where `plimsoll build` writes the bundles.\n");
	str_printf(out, "%soutput: { dir: dist, path: \"%s${target}.yaml\" }\n",
		   output ? "" : "# ",
		   plan->environments.count ? "${env}/" : "");
	if (plan->lint)
		put_lint(out, plan);
	else
		str_puts(out, tail);
}
