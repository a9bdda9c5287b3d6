#include "compiler/baseline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fact.h"
#include "base/file.h"
#include "base/path.h"
#include "base/source.h"
#include "base/str.h"
#include "base/table.h"
#include "base/tree_disk.h"
#include "compiler/audit.h"
#include "compiler/baseline_rows.h"
#include "compiler/git.h"
#include "compiler/report_put.h"
#include "compiler/run.h"
#include "lints/lint.h"
#include "model/json.h"
#include "model/value.h"

enum {
	OTHERS_MAX = 8, /* fingerprints of a row beside its own */
	FEW = 4096      /* findings whose rows are looked for by themselves */
};

static const char default_name[] = "plimsoll-baseline.json";

/*
 * A row of the file: equal findings.  Those folded into them are known by
 * some of theirs, too: the target that was the first may go.
 */
struct known {
	const char *fingerprint;
	VEC(const char *) others;
	const char *rule;
	const char *object;
	const char *file;
	struct origin at;
	size_t count;
	size_t left; /* of them, not seen in this run */
};

struct baseline {
	struct run *run;
	const char *path; /* of the tree */
	bool exists;
	bool ignored;        /* those that are ignored are compared */
	struct table rows;   /* fingerprint to known */
	struct table others; /* that of one folded into a row, to the row */
};

static bool broken(struct baseline *baseline, const struct source *source,
		   size_t at, const char *why)
{
	struct origin place = origin_at(source, at, at);

	diag_error(baseline->run->diags, &place, "the baseline is broken: %s",
		   why);
	diag_help(baseline->run->diags,
		  "plimsoll lint --update-baseline writes it anew");
	return false;
}

static struct known *add(struct baseline *baseline, const char *fingerprint)
{
	struct arena *arena = baseline->run->arena;
	struct known *known = table_gets(&baseline->rows, fingerprint);

	if (known)
		return known;
	known = arena_zalloc(arena, sizeof(*known));
	known->fingerprint = arena_strdup(arena, fingerprint);
	table_puts(&baseline->rows, known->fingerprint, known);
	return known;
}

static void add_other(struct baseline *baseline, struct known *known,
		      const char *fingerprint)
{
	if (strcmp(fingerprint, known->fingerprint) == 0 ||
	    table_gets(&baseline->others, fingerprint))
		return;
	table_puts(&baseline->others, fingerprint, known);
	vec_push(baseline->run->arena, &known->others, fingerprint);
}

static void add_others(struct baseline *baseline, struct known *known,
		       const struct value *list)
{
	const struct value *item;

	list_foreach (item, list)
		if (value_is_string(item))
			add_other(baseline, known, value_string(item));
}

static bool read_rows(struct baseline *baseline, const struct source *source,
		      const struct value *root)
{
	const struct value *rows = value_get(root, "findings"), *row;

	if (!value_equals_int(value_get(root, "version"), 1) ||
	    !value_is_list(rows))
		return broken(baseline, source, 0,
			      "a map with version: 1 and a list of findings "
			      "is needed");
	list_foreach (row, rows) {
		const char *fingerprint =
			value_string(value_get(row, "fingerprint"));
		struct known *known;
		int64_t count = 1;

		if (!fingerprint)
			return broken(baseline, source, 0,
				      "a finding has no fingerprint");
		value_as_int(value_get(row, "count"), &count);
		known = add(baseline, fingerprint);
		known->at = row->origin;
		known->rule = value_string_or(value_get(row, "rule"), "");
		known->object = value_string_or(value_get(row, "object"), "");
		known->file = value_string_or(value_get(row, "file"), "");
		known->count += count > 0 ? (size_t)count : 0;
		known->left = known->count;
		add_others(baseline, known, value_get(row, "others"));
	}
	return true;
}

