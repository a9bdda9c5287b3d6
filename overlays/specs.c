#include "overlays/specs.h"

#include <string.h>

#include "base/arena.h"
#include "overlays/node.h"
#include "overlays/run.h"
#include "overlays/sort.h"

/* Nearly all are the built-in ones, which a run has once. */
struct specs {
	bool is_builtin; /* just those; the lists are empty */
	bool has_own;    /* anything that is not built in */
	struct fieldspecs tables[SPECS_TABLES];
	struct name_targets targets;
};

static const char *const table_names[SPECS_TABLES] = {
	[SPECS_NAME_PREFIX] = "namePrefix",
	[SPECS_NAME_SUFFIX] = "nameSuffix",
	[SPECS_NAMESPACE] = "namespace",
	[SPECS_COMMON_LABELS] = "commonLabels",
	[SPECS_LABELS] = "labels",
	[SPECS_TEMPLATE_LABELS] = "templateLabels",
	[SPECS_CLAIM_LABELS] = "volumeClaimTemplateLabels",
	[SPECS_COMMON_ANNOTATIONS] = "commonAnnotations",
	[SPECS_VAR_REFERENCE] = "varReference",
	[SPECS_IMAGES] = "images",
	[SPECS_REPLICAS] = "replicas",
};

/*
 * Tables hold their texts, as pointers to them would have to be set each time
 * the program starts.
 */
struct spec_row {
	enum specs_table table;
	char group[24];
	char version[4];
	char kind[28];
	char path[136];
	bool create;
};

#define SPEC(table, in, of, named, at, create)                                 \
	HOLDS(struct spec_row, group, in);                                     \
	HOLDS(struct spec_row, version, of);                                   \
	HOLDS(struct spec_row, kind, named);                                   \
	HOLDS(struct spec_row, path, at);
#include "overlays/fieldspecs.def"
#undef SPEC

