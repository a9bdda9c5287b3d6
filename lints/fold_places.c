/*
 * One cause, one finding: causes that are known by their place in a file.
 *
 * A file that does not parse says nothing else, a value that was not set
 * explains what is wrong where it should have been printed, and a secret is
 * reported once, by the rule that knows what becomes of it.
 */
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/table.h"
#include "lints/config.h"
#include "lints/run.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

struct places_said {
	struct lint_run *run;
	struct table broken;  /* names of files that do not parse */
	struct table unset;   /* "file\nline" of actions that printed nothing */
	struct table actions; /* the same, of those alone that are errors */
	struct table secrets; /* "file\noffset" of secrets */
};

static const char *line_of(struct lint_run *run, const struct place *place)
{
	return arena_printf(run->arena, "%s\n%u", place->source->name,
			    source_position(place->source, place->begin).line);
}

static const char *offset_of(struct lint_run *run, const struct place *place)
{
	return arena_printf(run->arena, "%s\n%u", place->source->name,
			    place->begin);
}

static bool is_about_secrets(uint32_t rule)
{
	return rule == LINT_RULE_env_secret_literal ||
	       rule == LINT_RULE_configmap_secret ||
	       rule == LINT_RULE_secret_in_args ||
	       rule == LINT_RULE_exposed_secret;
}

static void note(struct places_said *said, struct lint_finding *finding)
{
	struct lint_run *run = said->run;
	uint32_t rule = finding->rule;
	struct place place;

	if (rule != LINT_RULE_yaml_syntax &&
	    rule != LINT_RULE_template_no_value &&
	    rule != LINT_RULE_values_key_undefined && !is_about_secrets(rule))
		return;
	if (!run->config->settings[rule].on ||
	    !origin_first(&finding->diag->origin, &place))
		return;
	if (rule == LINT_RULE_yaml_syntax)
		table_puts(&said->broken, place.source->name, finding);
	else if (is_about_secrets(rule))
		table_puts(&said->secrets, offset_of(run, &place), finding);
	else
		table_puts(&said->unset, line_of(run, &place), finding);
	if (rule == LINT_RULE_template_no_value)
		table_puts(&said->actions, line_of(run, &place), finding);
}

/*
 * The key of the finding's own field, which is there without a value; or the
 * value.  NULL: the field is not there at all.
 */
static const struct origin *field_of(struct lint_run *run,
				     const struct lint_finding *finding)
{
	const char *path = finding->diag->path;
	const struct value *root, *node;

	if (!finding->object || !path)
		return NULL;
	root = run->bundle->objects.items[finding->object - 1]->root;
	node = value_at(root, path);
	return node ? &node->origin : NULL;
}

static bool is_consequence(struct places_said *said,
			   const struct lint_finding *finding)
{
	const struct origin *field = field_of(said->run, finding);
	struct place place;

	return field && origin_first(field, &place) &&
	       table_gets(&said->unset, line_of(said->run, &place));
}

/* The error at the same action says it; it gets what may have been meant. */
static bool is_printed(struct places_said *said,
		       const struct lint_finding *finding,
		       const struct place *place)
{
	struct lint_finding *error =
		table_gets(&said->actions, line_of(said->run, place));
	struct place at;

	if (!error || !origin_first(&error->diag->origin, &at) ||
	    place->begin < at.begin || place->begin >= at.end)
		return false;
	if (finding->diag->help)
		error->diag->help = finding->diag->help;
	return true;
}

static bool is_said(struct places_said *said, struct lint_finding *finding)
{
	struct lint_run *run = said->run;
	struct place place;

	if (finding->rule == LINT_RULE_yaml_syntax)
		return false;
	if (said->unset.count && finding->object &&
	    is_consequence(said, finding))
		return true;
	if (!origin_first(&finding->diag->origin, &place))
		return false;
	if (said->broken.count && table_gets(&said->broken, place.source->name))
		return true;
	if (finding->rule == LINT_RULE_values_key_undefined)
		return is_printed(said, finding, &place);
	return finding->rule == LINT_RULE_secret_in_values &&
	       table_gets(&said->secrets, offset_of(run, &place));
}

void lint_fold_places(struct lint_run *run)
{
	struct lint_found *found = run->found;
	struct places_said said = { .run = run };
	size_t i;

	table_init(&said.broken, run->arena);
	table_init(&said.unset, run->arena);
	table_init(&said.actions, run->arena);
	table_init(&said.secrets, run->arena);
	for (i = 0; i < found->findings.count; i++)
		note(&said, found->findings.items[i]);
	if (!said.broken.count && !said.unset.count && !said.secrets.count)
		return;
	for (i = 0; i < found->findings.count; i++)
		if (is_said(&said, found->findings.items[i]))
			found->findings.items[i]->folded = true;
}
