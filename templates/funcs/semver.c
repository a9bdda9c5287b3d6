/*
 * Versions as objects with methods, and constraints on them.
 */
#include "templates/semver.h"

#include <string.h>

#include "base/arena.h"
#include "model/json.h"
#include "templates/func.h"
#include "templates/object.h"

static const struct object_class version_class;
static const struct object_class bare_version_class;

static const struct semver *version_of(const struct value *value)
{
	return value->data;
}

static const struct semver *receiver(const struct call *call)
{
	return version_of(call->receiver);
}

static void version_print(struct str *out, const struct value *value)
{
	semver_put(out, version_of(value));
}

static const struct object_part *version_parts(struct arena *arena,
					       const struct value *object)
{
	const struct semver *version = version_of(object);
	const uint64_t numbers[] = { version->major, version->minor,
				     version->patch };
	const char *const texts[] = { version->pre, version->metadata,
				      version->original };
	static const char *const names[] = { "major", "minor",    "patch",
					     "pre",   "metadata", "original" };
	struct object_part *parts = arena_zalloc(arena, 7 * sizeof(*parts));
	struct value *value;
	size_t i;

	for (i = 0; i < 6; i++) {
		if (i < 3) {
			value = value_new(arena, VALUE_UINT, NULL);
			value->natural = numbers[i];
		} else {
			value = value_new_cstring(arena, NULL, texts[i - 3]);
		}
		parts[i].name = names[i];
		parts[i].value = value;
	}
	return parts;
}

static bool version_json(struct str *out, const struct value *value,
			 const char **error)
{
	struct str text;

	(void)error;
	str_init(&text, out->arena);
	semver_put(&text, version_of(value));
	json_write_string(out, text.text, text.len, false);
	return true;
}

static const struct value *give(struct call *call,
				const struct object_class *class,
				const struct semver *version)
{
	struct semver *copy = arena_alloc(call->arena, sizeof(*copy));
	struct value *value = object_wrap(call->arena, class, copy);

	*copy = *version;
	value->origin = call->origin;
	return value;
}

static const struct value *give_number(struct call *call, uint64_t number)
{
	struct value *value = value_new(call->arena, VALUE_UINT, &call->origin);

	value->natural = number;
	return value;
}

static const struct value *give_word(struct call *call, const char *word)
{
	return call_give_opaque(call, word, strlen(word));
}

static const struct value *fn_major(struct call *call)
{
	return give_number(call, receiver(call)->major);
}

static const struct value *fn_minor(struct call *call)
{
	return give_number(call, receiver(call)->minor);
}

static const struct value *fn_patch(struct call *call)
{
	return give_number(call, receiver(call)->patch);
}

static const struct value *fn_prerelease(struct call *call)
{
	return give_word(call, receiver(call)->pre);
}

static const struct value *fn_metadata(struct call *call)
{
	return give_word(call, receiver(call)->metadata);
}

static const struct value *fn_original(struct call *call)
{
	return give_word(call, receiver(call)->original);
}

static const struct value *fn_string(struct call *call)
{
	struct str out;

	str_init(&out, call->arena);
	semver_put(&out, receiver(call));
	return give_word(call, str_text(&out));
}

static int order_of(struct call *call)
{
	return semver_compare(receiver(call), version_of(call_arg(call, 0)));
}

static const struct value *fn_compare(struct call *call)
{
	int order = order_of(call);

	return call_give_int(call, (int)(order > 0) - (int)(order < 0));
}

static const struct value *fn_equal(struct call *call)
{
	return call_give_bool(call, order_of(call) == 0);
}

static const struct value *fn_less(struct call *call)
{
	return call_give_bool(call, order_of(call) < 0);
}

static const struct value *fn_less_equal(struct call *call)
{
	return call_give_bool(call, order_of(call) <= 0);
}

static const struct value *fn_greater(struct call *call)
{
	return call_give_bool(call, order_of(call) > 0);
}

static const struct value *fn_greater_equal(struct call *call)
{
	return call_give_bool(call, order_of(call) >= 0);
}

static const struct value *give_next(struct call *call, uint64_t major,
				     uint64_t minor, uint64_t patch)
{
	struct semver next = { .major = major,
			       .minor = minor,
			       .patch = patch,
			       .pre = "",
			       .metadata = "" };
	struct str out;

	str_init(&out, call->arena);
	if (receiver(call)->original[0] == 'v')
		str_putc(&out, 'v');
	semver_put(&out, &next);
	next.original = str_text(&out);
	return give(call, &bare_version_class, &next);
}

static const struct value *fn_inc_major(struct call *call)
{
	return give_next(call, receiver(call)->major + 1, 0, 0);
}

static const struct value *fn_inc_minor(struct call *call)
{
	const struct semver *version = receiver(call);

	return give_next(call, version->major, version->minor + 1, 0);
}

/* From a pre-release the next patch is the release itself. */
static const struct value *fn_inc_patch(struct call *call)
{
	const struct semver *version = receiver(call);
	uint64_t step = *version->pre ? 0 : 1;

	return give_next(call, version->major, version->minor,
			 version->patch + step);
}

