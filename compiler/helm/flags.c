/*
 * Flags of several verbs that are about repositories.  Nothing is fetched, so
 * most of them have nothing to say; what demands a proof is refused rather
 * than passed over.
 */
#include "compiler/helm.h"

#define FIELD(x) offsetof(struct helm_remote, x)

const struct option helm_transfer_options[] = {
	{ .name = "ca-file", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = "cert-file", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = "insecure-skip-tls-verify",
	  .kind = OPTION_NOTED,
	  .hidden = true },
	{ .name = "key-file", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = "keyring", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = "password", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = "plain-http", .kind = OPTION_NOTED, .hidden = true },
	{ .name = "username", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = NULL }
};

const struct option helm_remote_options[] = {
	{ .name = "devel", .kind = OPTION_NOTED, .hidden = true },
	{ .name = "pass-credentials", .kind = OPTION_NOTED, .hidden = true },
	{ .name = "repo",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(repo),
	  .hidden = true },
	{ .name = "verify",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(verify),
	  .hidden = true },
	{ .name = "version", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = NULL }
};

bool helm_refuse_verify(struct helm *helm, const char *path)
{
	struct tree_stat stat;

	if (tree_view_stat(&helm->view, path, &stat) == TREE_OK &&
	    stat.kind == TREE_DIR)
		return helm_fail(helm, "unpacked charts cannot be verified");
	return helm_fail(helm, "provenance files are not verified here; "
			       "`helm verify` does it");
}
