/*
 * What the files that load a project share; nobody else includes this.
 */
#ifndef COMPILER_PROJECT_PRIVATE_H
#define COMPILER_PROJECT_PRIVATE_H

#include <stdbool.h>

#include "base/attr.h"
#include "compiler/project.h"
#include "compiler/project/path_pattern.h"

struct diag_sink;
struct tree_view;
struct value_entry;

/* A project that is being loaded. */
struct project_loader {
	struct project *project;
	struct arena *arena;
	struct diag_sink *diags;
	struct tree_view *view;
	const struct project_given *given;
	struct path_index index; /* for patterns of all kinds */
};

/* project.c: a value that stands for the place of a key. */
struct value *project_key_place(struct arena *arena,
				const struct value_entry *entry);

/* The file's tree, its keys checked; NULL: reported. */
MUST_USE struct value *project_read(struct arena *arena,
				    struct diag_sink *diags,
				    const struct source *source);

/* Note the names of `vars:`. */
MUST_USE bool project_declare(struct project_file *file,
			      struct diag_sink *diags,
			      const struct value *vars);

/* Whether a variable of this name may be used in the file. */
bool project_declares(const struct project_file *file, const char *name,
		      size_t len);

/* A file more of the project, with nothing in it yet. */
struct project_file *project_add_file(struct project *project, const char *dir);

/* What a file says whose tree has been read, and its members. */
MUST_USE bool project_load_file(struct project_loader *loader,
				struct project_file *file);

/* include.c: the files that `include:` names, and theirs. */
MUST_USE bool project_load_members(struct project_loader *loader,
				   struct project_file *file);

/* environments.c: `environments:`, with what the file inherits. */
MUST_USE bool project_load_environments(struct project_loader *loader,
					struct project_file *file);

/* Report a name that none of them has, with the nearest; false. */
bool project_no_environment(struct diag_sink *diags,
			    const struct environments *known,
			    const struct value *at);

/* targets.c: `targets:`. */
MUST_USE bool project_load_targets(struct project_loader *loader,
				   const struct project_file *file);

/* A target of this name; false: there is one already, both are reported. */
MUST_USE bool project_add_target(struct project_loader *loader,
				 struct target *target);

/* family.c: a target whose name captures becomes the members it has. */
MUST_USE bool project_load_family(struct project_loader *loader,
				  const struct target *family);

/* discover.c: `discover:` and `repository:`. */
MUST_USE bool project_load_discover(struct project_loader *loader,
				    const struct project_file *file);

#endif