/* By what any finding may be known; NULL: all rows are needed. */
static const struct table *find_wanted(const struct baseline *baseline)
{
	struct run *run = baseline->run;
	const struct report *report = &run->report;
	struct finding_member member;
	struct table *wanted;
	size_t i, j;

	if (report->findings.count > FEW || run->options->update_baseline ||
	    run->options->prune_baseline || audit_is_full(run))
		return NULL;
	wanted = arena_alloc(run->arena, sizeof(*wanted));
	table_init(wanted, run->arena);
	for (i = 0; i < report->findings.count; i++) {
		const struct finding *finding = report->findings.items[i];

		table_puts(wanted, finding_fingerprint(run->arena, finding),
			   run);
		for (j = 0; finding_member(finding, j, &member); j++)
			table_puts(wanted,
				   finding_member_fingerprint(
					   run->arena, finding, member.diag),
				   run);
	}
	return wanted;
}

/* False: all of it is to be read. */
static bool read_wanted(struct baseline *baseline, const struct source *source)
{
	const struct table *wanted = find_wanted(baseline);
	struct baseline_rows rows;
	size_t i, j;

	if (!wanted ||
	    !baseline_rows_find(baseline->run->arena, source, wanted, &rows))
		return false;
	for (i = 0; i < rows.count; i++) {
		const struct baseline_row *row = &rows.items[i];
		struct known *known = add(baseline, row->fingerprint);

		known->count += row->count;
		known->left = known->count;
		for (j = 0; j < row->others.count; j++)
			add_other(baseline, known, row->others.items[j]);
	}
	return true;
}

/* To unpack what is staged takes longer than to read it where it is. */
static enum tree_status read_text(struct baseline *baseline,
				  struct source **source)
{
	struct run *run = baseline->run;
	struct tree_view *view = &run->view, *disk;
	struct tree *tree = NULL;

	if (run->options->staged &&
	    git_is_same_on_disk(run->git, run->arena, baseline->path))
		tree = tree_disk_open(run->root, run->cwd,
				      run->tree->file_limit);
	if (tree) {
		tree_close_with(tree, run->arena);
		disk = arena_alloc(run->arena, sizeof(*disk));
		tree_view_init(disk, tree, run->arena);
		view = disk;
	}
	return tree_view_read(view, baseline->path, SOURCE_PROJECT, source);
}

static bool load(struct baseline *baseline)
{
	struct run *run = baseline->run;
	struct json_problem problem = { 0 };
	struct source *source;
	struct value *root;
	enum tree_status status = read_text(baseline, &source);

	baseline->exists = status == TREE_OK;
	if (status == TREE_MISSING &&
	    (!run->options->baseline || run->options->update_baseline))
		return true;
	if (status != TREE_OK)
		return diag_error(run->diags, NULL,
				  "the baseline %s cannot be read: %s",
				  tree_view_display(&run->view, baseline->path),
				  tree_status_text(status));
	if (read_wanted(baseline, source))
		return true;
	root = json_read(run->arena, source, 0, source->len, true, &problem);
	if (!root)
		return broken(baseline, source, problem.offset, problem.text);
	return read_rows(baseline, source, root);
}

static bool take(struct known *known)
{
	if (!known || !known->left)
		return false;
	known->left--;
	return true;
}

static bool is_ignored(const struct finding *finding)
{
	return finding->diag->ignored_by != NULL;
}

static bool is_known(void *context, struct finding *finding)
{
	struct baseline *baseline = context;

	if (is_ignored(finding) != baseline->ignored)
		return false;
	finding->fingerprint =
		finding_fingerprint(baseline->run->arena, finding);
	return take(table_gets(&baseline->rows, finding->fingerprint));
}

/* What is one line to edit is known by any of those it is folded from. */
static bool is_known_by_others(void *context, struct finding *finding)
{
	struct baseline *baseline = context;
	struct finding_member member;
	size_t i;

	if (is_ignored(finding) != baseline->ignored)
		return false;
	for (i = 0; finding_member(finding, i, &member); i++) {
		const char *print = finding_member_fingerprint(
			baseline->run->arena, finding, member.diag);

		if ((i && take(table_gets(&baseline->rows, print))) ||
		    take(table_gets(&baseline->others, print)))
			return true;
	}
	return false;
}

