/*
 * Versions as objects with methods, and constraints on them.
 */
#include "templates/semver.h"

#include "base/arena.h"
#include "model/json.h"
#include "templates/func.h"
#include "templates/object.h"

static const struct object_class version_class;

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

static const struct value *give_version(struct call *call,
					const struct semver *version)
{
	struct semver *copy = arena_alloc(call->arena, sizeof(*copy));
	struct value *value = object_wrap(call->arena, &version_class, copy);

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
	return give_version(call, &next);
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

static const struct func version_methods[] = {
	{ .name = "Major", .run = fn_major },
	{ .name = "Minor", .run = fn_minor },
	{ .name = "Patch", .run = fn_patch },
	{ .name = "Prerelease", .run = fn_prerelease },
	{ .name = "Metadata", .run = fn_metadata },
	{ .name = "Original", .run = fn_original },
	{ .name = "String", .run = fn_string },
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
	{ .name = "IncMajor", .run = fn_inc_major },
	{ .name = "IncMinor", .run = fn_inc_minor },
	{ .name = "IncPatch", .run = fn_inc_patch },
	{ .name = NULL }
};

static const struct object_class version_class = {
	.model = { .go_type = "*semver.Version",
		   .json = version_json,
		   .print = version_print },
	.kind = "ptr",
	.methods = version_methods,
};

static const struct value *fn_semver(struct call *call)
{
	struct text text = call_text(call, 0);
	struct semver version;

	if (!semver_parse(&version, call->arena, text.at, text.len))
		return call_fail(call, "%s", version.problem);
	return give_version(call, &version);
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
