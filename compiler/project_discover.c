/*
 * `discover:` and `repository:`: what is to be found beside the targets, and
 * which URLs mean the tree it is found in.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/tree.h"
#include "compiler/project.h"
#include "compiler/project_parts.h"
#include "compiler/scope.h"
#include "model/value.h"

static bool add_path(struct project *project, struct diag_sink *diags,
		     const struct value *item, struct project_texts *into)
{
	const char *typed = scope_source_text(item);
	struct project_text text = {
		path_join(project->arena, project->dir, typed), item
	};

	if (!path_is_below(text.text, "") || path_is_absolute(typed))
		return diag_error(diags, &item->origin,
				  "%s leads out of the repository",
				  diag_quote(diags->arena, typed,
					     strlen(typed)));
	if (!glob_valid(GLOB_PROJECT, text.text))
		return diag_error(diags, &item->origin,
				  "%s is no pattern: a \"[\" without \"]\", or "
				  "a \"\\\" at the end",
				  diag_quote(diags->arena, typed,
					     strlen(typed)));
	if (strcmp(text.text, ".") == 0)
		text.text = "";
	vec_push(project->arena, into, text);
	return true;
}

/* A name that is not there is a slip; a pattern may match one day. */
static bool is_there(struct diag_sink *diags, struct tree_view *view,
		     const struct project_text *text)
{
	struct tree_stat stat;
	enum tree_status status;

	if (glob_is_pattern(text->text))
		return true;
	status = tree_view_stat(view, text->text, &stat);
	return status == TREE_OK ||
	       diag_error(diags, &text->at->origin, "cannot look into %s: %s",
			  tree_view_display(view, text->text),
			  tree_status_text(status));
}

static bool load_paths(struct project *project, struct diag_sink *diags,
		       struct tree_view *view, const struct value *discover)
{
	struct project_discover *into = &project->discover;
	const struct value *in = value_get(discover, "in"), *item;
	struct project_text all = { project->dir, discover };

	into->at = discover;
	list_foreach (item, in)
		if (!add_path(project, diags, item, &into->in) ||
		    !is_there(diags, view, vec_last(&into->in)))
			return false;
	if (!in)
		vec_push(project->arena, &into->in, all);
	list_foreach (item, value_get(discover, "exclude"))
		if (!add_path(project, diags, item, &into->exclude))
			return false;
	return true;
}

bool project_load_discover(struct project *project, struct diag_sink *diags,
			   struct tree_view *view)
{
	const struct value *discover = value_get(project->root, "discover");
	const struct value *item;

	list_foreach (item, value_get(project->root, "repository")) {
		struct project_text url = { scope_source_text(item), item };

		if (!*url.text)
			return diag_error(diags, &item->origin,
					  "the URL of a repository is empty");
		vec_push(project->arena, &project->repository, url);
	}
	return !discover || load_paths(project, diags, view, discover);
}
