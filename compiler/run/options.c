#include "compiler/run/options.h"

#include <stddef.h>

#define FIELD(x) offsetof(struct run_options, x)

const struct option run_options_what[] = {
	{ .name = "env",
	  .letter = 'e',
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(env),
	  .value = "ENV",
	  .help = "Only these environments; repeatable, a pattern. Default: "
		  "all." },
	{ .name = "output",
	  .letter = 'o',
	  .kind = OPTION_TEXT,
	  .offset = FIELD(output),
	  .value = "DIR",
	  .help = "Folder to write bundles to." },
	{ .name = "namespace",
	  .letter = 'n',
	  .kind = OPTION_TEXT,
	  .offset = FIELD(name_space),
	  .value = "NS",
	  .help = "Namespace of plain inputs that name none." },
	{ .name = "stdin-filename",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(stdin_filename),
	  .value = "FILE",
	  .help = "What to call standard input in findings." },
	{ .name = "root",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(root),
	  .value = "DIR",
	  .help = "Nothing outside this folder is read. Default: the Git "
		  "work tree, else the project's folder." },
	{ .name = "config",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(config),
	  .value = "FILE",
	  .help = "The project file. Default: plimsoll.yaml here or above." },
	{ .name = "isolated",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(isolated),
	  .help = "Do not look for a project file." },
	{ .name = NULL },
};

const struct option run_options_shard[] = {
	{ .name = "shard",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(shard),
	  .value = "I/N",
	  .help = "Only the I-th of N parts of the targets; auto: as the "
		  "variables of the CI system say; auto/N where they do not "
		  "say N." },
	{ .name = NULL },
};

const struct option run_options_git[] = {
	{ .name = "staged",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(staged),
	  .help = "Read what is staged instead of the work tree, and do what "
		  "it affects." },
	{ .name = "at",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(at),
	  .value = "REV",
	  .help = "Read a revision instead of the work tree; nothing is "
		  "checked out." },
	{ .name = "new-from",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(new_from),
	  .value = "REV",
	  .help = "Only findings that were not there at REV." },
	{ .name = "new-from-merge-base",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(new_from_merge_base),
	  .value = "BRANCH",
	  .help = "Only findings that came since this line of work left "
		  "BRANCH." },
	{ .name = NULL },
};

const struct option run_options_checks[] = {
	{ .name = "kubernetes",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(kubernetes),
	  .value = "VERSIONS",
	  .help = "Versions to check against: 1.32, 1.31,1.33 or "
		  "1.30..1.33. The first renders. Schemas begin with 1.22; "
		  "before that only API versions are judged." },
	{ .name = "format",
	  .letter = 'f',
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(format),
	  .value = "FORMAT",
	  .help = "human (default), line, json, sarif, junit, checkstyle, "
		  "github, gitlab, azure, rdjson, tap or markdown; "
		  "FORMAT=FILE writes to a file. Repeatable.",
	  .words =
#define FORMAT(x) #x " "
#include "compiler/formats.def"
#undef FORMAT
	},
	{ .name = "fail-on",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(fail_on),
	  .value = "SEVERITY",
	  .help = "error, warning, info or never: from where on the exit "
		  "status is 1.",
	  .words = "error warning info never" },
	{ .name = "profile",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(profile),
	  .value = "PROFILE",
	  .help = "Set of rules to begin with." },
	{ .name = "pss-version",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(pss_version),
	  .value = "VERSION",
	  .help = "Version of the Pod Security Standards: 1.31 or latest. "
		  "Default: that of --kubernetes." },
	{ .name = "only",
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(only),
	  .value = "RULES",
	  .help = "Only these rules: ids or codes, separated by commas." },
	{ .name = "require-schemas",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(require_schemas),
	  .help = "An object without a schema is an error." },
	{ .name = "max-diagnostics",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(max_diagnostics),
	  .value = "N",
	  .help = "Blocks shown of one rule, 20 by default; none: all." },
	{ .name = "baseline",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(baseline),
	  .value = "FILE",
	  .help = "Findings that are known and not shown. Default: "
		  "plimsoll-baseline.json beside the project; none: no file." },
	{ .name = "update-baseline",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(update_baseline),
	  .help = "Write all findings of this run to the baseline." },
	{ .name = "prune-baseline",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(prune_baseline),
	  .help = "Remove from the baseline what was not found any more." },
	{ .name = "show-ignored",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(show_ignored),
	  .help = "Also findings that are ignored, with the reason." },
	{ .name = "show-skipped",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(show_skipped),
	  .help = "List the files that were not linted." },
	{ .name = NULL },
};

const struct option run_options_rendering[] = {
	{ .name = "var",
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(var),
	  .value = "NAME=VALUE",
	  .help = "Set a variable of the project. Repeatable." },
	{ .name = "compat",
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(compat),
	  .value = "LIST",
	  .help = "helm3 (default) or helm4; kustomize-5.8.2 (default), "
		  "kustomize-5.8.1 or kustomize-5.5.",
	  .words = "helm3 helm4 kustomize-5.8.2 kustomize-5.8.1 "
		   "kustomize-5.5" },
	{ .name = "seed",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(seed),
	  .value = "N",
	  .help = "Makes random functions of templates repeatable." },
	{ .name = "strict-values",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(strict_values),
	  .help = "A template that reads what nothing sets is an error." },
	{ .name = "allow-empty",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(allow_empty),
	  .help = "A target without objects is no error." },
	{ .name = "limit",
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(limit),
	  .value = "NAME=N",
	  .help = "Raise a limit, e.g. --limit time=300. Repeatable." },
	{ .name = NULL },
};

const struct option run_options_run[] = {
	{ .name = "jobs",
	  .letter = 'j',
	  .kind = OPTION_NUMBER,
	  .offset = FIELD(jobs),
	  .value = "N",
	  .help = "Threads. Default: the processors there are." },
	{ .name = "color",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(color),
	  .value = "WHEN",
	  .help = "auto, always or never.",
	  .words = "auto always never" },
	{ .name = "verbose",
	  .letter = 'v',
	  .kind = OPTION_FLAG,
	  .offset = FIELD(verbose),
	  .help = "Say more on standard error." },
	{ .name = "quiet",
	  .letter = 'q',
	  .kind = OPTION_FLAG,
	  .offset = FIELD(quiet),
	  .help = "Only errors on standard error." },
	{ .name = "trace",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(trace),
	  .help = "Print each stage with its time and objects." },
	{ .name = "stop-after",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(stop_after),
	  .value = "STAGE",
	  .help = "Print what flows after load, render, overlay, substitute "
		  "or check.",
	  .words =
#define STAGE(x) #x " "
#include "compiler/stages.def"
#undef STAGE
	},
	{ .name = NULL },
};