static void drop_known(struct baseline *baseline)
{
	if (!baseline->rows.count)
		return;
	report_drop(&baseline->run->report, is_known, baseline);
	report_drop(&baseline->run->report, is_known_by_others, baseline);
	/* Rows that are left may be of what has been ignored since. */
	baseline->ignored = true;
	report_drop(&baseline->run->report, is_known, baseline);
	report_drop(&baseline->run->report, is_known_by_others, baseline);
}

static int compare(const void *a, const void *b)
{
	const struct known *one = *(const struct known *const *)a;
	const struct known *other = *(const struct known *const *)b;
	int order = strcmp(one->file, other->file);

	if (!order)
		order = strcmp(one->rule, other->rule);
	if (!order)
		order = strcmp(one->object, other->object);
	return order ? order : strcmp(one->fingerprint, other->fingerprint);
}

static void put_row(struct str *out, const struct known *known)
{
	size_t i;

	str_puts(out, "  {\"file\": ");
	report_put_json(out, known->file);
	str_puts(out, ", \"rule\": ");
	report_put_json(out, known->rule);
	str_puts(out, ", \"object\": ");
	report_put_json(out, known->object);
	str_puts(out, ", \"fingerprint\": ");
	report_put_json(out, known->fingerprint);
	if (known->count > 1)
		str_printf(out, ", \"count\": %zu", known->count);
	for (i = 0; i < known->others.count; i++) {
		str_puts(out, i ? ", " : ", \"others\": [");
		report_put_json(out, known->others.items[i]);
	}
	str_puts(out, i ? "]}" : "}");
}

/* Where no disk is read nothing is written: the file belongs to it. */
static bool store(struct baseline *baseline)
{
	struct run *run = baseline->run;
	size_t count = 0;
	const struct known **rows = arena_alloc(
		run->arena, (baseline->rows.count + 1) * sizeof(*rows));
	struct str out;
	uint32_t i;

	for (i = 0; i < baseline->rows.count; i++) {
		const struct known *known = baseline->rows.entries[i].value;

		if (known->count)
			rows[count++] = known;
	}
	qsort(rows, count, sizeof(*rows), compare);
	str_init(&out, run->arena);
	str_puts(&out, "{\"version\": 1, \"findings\": [");
	for (i = 0; i < count; i++) {
		str_puts(&out, i ? ",\n" : "\n");
		put_row(&out, rows[i]);
	}
	str_puts(&out, count ? "\n]}\n" : "]}\n");
	if (file_write(run->arena, run->diags,
		       path_join(run->arena, run->root, baseline->path),
		       out.text, out.len) == FILE_FAILED)
		return false;
	if (!run->options->quiet)
		fprintf(stderr, "%s: %zu finding%s\n",
			tree_view_display(&run->view, baseline->path), count,
			count == 1 ? "" : "s");
	return true;
}

/* Some of all that it was folded from: neighbours may go together. */
static void note_others(struct baseline *baseline, struct known *known,
			const struct finding *finding)
{
	struct arena *arena = baseline->run->arena;
	size_t count = finding->others ? finding->others->count : 0, i;
	size_t shown = count < OTHERS_MAX ? count : OTHERS_MAX;

	for (i = 1; i <= shown; i++) {
		size_t at = i * count / shown - 1;

		add_other(baseline, known,
			  finding_member_fingerprint(
				  arena, finding,
				  finding->others->items[at].diag));
	}
}

/* All of today's; then none of them is reported. */
static bool update(struct baseline *baseline)
{
	struct run *run = baseline->run;
	const struct report *report = &run->report;
	size_t i;

	table_init(&baseline->rows, run->arena);
	table_init(&baseline->others, run->arena);
	for (i = 0; i < report->findings.count; i++) {
		const struct finding *finding = report->findings.items[i];
		const struct finding_place *place = report_place(finding);
		const struct diag_object *object = finding->diag->object;
		struct known *known;

		if (is_ignored(finding))
			continue;
		known = add(baseline, finding_fingerprint(run->arena, finding));
		known->rule = finding->diag->rule;
		known->object =
			*object->kind ? arena_printf(run->arena, "%s/%s",
						     object->kind, object->name)
				      : "";
		known->file =
			place ? path_join(run->arena, run->here, place->file)
			      : "";
		known->left = ++known->count;
		note_others(baseline, known, finding);
	}
	return store(baseline);
}

