#include "templates/semver.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/str.h"
#include "base/vec.h"
#include "model/quote.h"

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_identifier(char byte)
{
	return is_digit(byte) || (byte >= 'a' && byte <= 'z') ||
	       (byte >= 'A' && byte <= 'Z') || byte == '-';
}

/* A text read from left to right. */
struct cursor {
	struct arena *arena;
	const char *at;
	const char *end;
};

static bool take(struct cursor *cursor, char byte)
{
	if (cursor->at == cursor->end || *cursor->at != byte)
		return false;
	cursor->at++;
	return true;
}

/* identifiers = identifier { "." identifier }; NULL: one is empty. */
static const char *take_identifiers(struct cursor *cursor)
{
	const char *begin = cursor->at, *part;

	do {
		part = cursor->at;
		while (cursor->at < cursor->end && is_identifier(*cursor->at))
			cursor->at++;
		if (cursor->at == part)
			return NULL;
	} while (take(cursor, '.'));
	return arena_strndup(cursor->arena, begin,
			     (size_t)(cursor->at - begin));
}

/* [ "-" identifiers ] [ "+" identifiers ] */
static bool take_suffixes(struct cursor *cursor, const char **pre,
			  const char **metadata)
{
	*pre = *metadata = "";
	if (take(cursor, '-'))
		*pre = take_identifiers(cursor);
	if (*pre && take(cursor, '+'))
		*metadata = take_identifiers(cursor);
	return *pre && *metadata;
}

static bool take_number(struct cursor *cursor, uint64_t *number,
			const char **problem)
{
	const char *begin = cursor->at;
	size_t len;

	while (cursor->at < cursor->end && is_digit(*cursor->at))
		cursor->at++;
	len = (size_t)(cursor->at - begin);
	if (!len)
		return false;
	if (number_parse_uint(begin, len, 10, number) == NUMBER_OK)
		return true;
	*problem = arena_printf(cursor->arena,
				"error parsing version segment: "
				"strconv.ParseUint: parsing \"%.*s\": value "
				"out of range",
				(int)len, begin);
	return false;
}

/* Numbers among the identifiers of a pre-release begin with no zero. */
static bool has_leading_zero(const char *pre)
{
	while (*pre) {
		size_t len = strcspn(pre, ".");

		if (len > 1 && pre[0] == '0' &&
		    strspn(pre, "0123456789") == len)
			return true;
		pre += len + (pre[len] == '.');
	}
	return false;
}

bool semver_parse(struct semver *version, struct arena *arena, const char *text,
		  size_t len)
{
	struct cursor cursor = { arena, text, text + len };
	uint64_t *numbers[] = { &version->major, &version->minor,
				&version->patch };
	const char *problem = "invalid semantic version", *shape = problem;
	size_t i;

	memset(version, 0, sizeof(*version));
	version->original = arena_strndup(arena, text, len);
	version->problem = shape;
	take(&cursor, 'v');
	for (i = 0; i < 3 && (!i || take(&cursor, '.')); i++) {
		/* What is out of range may still be of a wrong shape. */
		if (!take_number(&cursor, numbers[i], &problem) &&
		    problem == shape)
			return false;
	}
	if (!take_suffixes(&cursor, &version->pre, &version->metadata) ||
	    cursor.at != cursor.end)
		return false;
	version->problem = problem;
	if (problem == shape && has_leading_zero(version->pre))
		version->problem = problem = "version segment starts with 0";
	return problem == shape;
}

static bool is_numeric(const char *text, size_t len)
{
	return len && strspn(text, "0123456789") >= len;
}

static int compare_bytes(const char *a, size_t a_len, const char *b,
			 size_t b_len)
{
	int order = memcmp(a, b, a_len < b_len ? a_len : b_len);

	if (order)
		return order;
	return (int)(a_len > b_len) - (int)(a_len < b_len);
}

