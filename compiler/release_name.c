#include "compiler/release_name.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"
#include "compiler/options.h"
#include "model/value.h"
#include "templates/template.h"

/* No chart is around this template, so the parser's own words are printed. */
static bool plain_words(struct diag_sink *diags)
{
	static const char around[] = "parse error at (name-template:1): ";
	struct diag *diag = *vec_last(&diags->diags);

	if (diag->native &&
	    strncmp(diag->native, around, sizeof(around) - 1) == 0)
		diag_native(diags, "template: name-template:1: %s",
			    diag->native + sizeof(around) - 1);
	return false;
}

bool release_name(struct arena *arena, struct diag_sink *diags,
		  const char *text, const char **name)
{
	const struct source *source = source_new(
		arena, "name-template", SOURCE_VALUES, text, strlen(text));
	const struct template_options how = { .dialect = TEMPLATE_SPRIG,
					      .environment = options_variable,
					      .keep_no_value = true };
	struct template_set *set = template_set_new(arena, how.dialect);
	struct template_run *run;
	struct str out;

	if (!template_set_add(set, "name-template", source, diags))
		return plain_words(diags);
	run = template_run_new(set, arena, diags, &how);
	str_init(&out, arena);
	if (!template_run(run, "name-template",
			  value_new(arena, VALUE_NULL, NULL), &out))
		return false;
	*name = str_text(&out);
	return true;
}
