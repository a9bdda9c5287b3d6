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
#include "compiler/project/private.h"
#include "compiler/project/scope.h"
#include "model/value.h"

static bool add_path(struct project_loader *loader,
		     const struct project_file *file, const struct value *item,
		     struct project_texts *into)
{
	const char *typed = scope_source_text(item);
	struct project_text text = { path_join(loader->arena, file->dir, typed),
				     item, file };

	if (!path_is_below(text.text, "") || path_is_absolute(typed))
		return diag_error(
			loader->diags, &item->origin,
			"%s leads out of the repository",
			diag_quote(loader->arena, typed, strlen(typed)));
	if (!glob_valid(GLOB_PROJECT, text.text))
		return diag_error(
			loader->diags, &item->origin,
			"%s is no pattern: a \"[\" without \"]\", or "
			"a \"\\\" at the end",
			diag_quote(loader->arena, typed, strlen(typed)));
	if (strcmp(text.text, ".") == 0)
		text.text = "";
	vec_push(loader->arena, into, text);
	return true;
}

/* A name that is not there is a slip; a pattern may match one day. */
static bool is_there(struct project_loader *loader,
		     const struct project_text *text)
{
	struct tree_stat stat;
	enum tree_status status;

	if (glob_is_pattern(text->text))
		return true;
	status = tree_view_stat(loader->view, text->text, &stat);
	return status == TREE_OK ||
	       diag_error(loader->diags, &text->at->origin,
			  "cannot look into %s: %s",
			  tree_view_display(loader->view, text->text),
			  tree_status_text(status));
}

static bool load_paths(struct project_loader *loader,
		       const struct project_file *file,
		       const struct value *discover)
{
	struct project_discover *into = &loader->project->discover;
	const struct value *in = value_get(discover, "in"), *item;
	struct project_text all = { file->dir, discover, file };
	struct project_text restrictor = {
		file->dir, value_get(discover, "loadRestrictor"), file
	};

	into->at = discover;
	list_foreach (item, in)
		if (!add_path(loader, file, item, &into->in) ||
		    !is_there(loader, vec_last(&into->in)))
			return false;
	if (!in)
		vec_push(loader->arena, &into->in, all);
	list_foreach (item, value_get(discover, "exclude"))
		if (!add_path(loader, file, item, &into->exclude))
			return false;
	if (restrictor.at)
		vec_push(loader->arena, &into->restrictors, restrictor);
	return true;
}

bool project_load_discover(struct project_loader *loader,
			   const struct project_file *file)
{
	const struct value *discover = value_get(file->root, "discover");
	const struct value *item;

	list_foreach (item, value_get(file->root, "repository")) {
		struct project_text url = { scope_source_text(item), item,
					    file };

		if (!*url.text)
			return diag_error(loader->diags, &item->origin,
					  "the URL of a repository is empty");
		vec_push(loader->arena, &loader->project->repository, url);
	}
	return !discover || load_paths(loader, file, discover);
}