/* Numbers by size and below all else, which goes by bytes. */
static int compare_identifiers(const char *a, size_t a_len, const char *b,
			       size_t b_len)
{
	bool a_number = is_numeric(a, a_len), b_number = is_numeric(b, b_len);

	if (a_number != b_number)
		return a_number ? -1 : 1;
	/* Without leading zeros the longer number is the greater. */
	if (a_number && a_len != b_len)
		return a_len < b_len ? -1 : 1;
	return compare_bytes(a, a_len, b, b_len);
}

static int compare_pre(const char *a, const char *b)
{
	if (!*a || !*b)
		return (int)(*a == '\0') - (int)(*b == '\0');
	while (*a && *b) {
		size_t a_len = strcspn(a, "."), b_len = strcspn(b, ".");
		int order = compare_identifiers(a, a_len, b, b_len);

		if (order)
			return order;
		a += a_len + (a[a_len] == '.');
		b += b_len + (b[b_len] == '.');
	}
	return (int)(*a != '\0') - (int)(*b != '\0');
}

static int compare_numbers(uint64_t a, uint64_t b)
{
	return (int)(a > b) - (int)(a < b);
}

int semver_compare(const struct semver *a, const struct semver *b)
{
	int order = compare_numbers(a->major, b->major);

	if (!order)
		order = compare_numbers(a->minor, b->minor);
	if (!order)
		order = compare_numbers(a->patch, b->patch);
	return order ? order : compare_pre(a->pre, b->pre);
}

void semver_put(struct str *out, const struct semver *version)
{
	str_printf(out, "%llu.%llu.%llu", (unsigned long long)version->major,
		   (unsigned long long)version->minor,
		   (unsigned long long)version->patch);
	if (*version->pre)
		str_printf(out, "-%s", version->pre);
	if (*version->metadata)
		str_printf(out, "+%s", version->metadata);
}

enum operator_kind {
	OPERATOR_EQUAL, /* none, = */
	OPERATOR_NOT_EQUAL,
	OPERATOR_GREATER,
	OPERATOR_LESS,
	OPERATOR_GREATER_EQUAL,
	OPERATOR_LESS_EQUAL,
	OPERATOR_TILDE,
	OPERATOR_CARET,
};

static const struct {
	const char *text; /* a longer one before what it begins with */
	enum operator_kind kind;
} operators[] = {
	{ "!=", OPERATOR_NOT_EQUAL },     { ">=", OPERATOR_GREATER_EQUAL },
	{ "=>", OPERATOR_GREATER_EQUAL }, { "<=", OPERATOR_LESS_EQUAL },
	{ "=<", OPERATOR_LESS_EQUAL },    { "~>", OPERATOR_TILDE },
	{ "=", OPERATOR_EQUAL },          { ">", OPERATOR_GREATER },
	{ "<", OPERATOR_LESS },           { "~", OPERATOR_TILDE },
	{ "^", OPERATOR_CARET },
};

struct constraint {
	enum operator_kind kind;
	struct semver version;
	/* A part was left out or is a wildcard; what counts of it. */
	bool partial;
	bool any_minor;
	bool any_patch;
};

/* All of a group have to hold, and one group has to. */
struct constraint_group {
	VEC(struct constraint) members;
	bool pre; /* a member has a pre-release: so may the version */
};

struct semver_constraints {
	VEC(struct constraint_group) groups;
};

static bool is_space(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r' && byte != '\v');
}

static bool skip_space(struct cursor *cursor)
{
	const char *begin = cursor->at;

	while (cursor->at < cursor->end && is_space(*cursor->at))
		cursor->at++;
	return cursor->at > begin;
}

static enum operator_kind take_operator(struct cursor *cursor)
{
	size_t i, left = (size_t)(cursor->end - cursor->at);

	for (i = 0; i < sizeof(operators) / sizeof(*operators); i++) {
		size_t len = strlen(operators[i].text);

		if (len > left || memcmp(cursor->at, operators[i].text, len))
			continue;
		cursor->at += len;
		return operators[i].kind;
	}
	return OPERATOR_EQUAL;
}

/* One part of a constraint's version: a number, or x, X or *. */
enum part {
	PART_ABSENT,
	PART_ANY,
	PART_NUMBER,
	PART_BAD
};

