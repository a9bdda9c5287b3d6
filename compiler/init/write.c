/*
 * The text of a project file, with remarks for who edits it next.
 */
#include <string.h>

#include "base/str.h"
#include "compiler/init.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_emit.h"

enum {
	WIDTH = 78
};

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

	static const char *const words[] = { "y",    "Y",     "yes", "n",
					     "N",    "no",    "on",  "off",
					     "true", "false", "null" };
	bool plain =
		*text && strchr(letters, *text) && !text[strspn(text, others)];
	size_t i;

	for (i = 0; i < ARRAY_COUNT(words); i++)
		plain = plain && strcmp(words[i], text) != 0;
	if (plain)
		str_puts(out, text);
	else
		json_write_string(out, text, strlen(text), true);
}

/* Text in a remark, which ends with the line. */
static void put_line(struct str *out, const char *text)
{
	const char *at = text;

	while ((unsigned char)*at >= ' ' && *at != 0x7f)
		at++;
	if (*at)
		json_write_string(out, text, strlen(text), true);
	else
		str_puts(out, text);
}

/* As many lines as it takes, behind a key. */
static void put_list(struct str *out, const struct option_texts *texts,
		     const char *margin)
{
	size_t i;

	str_putc(out, '[');
	for (i = 0; i < texts->count; i++) {
		size_t begin = out->len;
		const char *line = str_text(out);
		struct str text;

		str_init(&text, out->arena);
		put_text(&text, texts->items[i]);
		while (begin && line[begin - 1] != '\n')
			begin--;
		if (i && out->len - begin + text.len + 3 > WIDTH)
			str_printf(out, ",\n%s      ", margin);
		else
			str_puts(out, i ? ", " : "");
		str_put(out, text.text, text.len);
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

/* Files that its list lacks. */
static void put_left_out(struct str *out, const struct init_target *target,
			 const char *margin)
{
	size_t i;

	if (!target->left_out.count)
		return;
	str_printf(out, "%s    # Left out, as long as it cannot be read:\n",
		   margin);
	for (i = 0; i < target->left_out.count; i++) {
		const struct init_left *left = &target->left_out.items[i];

		str_printf(out, "%s    #   ", margin);
		put_line(out, left->path);
		str_puts(out, ": ");
		put_line(out, left->why);
		str_putc(out, '\n');
	}
}

static void put_target(struct str *out, const struct init_plan *plan,
		       const struct init_target *target)
{
	static const char *const kinds[] = { "chart", "kustomization",
					     "manifests", "templates",
					     "stream" };
	const char *margin = target->broken ? "#" : "";

	if (target->broken) {
		str_puts(out, "# It does not render yet: ");
		put_line(out, target->broken);
		str_putc(out, '\n');
	}
	str_printf(out, "%s  ", margin);
	put_text(out, target->name);
	str_puts(out, ":\n");
	put_left_out(out, target, margin);
	str_printf(out, "%s    %s: ", margin, kinds[target->kind]);
	if (target->kind == SOURCE_KIND_MANIFESTS) {
		put_list(out, &target->files, margin);
	} else {
		put_text(out, target->path);
		str_putc(out, '\n');
	}
	put_values(out, plan, target, margin);
	if (target->environments.count &&
	    target->environments.count < plan->environments.count) {
		str_printf(out, "%s    environments: ", margin);
		put_list(out, &target->environments, margin);
	}
}

/* A list within the margins, after `exclude:`. */
static void put_excluded(struct str *out, const struct option_texts *texts)
{
	size_t begin = out->len, i;

	str_puts(out, "    exclude: [");
	for (i = 0; i < texts->count; i++) {
		size_t len = strlen(texts->items[i]) + 4;

		if (i && out->len - begin + len > WIDTH) {
			str_puts(out, ",\n     ");
			begin = out->len - 5;
		} else if (i) {
			str_putc(out, ',');
		}
		str_puts(out, i ? " " : "");
		json_write_string(out, texts->items[i], strlen(texts->items[i]),
				  true);
	}
	str_puts(out, "]\n");
}

/* "${dir}, ${overlay}: 26 folders, such as ..." */
static void put_captured(struct str *out, const struct init_family *family)
{
	const char *at = family->path, *between = "  # ";

	while ((at = strstr(at, "${")) != NULL) {
		size_t len = strcspn(at + 2, ":}");

		if (len != 3 || strncmp(at + 2, "env", len) != 0) {
			str_printf(out, "%s${%.*s}", between, (int)len, at + 2);
			between = ", ";
		}
		at += 2 + len;
	}
	str_printf(out, ": %zu folders, such as\n  #   ", family->members);
	put_line(out, family->first);
	str_puts(out, "\n  ");
}

static void put_family(struct str *out, const struct init_family *family)
{
	static const char *const kinds[] = { "chart", "kustomization" };
	const char *line = family->values;

	put_captured(out, family);
	put_text(out, family->name);
	str_printf(out, ":\n    %s: ", kinds[family->kind]);
	put_text(out, family->path);
	str_putc(out, '\n');
	if (*line)
		str_puts(out, "    values:\n");
	while (*line) {
		size_t len = strcspn(line, "\n");

		str_printf(out, "      - \"%s%.*s?\" # where it is there\n",
			   family->path, (int)len, line);
		line += len + 1;
	}
	if (family->exclude.count)
		put_excluded(out, &family->exclude);
}

bool init_is_found(const struct init_plan *plan,
		   const struct init_target *target)
{
	return plan->rest && !target->values.count;
}

static void put_targets(struct str *out, const struct init_plan *plan)
{
	size_t i, shown = plan->families.count;

	for (i = 0; i < plan->targets.count; i++) {
		const struct init_target *target = &plan->targets.items[i];

		shown += !target->family && !target->broken &&
			 !init_is_found(plan, target);
	}
	if (shown || !plan->rest)
		str_puts(out, shown ? "targets:\n" : "targets: {}\n");
	if (plan->families.count)
		str_puts(out, "  # What a name captures is looked for in each "
			      "run: a new folder counts.\n");
	for (i = 0; i < plan->families.count; i++)
		put_family(out, &plan->families.items[i]);
	for (i = 0; i < plan->targets.count; i++)
		if (!plan->targets.items[i].family &&
		    !init_is_found(plan, &plan->targets.items[i]))
			put_target(out, plan, &plan->targets.items[i]);
}

static void put_found(struct str *out, const struct init_plan *plan)
{
	struct option_texts paths = { 0 };
	size_t i;

	if (!plan->left_out.count) {
		str_puts(out, "discover: {}\n");
		return;
	}
	for (i = 0; i < plan->left_out.count; i++)
		vec_push(out->arena, &paths, plan->left_out.items[i].path);
	str_puts(out, "discover:\n"
		      "    # What does not render yet.\n");
	put_excluded(out, &paths);
}

/* What no target reads. */
static void put_rest(struct str *out, const struct init_plan *plan)
{
	str_puts(out, "\n# What no target reads is found, and has the name of "
		      "its folder.\n");
	put_found(out, plan);
}

static void put_discover(struct str *out, const struct init_plan *plan)
{
	str_puts(out,
		 "# Objects of Flux or Argo CD say what is applied where: they "
		 "are followed,\n# and what else there is is found. "
		 "`targets:` may name more.\n");
	put_found(out, plan);
}

/* Whether any line speaks of environments. */
static bool has_environments(const struct init_plan *plan)
{
	bool used = !plan->rest && plan->environments.count;
	size_t i;

	if (plan->discover)
		return false;
	for (i = 0; i < plan->families.count; i++)
		used = used || strstr(plan->families.items[i].path, "${env}") ||
		       *plan->families.items[i].values;
	for (i = 0; i < plan->targets.count; i++)
		used = used || (!plan->targets.items[i].family &&
				!init_is_found(plan, &plan->targets.items[i]) &&
				(plan->targets.items[i].values.count ||
				 plan->targets.items[i].environments.count));
	return used;
}

static void put_environments(struct str *out, const struct init_plan *plan)
{
	size_t i;

	if (!has_environments(plan))
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
	str_puts(out, head);
	if (plan->discover) {
		put_discover(out, plan);
	} else {
		put_environments(out, plan);
		put_targets(out, plan);
		if (plan->rest)
			put_rest(out, plan);
	}
	/* What is staged need not be searched for such objects then. */
	if (!plan->discover)
		str_puts(out,
			 "\n# Nothing here says what Flux or Argo CD "
			 "apply; without this line it is\n# looked for and "
			 "followed.\nfollow: false\n");
	str_puts(out, "\n# Where `plimsoll build` writes the bundles.\n");
	str_puts(out, output ? "" : "# ");
	/* What is found belongs to no environment: the default knows that. */
	if (plan->rest || plan->discover)
		str_puts(out, "output: { dir: dist }\n");
	else
		str_printf(out,
			   "output: { dir: dist, path: \"%s${target}.yaml\" "
			   "}\n",
			   plan->environments.count ? "${env}/" : "");
	if (plan->lint)
		put_lint(out, plan);
	else
		str_puts(out, tail);
}