static const struct spec_row spec_rows[] = {
#define SPEC(table, group, version, kind, path, create)                        \
	{ SPECS_##table, group, version, kind, path, create },
#include "overlays/fieldspecs.def"
#undef SPEC
};

/* A target's row, then those of its referrers. */
struct reference_row {
	bool target;
	char group[32];
	char version[4];
	char kind[36];
	char path[88];
};

#define TARGET(in, of, named)                                                  \
	HOLDS(struct reference_row, group, in);                                \
	HOLDS(struct reference_row, version, of);                              \
	HOLDS(struct reference_row, kind, named);
#define REFERRER(in, of, named, at)                                            \
	TARGET(in, of, named)                                                  \
	HOLDS(struct reference_row, path, at);
#include "overlays/namerefs.def"
#undef TARGET
#undef REFERRER

static const struct reference_row reference_rows[] = {
#define TARGET(group, version, kind) { true, group, version, kind, "" },
#define REFERRER(group, version, kind, path)                                   \
	{ false, group, version, kind, path },
#include "overlays/namerefs.def"
#undef TARGET
#undef REFERRER
};

/* A built-in spec with room for the parts of its path. */
struct builtin {
	struct fieldspec spec;
	struct fieldspec_parts parts;
};

static const struct fieldspec *builtin(struct builtin *row, const char *group,
				       const char *version, const char *kind,
				       const char *path)
{
	struct fieldspec *spec = &row->spec;

	spec->group = group;
	spec->version = version;
	spec->kind = kind;
	spec->path = path;
	spec->builtin = true;
	spec->parts = &row->parts;
	return spec;
}

static const struct fieldspec *builtin_field(struct builtin *row,
					     const struct spec_row *from)
{
	row->spec.create = from->create;
	return builtin(row, from->group, from->version, from->kind, from->path);
}

/* Rows that a release to imitate does not have. */
static bool is_absent(const struct overlay_run *run, const struct spec_row *row)
{
	if (row->table != SPECS_IMAGES || !strstr(row->path, "volumes[]"))
		return false;
	if (run->options->compat == OVERLAY_5_8_1)
		return strstr(row->path, "jobTemplate") != NULL;
	return run->options->compat == OVERLAY_5_5;
}

/* Up to 5.8.1 the templates of claims are labelled with the others. */
static void adjust(struct overlay_run *run, struct specs *specs)
{
	struct fieldspecs *claims = &specs->tables[SPECS_CLAIM_LABELS];

	if (run->options->compat == OVERLAY_5_8_2)
		return;
	vec_push(run->arena, &specs->tables[SPECS_TEMPLATE_LABELS],
		 claims->items[0]);
	claims->count = 0;
}

static void add_builtin_target(struct overlay_run *run, struct specs *specs,
			       const struct reference_row *row)
{
	struct name_target *target = arena_zalloc(run->arena, sizeof(*target));

	target->group = row->group;
	target->version = row->version;
	target->kind = row->kind;
	vec_push(run->arena, &specs->targets, target);
}

static struct specs *builtin_specs(struct overlay_run *run)
{
	const size_t count =
		ARRAY_COUNT(spec_rows) + ARRAY_COUNT(reference_rows);
	struct specs *specs = arena_zalloc(run->arena, sizeof(*specs));
	struct builtin *rows = arena_zalloc(run->arena, count * sizeof(*rows));
	size_t i;

	for (i = 0; i < ARRAY_COUNT(spec_rows); i++)
		if (!is_absent(run, &spec_rows[i]))
			vec_push(run->arena, &specs->tables[spec_rows[i].table],
				 builtin_field(rows++, &spec_rows[i]));
	for (i = 0; i < ARRAY_COUNT(reference_rows); i++) {
		const struct reference_row *row = &reference_rows[i];

		if (row->target)
			add_builtin_target(run, specs, row);
		else
			vec_push(run->arena,
				 &(*vec_last(&specs->targets))->referrers,
				 builtin(rows++, row->group, row->version,
					 row->kind, row->path));
	}
	adjust(run, specs);
	return specs;
}

static const struct specs *builtin_of(struct overlay_run *run)
{
	if (!run->builtin)
		run->builtin = builtin_specs(run);
	return run->builtin;
}

/* Rows are shared, lists are not: bases must not see what overlays add. */
static void copy_rows(struct overlay_run *run, struct fieldspecs *to,
		      const struct fieldspecs *from)
{
	size_t i;

	vec_reserve(run->arena, to, from->count + 1);
	for (i = 0; i < from->count; i++)
		to->items[to->count++] = from->items[i];
}

struct specs *specs_new(struct overlay_run *run)
{
	return arena_zalloc(run->arena, sizeof(struct specs));
}

struct specs *specs_builtin(struct overlay_run *run)
{
	struct specs *specs = specs_new(run);

	specs->is_builtin = true;
	return specs;
}

/* Before anything is added beside the built-in ones. */
static void own(struct overlay_run *run, struct specs *specs)
{
	const struct specs *from;
	size_t i;

	if (!specs->is_builtin)
		return;
	specs->is_builtin = false;
	from = builtin_of(run);

	for (i = 0; i < SPECS_TABLES; i++)
		copy_rows(run, &specs->tables[i], &from->tables[i]);
	for (i = 0; i < from->targets.count; i++) {
		struct name_target *target =
			arena_zalloc(run->arena, sizeof(*target));

		*target = *from->targets.items[i];
		memset(&target->referrers, 0, sizeof(target->referrers));
		copy_rows(run, &target->referrers,
			  &from->targets.items[i]->referrers);
		vec_push(run->arena, &specs->targets, target);
	}
}

static bool conflict(struct overlay_run *run, const char *table,
		     const struct fieldspec *spec)
{
	const char *word =
		strcmp(table, "namespace") == 0 ? "nameSpace" : table;

	return overlay_fail(
		run, spec->at,
		overlay_text(run,
			     "failed to merge %c%s fieldSpec: conflicting "
			     "fieldspecs",
			     *word - 'a' + 'A', word + 1),
		"the field spec \"%s\" of %s is there with another `create`",
		spec->path, table);
}

bool specs_add(struct overlay_run *run, struct specs *specs,
	       enum specs_table table, const struct fieldspec *spec)
{
	own(run, specs);
	if (!fieldspecs_add(run, &specs->tables[table], spec))
		return conflict(run, table_names[table], spec);
	specs->has_own = true;
	return true;
}

const struct fieldspecs *specs_table(struct overlay_run *run,
				     const struct specs *specs,
				     enum specs_table table)
{
	if (specs->is_builtin)
		specs = builtin_of(run);
	return &specs->tables[table];
}

const struct name_targets *specs_targets(struct overlay_run *run,
					 const struct specs *specs)
{
	if (specs->is_builtin)
		specs = builtin_of(run);
	return &specs->targets;
}

static struct name_target *find_target(const struct specs *specs,
				       const struct name_target *target)
{
	size_t i;

	for (i = 0; i < specs->targets.count; i++) {
		struct name_target *other = specs->targets.items[i];

		if (strcmp(other->kind, target->kind) == 0 &&
		    strcmp(other->group, target->group) == 0 &&
		    strcmp(other->version, target->version) == 0)
			return other;
	}
	return NULL;
}

static struct name_target *add_target(struct overlay_run *run,
				      struct specs *specs,
				      const struct name_target *target)
{
	struct name_target *known;

	own(run, specs);
	specs->has_own = true;
	known = find_target(specs, target);
	if (known)
		return known;
	known = arena_zalloc(run->arena, sizeof(*known));
	known->group = target->group;
	known->version = target->version;
	known->kind = target->kind;
	vec_push(run->arena, &specs->targets, known);
	return known;
}

static bool add_referrer(struct overlay_run *run, struct name_target *target,
			 const struct fieldspec *spec)
{
	return fieldspecs_add(run, &target->referrers, spec) ||
	       conflict(run, "nameReference", spec);
}

/* A target that is new takes what it brings as it is. */
bool specs_add_referrer(struct overlay_run *run, struct specs *specs,
			const struct name_target *target,
			const struct fieldspec *spec)
{
	return add_referrer(run, add_target(run, specs, target), spec);
}

/*
 * Whether the row itself is in the list, as most are: both have the built-in
 * ones, in the same order.  `*from` is where to look.
 */
static bool has_row(const struct fieldspecs *list, const struct fieldspec *row,
		    size_t *from)
{
	size_t i;

	for (i = *from; i < list->count; i++)
		if (list->items[i] == row) {
			*from = i + 1;
			return true;
		}
	return false;
}

/* What a target that is new brings is taken as it is. */
static bool merge_target(struct overlay_run *run, struct specs *specs,
			 const struct name_target *target)
{
	struct name_target *known = find_target(specs, target);
	size_t i, at = 0;

	if (!known) {
		known = add_target(run, specs, target);
		copy_rows(run, &known->referrers, &target->referrers);
		return true;
	}
	for (i = 0; i < target->referrers.count; i++) {
		const struct fieldspec *row = target->referrers.items[i];

		if (!has_row(&known->referrers, row, &at) &&
		    !add_referrer(run, known, row))
			return false;
	}
	return true;
}

static bool merge_table(struct overlay_run *run, struct specs *specs,
			enum specs_table table, const struct fieldspecs *from)
{
	size_t i, at = 0;

	for (i = 0; i < from->count; i++)
		if (!has_row(&specs->tables[table], from->items[i], &at) &&
		    !specs_add(run, specs, table, from->items[i]))
			return false;
	return true;
}

/* The byte at `at` of group, version and kind as Kustomize joins them. */
static unsigned char joined_byte(const char *const parts[3], size_t at)
{
	static const char *const blanks[] = { "~G", "~V", "~K" };
	size_t i, len;

	for (i = 0; i < 3; i++) {
		const char *part = *parts[i] ? parts[i] : blanks[i];

		len = strlen(part);
		if (at < len)
			return (unsigned char)part[at];
		at -= len;
		if (!at)
			return i < 2 ? '_' : '\0';
		at--;
	}
	return '\0';
}

static bool is_before(const char *const one[3], const char *const two[3])
{
	int rank = sort_rank(one[2]), other = sort_rank(two[2]);
	unsigned char a, b;
	size_t i = 0;

	if (rank != other)
		return rank < other;
	do {
		a = joined_byte(one, i);
		b = joined_byte(two, i);
		i++;
	} while (a && a == b);
	return a < b;
}

static bool row_before(const struct fieldspec *one, const struct fieldspec *two)
{
	const char *const a[] = { one->group, one->version, one->kind };
	const char *const b[] = { two->group, two->version, two->kind };

	return is_before(a, b);
}

static bool target_before(const struct name_target *one,
			  const struct name_target *two)
{
	const char *const a[] = { one->group, one->version, one->kind };
	const char *const b[] = { two->group, two->version, two->kind };

	return is_before(a, b);
}

/* The lists are short and nearly sorted. */
static void sort_rows(struct fieldspecs *list)
{
	size_t i, j;

	for (i = 1; i < list->count; i++) {
		const struct fieldspec *row = list->items[i];

		for (j = i; j && row_before(row, list->items[j - 1]); j--)
			list->items[j] = list->items[j - 1];
		list->items[j] = row;
	}
}

static void sort(struct specs *specs)
{
	struct name_targets *targets = &specs->targets;
	size_t i, j;

	for (i = 0; i < SPECS_TABLES; i++)
		sort_rows(&specs->tables[i]);
	for (i = 1; i < targets->count; i++) {
		struct name_target *target = targets->items[i];

		for (j = i; j && target_before(target, targets->items[j - 1]);
		     j--)
			targets->items[j] = targets->items[j - 1];
		targets->items[j] = target;
	}
}

static bool merge_all(struct overlay_run *run, struct specs *specs,
		      const struct specs *from)
{
	size_t i;

	own(run, specs);
	specs->has_own = true;
	if (from->is_builtin)
		from = builtin_of(run);
	for (i = 0; i < SPECS_TABLES; i++)
		if (!merge_table(run, specs, (enum specs_table)i,
				 &from->tables[i]))
			return false;
	for (i = 0; i < from->targets.count; i++)
		if (!merge_target(run, specs, from->targets.items[i]))
			return false;
	sort(specs);
	return true;
}

static bool is_empty(const struct specs *specs)
{
	return !specs->has_own && !specs->is_builtin;
}

bool specs_merge(struct overlay_run *run, struct specs *specs,
		 const struct specs *from)
{
	if (from->has_own || (specs->has_own && !is_empty(from)))
		return merge_all(run, specs, from);
	specs->is_builtin = specs->is_builtin || from->is_builtin;
	return true;
}

static void read_rows(struct overlay_run *run, const struct value *from,
		      struct fieldspecs *rows)
{
	const struct value *spec;

	list_foreach (spec, from)
		vec_push(run->arena, rows, fieldspec_read(run, spec));
}

static void read_references(struct overlay_run *run, const struct value *from,
			    struct name_targets *targets)
{
	const struct value *reference;

	list_foreach (reference, from) {
		struct name_target *target =
			arena_zalloc(run->arena, sizeof(*target));

		target->group = node_member(run->arena, reference, "group");
		target->version = node_member(run->arena, reference, "version");
		target->kind = node_member(run->arena, reference, "kind");
		read_rows(run, value_get(reference, "fieldSpecs"),
			  &target->referrers);
		vec_push(run->arena, targets, target);
	}
}

bool specs_configure(struct overlay_run *run, struct specs *specs,
		     const struct value *configuration)
{
	struct specs *file = specs_new(run);
	size_t i;

	file->has_own = true;
	for (i = 0; i < SPECS_TABLES; i++)
		read_rows(run, value_get(configuration, table_names[i]),
			  &file->tables[i]);
	read_references(run, value_get(configuration, "nameReference"),
			&file->targets);
	sort(file);
	return specs_merge(run, specs, file);
}