static enum part take_part(struct cursor *cursor, uint64_t *number)
{
	const char *problem = NULL;

	if (take(cursor, 'x') || take(cursor, 'X') || take(cursor, '*'))
		return PART_ANY;
	if (take_number(cursor, number, &problem))
		return PART_NUMBER;
	return PART_BAD;
}

/*
 * constraint = [ operator ] [ "v" ] part [ "." part [ "." part ] ] suffixes
 *
 * Behind a wildcard the numbers that follow do not count.
 */
static bool take_version(struct cursor *cursor, struct constraint *constraint)
{
	struct semver *version = &constraint->version;
	uint64_t *numbers[] = { &version->major, &version->minor,
				&version->patch };
	enum part parts[3] = { PART_ABSENT, PART_ABSENT, PART_ABSENT };
	size_t i, known = 3;

	take(cursor, 'v');
	for (i = 0; i < 3 && (!i || take(cursor, '.')); i++) {
		parts[i] = take_part(cursor, numbers[i]);
		if (parts[i] == PART_BAD)
			return false;
	}
	for (i = 3; i--;) {
		if (parts[i] != PART_NUMBER)
			known = i;
	}
	for (i = known; i < 3; i++)
		*numbers[i] = 0;
	constraint->partial = known < 3;
	constraint->any_minor = known == 1;
	constraint->any_patch = known == 2;
	return take_suffixes(cursor, &version->pre, &version->metadata) &&
	       !has_leading_zero(version->pre);
}

static bool take_constraint(struct cursor *cursor,
			    struct constraint *constraint)
{
	memset(constraint, 0, sizeof(*constraint));
	constraint->kind = take_operator(cursor);
	skip_space(cursor);
	return take_version(cursor, constraint);
}

/* " - VERSION" behind a version without an operator makes a range. */
static bool take_range(struct cursor *cursor, struct constraint *from,
		       struct constraint *to)
{
	const char *begin = cursor->at;

	memset(to, 0, sizeof(*to));
	to->kind = OPERATOR_LESS_EQUAL;
	if (from->kind == OPERATOR_EQUAL && skip_space(cursor) &&
	    take(cursor, '-') && skip_space(cursor) &&
	    take_version(cursor, to)) {
		from->kind = OPERATOR_GREATER_EQUAL;
		return true;
	}
	cursor->at = begin;
	return false;
}

/* group = constraint { ( space | "," ) constraint } */
static bool take_group(struct cursor *cursor, struct constraint_group *group)
{
	struct constraint next, to;
	bool more = true;

	while (more) {
		skip_space(cursor);
		if (!take_constraint(cursor, &next))
			return false;
		if (take_range(cursor, &next, &to)) {
			vec_push(cursor->arena, &group->members, next);
			group->pre = group->pre || *next.version.pre;
			next = to;
		}
		vec_push(cursor->arena, &group->members, next);
		group->pre = group->pre || *next.version.pre;
		more = skip_space(cursor);
		more = take(cursor, ',') || more;
		if (cursor->at == cursor->end)
			return cursor->at[-1] != ',';
	}
	return false;
}

static const char *improper(struct arena *arena, const char *text, size_t len)
{
	struct text group = text_of(text, len);
	struct str out;

	str_init(&out, arena);
	str_puts(&out, "improper constraint: ");
	quote_put(&out, &group);
	return str_text(&out);
}

const struct semver_constraints *semver_constraints_parse(struct arena *arena,
							  const char *text,
							  size_t len,
							  const char **problem)
{
	struct semver_constraints *constraints =
		arena_zalloc(arena, sizeof(*constraints));
	const char *at = text, *end = text + len, *stop;

	for (;; at = stop + 2) {
		struct constraint_group group = { 0 };
		struct cursor cursor = { arena, at, end };

		for (stop = at; stop < end; stop++) {
			if (end - stop > 1 && stop[0] == '|' && stop[1] == '|')
				break;
		}
		cursor.end = stop;
		if (!take_group(&cursor, &group)) {
			*problem = improper(arena, at, (size_t)(stop - at));
			return NULL;
		}
		vec_push(arena, &constraints->groups, group);
		if (stop == end)
			return constraints;
	}
}

