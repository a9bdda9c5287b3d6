/*
 * Files and folders that a kustomization names, under Kustomize's own rules:
 * a file lies in or below the folder of the kustomization (unless the load
 * restrictor is off), a folder may lie anywhere but on the chain to itself.
 */
#ifndef OVERLAYS_LOAD_H
#define OVERLAYS_LOAD_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/source.h"

struct origin;
struct layer;
struct overlay_run;
struct value;

enum load_kind {
	LOAD_FILE,
	LOAD_DIR,
	LOAD_MISSING,
	LOAD_REMOTE, /* an address of git or http */
};

/* What a name in the current kustomization stands for. */
enum load_kind load_kind_of(struct overlay_run *run, const char *name);

/* The path of the view for a name. */
const char *load_path(struct overlay_run *run, const char *name);

/* Read a file; `at` is the entry that names it. */
MUST_USE bool load_file(struct overlay_run *run, const char *name,
			const struct origin *at, enum source_role role,
			struct source **source);

/*
 * Read the file that the string `entry` names as one document of YAML;
 * `json_numbers` as in model/yaml_read.h.
 */
MUST_USE bool load_document(struct overlay_run *run, const struct value *entry,
			    bool json_numbers, const struct value **document);

/*
 * The real path of a folder named by the current kustomization.  The native
 * texts are those of a loader that is given a new root.
 */
MUST_USE bool load_dir(struct overlay_run *run, const char *name,
		       const struct origin *at, const char **dir);

/* "evalsymlink failure on 'PATH' : lstat PART: no such file or directory" */
const char *load_missing_text(struct overlay_run *run, const char *path);

/* An address that Kustomize would fetch. */
bool load_is_http(const char *name);
bool load_is_remote(const char *name); /* or of git */

/*
 * Open the repository that an address names: `layer` gets its view and root.
 * Where nobody can, and in a cycle of addresses, that is reported.
 */
MUST_USE bool load_repository(struct overlay_run *run, const char *name,
			      const struct origin *at, struct layer *layer);

/* Report a remote input; `remedy` is for bases if it is NULL. */
MUST_USE bool load_refuse_remote(struct overlay_run *run, const char *name,
				 const char *remedy, const struct origin *at);

#endif