/* Whether this run looked for findings of a rule: --only may leave it out. */
static bool is_judged(const struct run *run, const char *name)
{
	const struct option_texts *only = &run->options->only;
	size_t i, j;

	for (i = 0; i < only->count; i++) {
		const char *word = only->items[i];

		for (; *word; word += strcspn(word, ","), word += *word == ',')
			for (j = 0; lint_rules[j]; j++)
				if (strcmp(lint_rules[j]->name, name) == 0 &&
				    lint_rule_is(
					    lint_rules[j],
					    arena_strndup(run->arena, word,
							  strcspn(word, ","))))
					return true;
	}
	return !only->count;
}

/* Only what was found again stays, and what this run did not judge. */
static bool prune(struct baseline *baseline)
{
	struct run *run = baseline->run;
	uint32_t i;

	if (run->partial)
		return diag_error(run->diags, NULL,
				  "--prune-baseline needs a run of all targets "
				  "and environments: others know too little "
				  "to remove anything");
	for (i = 0; i < baseline->rows.count; i++) {
		struct known *known = baseline->rows.entries[i].value;

		if (is_judged(run, known->rule))
			known->count -= known->left;
	}
	return store(baseline);
}

/* Rows of what is mended: one day they would hide something new. */
static void report_unused(struct baseline *baseline)
{
	struct run *run = baseline->run;
	struct fact_log facts;
	uint32_t i;

	if (!audit_is_full(run) || run->options->profile)
		return;
	for (i = 0; i < run->jobs.count; i++)
		if (run->jobs.items[i]->failed)
			return;
	fact_log_init(&facts, run->arena);
	for (i = 0; i < baseline->rows.count; i++) {
		const struct known *known = baseline->rows.entries[i].value;

		if (!known->left || !is_judged(run, known->rule))
			continue;
		fact_add(&facts, FACT_IGNORE_UNUSED, &known->at,
			 "the baseline's %s%s%s matches nothing", known->rule,
			 *known->object ? " of " : "", known->object);
		vec_last(&facts.facts)->help =
			"plimsoll lint --prune-baseline removes it";
	}
	audit_report(run, &facts);
}

static bool locate(struct baseline *baseline)
{
	struct run *run = baseline->run;
	const char *word = run->options->baseline;

	if (!word) {
		baseline->path =
			path_join(run->arena, run->project->dir, default_name);
		return true;
	}
	return run_locate(run, word, &baseline->path) == TREE_OK ||
	       diag_error(run->diags, NULL,
			  "the baseline %s leads out of the project", word);
}

bool baseline_apply(struct run *run)
{
	const struct run_options *options = run->options;
	struct baseline baseline = { .run = run };

	if (options->baseline && strcmp(options->baseline, "none") == 0)
		return true;
	if ((options->update_baseline || options->prune_baseline) &&
	    !run->on_disk)
		return diag_error(run->diags, NULL,
				  "the baseline is written for the work tree; "
				  "--staged and --at read another state");
	if ((options->update_baseline || options->prune_baseline) &&
	    options->shard)
		return diag_error(run->diags, NULL,
				  "the baseline is one file for all targets; "
				  "--shard leaves some of them out");
	table_init(&baseline.rows, run->arena);
	table_init(&baseline.others, run->arena);
	if (!locate(&baseline) || !load(&baseline) ||
	    (options->update_baseline && !update(&baseline)))
		return false;
	drop_known(&baseline);
	if (options->prune_baseline && !options->update_baseline)
		return prune(&baseline);
	report_unused(&baseline);
	return true;
}