static bool differs(const struct constraint *c, const struct semver *v)
{
	if (!c->partial)
		return semver_compare(v, &c->version) != 0;
	if (v->major != c->version.major)
		return true;
	if (c->any_minor)
		return false;
	if (v->minor != c->version.minor)
		return true;
	if (!c->any_patch)
		return semver_compare(v, &c->version) != 0;
	return (*v->pre || *c->version.pre) &&
	       compare_pre(v->pre, c->version.pre) != 0;
}

/* >1 is >=2.0.0, >1.2 is >=1.3.0. */
static bool greater(const struct constraint *c, const struct semver *v)
{
	if (c->partial && v->major != c->version.major)
		return v->major > c->version.major;
	if (c->any_minor)
		return false;
	if (c->any_patch)
		return v->minor > c->version.minor;
	return semver_compare(v, &c->version) > 0;
}

/* <=1 is <2.0.0, <=1.2 is <1.3.0. */
static bool less_equal(const struct constraint *c, const struct semver *v)
{
	if (!c->partial)
		return semver_compare(v, &c->version) <= 0;
	if (v->major != c->version.major)
		return v->major < c->version.major;
	return v->minor <= c->version.minor || c->any_minor;
}

/* A version of zeros without a wildcard, *, accepts everything. */
static bool tilde(const struct constraint *c, const struct semver *v)
{
	if (!c->version.major && !c->version.minor && !c->version.patch &&
	    !c->any_minor && !c->any_patch)
		return true;
	return semver_compare(v, &c->version) >= 0 &&
	       v->major == c->version.major &&
	       (v->minor == c->version.minor || c->any_minor);
}

/* What does not change the first part that is not zero. */
static bool caret(const struct constraint *c, const struct semver *v)
{
	if (semver_compare(v, &c->version) < 0 || v->major != c->version.major)
		return false;
	if (c->version.major || c->any_minor)
		return true;
	if (v->minor != c->version.minor)
		return false;
	return c->version.minor || c->any_patch || v->patch == c->version.patch;
}

static bool holds(const struct constraint *c, const struct semver *v)
{
	switch (c->kind) {
	case OPERATOR_EQUAL:
		return c->partial ? tilde(c, v)
				  : semver_compare(v, &c->version) == 0;
	case OPERATOR_NOT_EQUAL:
		return differs(c, v);
	case OPERATOR_GREATER:
		return greater(c, v);
	case OPERATOR_LESS:
		return semver_compare(v, &c->version) < 0;
	case OPERATOR_GREATER_EQUAL:
		return semver_compare(v, &c->version) >= 0;
	case OPERATOR_LESS_EQUAL:
		return less_equal(c, v);
	case OPERATOR_TILDE:
		return tilde(c, v);
	case OPERATOR_CARET:
		return caret(c, v);
	}
	return false;
}

static bool group_allows(const struct constraint_group *group,
			 const struct semver *version)
{
	size_t i;

	if (*version->pre && !group->pre)
		return false;
	for (i = 0; i < group->members.count; i++) {
		if (!holds(&group->members.items[i], version))
			return false;
	}
	return true;
}

bool semver_allows(const struct semver_constraints *constraints,
		   const struct semver *version)
{
	size_t i;

	for (i = 0; i < constraints->groups.count; i++) {
		if (group_allows(&constraints->groups.items[i], version))
			return true;
	}
	return false;
}

bool semver_satisfies(struct arena *arena, const char *constraints,
		      const char *version)
{
	const struct semver_constraints *parsed;
	const char *problem;
	struct semver actual;

	parsed = semver_constraints_parse(arena, constraints,
					  strlen(constraints), &problem);
	return parsed &&
	       semver_parse(&actual, arena, version, strlen(version)) &&
	       semver_allows(parsed, &actual);
}