/* Another part behind '-' or '+'; the whole is read again, as it is judged. */
static const struct value *give_changed(struct call *call, const char *pre,
					const char *metadata)
{
	struct semver next = *receiver(call);
	struct semver judged;
	struct str out;

	next.pre = pre;
	next.metadata = metadata;
	str_init(&out, call->arena);
	if (next.original[0] == 'v')
		str_putc(&out, 'v');
	semver_put(&out, &next);
	next.original = str_text(&out);
	if (!semver_parse(&judged, call->arena, out.text, out.len)) {
		const char *what =
			pre == receiver(call)->pre ? "metadata" : "prerelease";

		if (strcmp(judged.problem, "invalid semantic version") != 0)
			return call_fail(call, "%s", judged.problem);
		return call_fail(call, "invalid %s string", what);
	}
	return give(call, &bare_version_class, &next);
}

static const struct value *fn_set_prerelease(struct call *call)
{
	return give_changed(call, call_string(call, 0),
			    receiver(call)->metadata);
}

static const struct value *fn_set_metadata(struct call *call)
{
	return give_changed(call, receiver(call)->pre, call_string(call, 0));
}

/* Methods of a version and of a pointer to one. */
#define BARE_METHODS                                                           \
	{ .name = "Major", .run = fn_major },                                  \
		{ .name = "Minor", .run = fn_minor },                          \
		{ .name = "Patch", .run = fn_patch },                          \
		{ .name = "Prerelease", .run = fn_prerelease },                \
		{ .name = "Metadata", .run = fn_metadata },                    \
		{ .name = "String", .run = fn_string },                        \
		{ .name = "IncMajor", .run = fn_inc_major },                   \
		{ .name = "IncMinor", .run = fn_inc_minor },                   \
		{ .name = "IncPatch", .run = fn_inc_patch },                   \
		{ .name = "SetMetadata",                                       \
		  .takes = { ARG_STRING },                                     \
		  .run = fn_set_metadata },                                    \
	{                                                                      \
		.name = "SetPrerelease", .takes = { ARG_STRING },              \
		.run = fn_set_prerelease                                       \
	}

static const struct func bare_version_methods[] = { BARE_METHODS,
						    { .name = NULL } };

static const struct func version_methods[] = {
	BARE_METHODS,
	{ .name = "Original", .run = fn_original },
	{ .name = "Compare", .takes = { ARG_VERSION }, .run = fn_compare },
	{ .name = "Equal", .takes = { ARG_VERSION }, .run = fn_equal },
	{ .name = "LessThan", .takes = { ARG_VERSION }, .run = fn_less },
	{ .name = "LessThanEqual",
	  .takes = { ARG_VERSION },
	  .run = fn_less_equal },
	{ .name = "GreaterThan", .takes = { ARG_VERSION }, .run = fn_greater },
	{ .name = "GreaterThanEqual",
	  .takes = { ARG_VERSION },
	  .run = fn_greater_equal },
	{ .name = NULL }
};

static const struct semver blank = { .pre = "",
				     .metadata = "",
				     .original = "" };

static const struct object_class version_class = {
	.model = { .go_type = "*semver.Version",
		   .json = version_json,
		   .print = version_print },
	.kind = "ptr",
	.methods = version_methods,
	.parts = version_parts,
	.blank = &blank,
	.stringer = true,
};

/* What IncMajor and its like give: no pointer, so that it can do less. */
static const struct object_class bare_version_class = {
	.model = { .go_type = "semver.Version",
		   .json = version_json,
		   .print = version_print },
	.kind = "struct",
	.methods = bare_version_methods,
	.parts = version_parts,
	.blank = &blank,
	.stringer = true,
};

static const struct value *fn_semver(struct call *call)
{
	struct text text = call_text(call, 0);
	struct semver version;

	if (!semver_parse(&version, call->arena, text.at, text.len))
		return call_fail(call, "%s", version.problem);
	return give(call, &version_class, &version);
}

/* The constraint is judged before the version. */
static const struct value *fn_semver_compare(struct call *call)
{
	struct text text = call_text(call, 0), other = call_text(call, 1);
	const struct semver_constraints *constraints;
	struct semver version;
	const char *problem;

	constraints = semver_constraints_parse(call->arena, text.at, text.len,
					       &problem);
	if (!constraints)
		return call_fail(call, "%s", problem);
	if (!semver_parse(&version, call->arena, other.at, other.len))
		return call_fail(call, "%s", version.problem);
	return call_give_bool(call, semver_allows(constraints, &version));
}

const struct func template_funcs_semver[] = {
	{ .name = "semver",
	  .takes = { ARG_STRING },
	  .run = fn_semver,
	  .usage = "semver TEXT",
	  .help = "A version with Major, Minor, Patch, Prerelease, Metadata, "
		  "Original and Compare." },
	{ .name = "semverCompare",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_semver_compare,
	  .usage = "semverCompare CONSTRAINT VERSION",
	  .help = "Whether VERSION satisfies CONSTRAINT, such as "
		  "\">=1.19-0 <2\"." },
	{ .name = NULL }
};
