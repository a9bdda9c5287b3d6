/*
 * Families: a target whose name captures, "apps/${app}", stands for one target
 * for each path that is there.
 *
 * The path is the first setting of the target that holds all captures: a
 * source, an overlay, a values file.  It is looked for in each environment, so
 * a member belongs to those in which its path is there.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/str.h"
#include "compiler/project/private.h"
#include "compiler/project/scope.h"
#include "model/value.h"

struct capture {
	const char *name;
	bool deep;
};

/* A path that a setting of the target names. */
struct candidate {
	const struct value *at;
	enum path_wanted wanted;
};

struct member {
	struct target *target;
	struct table captures;
	bool *belongs;
	const char *path;
};

struct family {
	struct project_loader *loader;
	const struct target *target;
	VEC(struct capture) captures;
	struct table marks; /* captures, for the scope: a mark for each */
	const char *marked; /* the name with marks */
	VEC(struct candidate) candidates;
	const struct candidate *path; /* that holds all of them */
	struct table walked;          /* struct path_matches by pattern */
	struct table members;         /* struct member by what is captured */
	VEC(struct member *) order;
};

static bool is_name(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW"
			    "XYZ0123456789_-",
			    text[i]))
			return false;
	return len > 0;
}

static bool bad_capture(struct family *family, const char *name,
			const char *problem)
{
	diag_error(family->loader->diags, &family->target->key->origin,
		   "${%s} cannot capture in the name of a target: %s", name,
		   problem);
	return false;
}

/* The mark of a capture, known by its name, and by NAME:** if it is deep. */
static bool add_capture(struct family *family, const char *text, size_t len,
			struct str *marked)
{
	struct arena *arena = family->loader->arena;
	const char *whole = arena_strndup(arena, text, len);
	struct capture capture = { .name = whole };
	struct str mark;
	struct value *value;

	capture.deep = len > 3 && strcmp(whole + len - 3, ":**") == 0;
	if (capture.deep)
		capture.name = arena_strndup(arena, text, len - 3);
	if (!is_name(capture.name, strlen(capture.name)))
		return bad_capture(family, whole,
				   "letters, digits, \"_\" and \"-\" make a "
				   "name");
	if (scope_is_reserved(capture.name))
		return bad_capture(family, whole,
				   "it is set by plimsoll itself");
	if (table_gets(&family->marks, capture.name))
		return bad_capture(family, whole, "it stands there twice");
	if (family->captures.count == PATH_CAPTURES_MAX)
		return bad_capture(family, whole, "there are too many");
	str_init(&mark, arena);
	path_pattern_mark(&mark, family->captures.count, capture.deep);
	value = value_new_string(arena, &family->target->key->origin,
				 str_text(&mark), mark.len);
	table_puts(&family->marks, capture.name, value);
	if (capture.deep)
		table_puts(&family->marks, whole, value);
	vec_push(arena, &family->captures, capture);
	str_put(marked, mark.text, mark.len);
	return true;
}

/* A declared variable does not capture; it has one value for all of them. */
static bool put_variable(struct family *family, const char *name,
			 struct str *marked)
{
	const struct target *target = family->target;
	const char *text = scope_project_variable(family->loader->given->vars,
						  target->file, name);

	if (!text)
		return bad_capture(family, name,
				   "it is a variable without a value for the "
				   "whole project; another name would capture");
	str_puts(marked, text);
	return true;
}

/* Name = { text | "$${" | "${" Name [ ":**" ] "}" } */
static bool parse_name(struct family *family)
{
	const struct target *target = family->target;
	const char *at = target->name, *dollar, *end;
	struct str marked;

	str_init(&marked, family->loader->arena);
	while ((dollar = strstr(at, "${")) != NULL) {
		if (dollar > at && dollar[-1] == '$') {
			str_put(&marked, at, (size_t)(dollar - at) - 1);
			str_puts(&marked, "${");
			at = dollar + 2;
			continue;
		}
		end = strchr(dollar, '}');
		if (!end)
			return diag_error(family->loader->diags,
					  &target->key->origin,
					  "\"${\" without \"}\"; write $${ for "
					  "the text itself");
		str_put(&marked, at, (size_t)(dollar - at));
		dollar += 2;
		if (project_declares(target->file, dollar,
				     (size_t)(end - dollar))
			    ? !put_variable(
				      family,
				      arena_strndup(family->loader->arena,
						    dollar,
						    (size_t)(end - dollar)),
				      &marked)
			    : !add_capture(family, dollar,
					   (size_t)(end - dollar), &marked))
			return false;
		at = end + 1;
	}
	str_puts(&marked, at);
	family->marked = str_text(&marked);
	return true;
}

static void add_candidate(struct family *family, const struct value *at,
			  enum path_wanted wanted)
{
	struct candidate candidate = { at, wanted };
	const struct value *item;

	list_foreach (item, at)
		add_candidate(family, item, wanted);
	if (scope_source_text(at))
		vec_push(family->loader->arena, &family->candidates, candidate);
}

static void find_candidates(struct family *family)
{
	static const enum path_wanted wanted[] = {
		[SOURCE_KIND_CHART] = PATH_CHART,
		[SOURCE_KIND_KUSTOMIZATION] = PATH_KUSTOMIZATION,
		[SOURCE_KIND_MANIFESTS] = PATH_PATTERN,
		[SOURCE_KIND_TEMPLATES] = PATH_FOLDER,
		[SOURCE_KIND_STREAM] = PATH_ANY,
	};
	const struct target *target = family->target;
	size_t i;

	for (i = 0; i < target->sources.count; i++)
		add_candidate(family, target->sources.items[i].from,
			      wanted[target->sources.items[i].kind]);
	add_candidate(family, value_get(target->node, "overlay"),
		      PATH_KUSTOMIZATION);
	for (i = 0; i < target->sources.count; i++)
		add_candidate(
			family,
			value_get(target->sources.items[i].node, "values"),
			PATH_PATTERN);
}

static bool holds_all(const struct family *family, const char *text)
{
	size_t i;

	for (i = 0; i < family->captures.count; i++)
		if (!path_pattern_has(text, i))
			return false;
	return true;
}

/* The capture that no path holds all of, for the message. */
static bool no_path(struct family *family)
{
	struct diag_sink *diags = family->loader->diags;

	diag_error(diags, &family->target->key->origin,
		   "no path of \"%s\" holds ${%s}%s", family->target->name,
		   family->captures.items[0].name,
		   family->captures.count > 1 ? " and all the others" : "");
	diag_help(diags, "a source, an overlay or a values file of the target "
			 "says which members there are");
	return false;
}

/* The text of a candidate in an environment, with marks; NULL: reported. */
static const char *text_of_path(struct family *family,
				const struct environment *environment,
				const struct environment *link,
				const struct candidate *candidate)
{
	struct target self = *family->target;
	struct scope scope = {
		.arena = family->loader->arena,
		.diags = family->loader->diags,
		.environment = environment,
		.given = family->loader->given->vars,
	};
	const char *text;
	size_t len;

	self.name = family->marked;
	self.captures = &family->marks;
	if (!scope_init(&scope, &self, family->loader->given->kubernetes))
		return NULL;
	scope.link = link;
	text = scope_text(&scope, candidate->at);
	if (!text)
		return NULL;
	len = strlen(text);
	/* A values file that may be absent has a "?" behind it. */
	if (candidate->wanted == PATH_PATTERN && len && text[len - 1] == '?')
		text = arena_strndup(scope.arena, text, len - 1);
	return path_join(scope.arena, self.dir, text);
}

/* The first candidate with all captures; NULL: reported. */
static const struct candidate *choose(struct family *family,
				      const struct environment *environment)
{
	size_t i;

	for (i = 0; i < family->candidates.count; i++) {
		const struct candidate *candidate =
			&family->candidates.items[i];
		const char *text = text_of_path(family, environment,
						environment, candidate);

		if (!text)
			return NULL;
		if (holds_all(family, text))
			return candidate;
	}
	no_path(family);
	return NULL;
}

/* `exclude` means a path, or a folder that it lies in. */
static bool is_excluded(const struct family *family, const char *path)
{
	const struct target *target = family->target;
	const struct value *item;
	struct arena *arena = family->loader->arena;

	if (*target->dir)
		path += strlen(target->dir) + 1;
	list_foreach (item, value_get(target->node, "exclude")) {
		char *part = arena_strdup(arena, path);

		while (*part) {
			char *slash = strrchr(part, '/');

			if (glob_match(GLOB_PROJECT, scope_source_text(item),
				       part))
				return true;
			*(slash ? slash : part) = '\0';
		}
	}
	return false;
}

static bool check_excludes(const struct family *family)
{
	const struct value *item;

	list_foreach (item, value_get(family->target->node, "exclude"))
		if (!glob_valid(GLOB_PROJECT, scope_source_text(item)))
			return diag_error(
				family->loader->diags, &item->origin,
				"%s is no pattern: a \"[\" without \"]\", or a "
				"\"\\\" at the end",
				diag_quote(family->loader->arena,
					   scope_source_text(item),
					   strlen(scope_source_text(item))));
	return true;
}

/* The name of the family with what a path captured. */
static const char *member_name(struct family *family,
			       const struct path_match *match)
{
	const char *at = family->marked;
	struct str name;

	str_init(&name, family->loader->arena);
	for (; *at; at++) {
		if (*at != 1 && *at != 2) {
			str_putc(&name, *at);
			continue;
		}
		str_puts(&name, match->captures[at[1] - '0']);
		at += 2;
	}
	return str_text(&name);
}

static struct member *new_member(struct family *family,
				 const struct path_match *match)
{
	struct arena *arena = family->loader->arena;
	struct member *member = arena_zalloc(arena, sizeof(*member));
	struct target *target = arena_alloc(arena, sizeof(*target));
	size_t i;

	*target = *family->target;
	target->name = member_name(family, match);
	table_init(&member->captures, arena);
	for (i = 0; i < family->captures.count; i++) {
		const struct capture *capture = &family->captures.items[i];
		const char *text = match->captures[i];
		struct value *value =
			value_new_cstring(arena, &target->key->origin, text);

		table_puts(&member->captures, capture->name, value);
		if (capture->deep)
			table_puts(&member->captures,
				   arena_join(arena, capture->name, ":**"),
				   value);
	}
	member->belongs = arena_zalloc(
		arena, family->loader->project->environments.count);
	member->path = match->path;
	member->target = target;
	target->captures = &member->captures;
	target->belongs = member->belongs;
	return member;
}

static void add_match(struct family *family, const struct path_match *match,
		      size_t environment)
{
	struct arena *arena = family->loader->arena;
	struct member *member;
	struct str key;
	size_t i;

	if (is_excluded(family, match->path))
		return;
	str_init(&key, arena);
	for (i = 0; i < family->captures.count; i++)
		str_printf(&key, "%s\n", match->captures[i]);
	member = table_gets(&family->members, str_text(&key));
	if (!member) {
		member = new_member(family, match);
		table_puts(&family->members, str_text(&key), member);
		vec_push(arena, &family->order, member);
	}
	member->belongs[environment] = true;
}

/* What matches a pattern; equal ones are looked for once. */
static const struct path_matches *matches_of(struct family *family,
					     const char *text)
{
	struct arena *arena = family->loader->arena;
	struct path_matches *matches = table_gets(&family->walked, text);
	const char *problem;

	if (matches)
		return matches;
	matches = arena_zalloc(arena, sizeof(*matches));
	problem = path_pattern_walk(&family->loader->index, text,
				    family->path->wanted, matches);
	if (problem) {
		diag_error(family->loader->diags, &family->path->at->origin,
			   "%s", problem);
		diag_note(family->loader->diags, &family->target->key->origin,
			  "for the members of this family");
		return NULL;
	}
	table_puts(&family->walked, text, matches);
	return matches;
}

/* The members of one environment, also those with the path of an ancestor. */
static bool find_members(struct family *family,
			 const struct environment *environment)
{
	size_t i, j;

	if (!family->path)
		family->path = choose(family, environment);
	if (!family->path)
		return false;
	for (i = 0; i < environment->chain.count; i++) {
		const char *text =
			text_of_path(family, environment,
				     environment->chain.items[i], family->path);
		const struct path_matches *matches =
			text ? matches_of(family, text) : NULL;

		if (!matches)
			return false;
		for (j = 0; j < matches->count; j++)
			add_match(family, &matches->items[j],
				  environment->index);
	}
	return true;
}

static int by_name(const void *a, const void *b)
{
	const struct member *const *one = a, *const *other = b;
	int order = strcmp((*one)->target->name, (*other)->target->name);

	return order ? order : strcmp((*one)->path, (*other)->path);
}

/* Two paths with one name: both are in the message. */
static bool check_names(struct family *family)
{
	size_t i;

	for (i = 1; i < family->order.count; i++) {
		const struct member *one = family->order.items[i - 1];
		const struct member *other = family->order.items[i];

		if (strcmp(one->target->name, other->target->name) == 0)
			return diag_error(
				family->loader->diags,
				&family->target->key->origin,
				"%s and %s would both be the target \"%s\"",
				one->path, other->path, one->target->name);
	}
	return true;
}

static bool add_members(struct family *family)
{
	bool good = true;
	size_t i;

	if (!family->order.count) {
		diag_error(family->loader->diags, &family->target->key->origin,
			   "the family \"%s\" has no members",
			   family->target->name);
		if (family->path)
			diag_note(family->loader->diags,
				  &family->path->at->origin,
				  "no such path is there");
		return false;
	}
	qsort(family->order.items, family->order.count,
	      sizeof(*family->order.items), by_name);
	if (!check_names(family))
		return false;
	for (i = 0; good && i < family->order.count; i++) {
		struct target *target = family->order.items[i]->target;

		if (strchr(target->name, '@'))
			good = diag_error(family->loader->diags,
					  &target->key->origin,
					  "%s cannot be a target: its name "
					  "holds \"@\"",
					  family->order.items[i]->path);
		else
			good = project_add_target(family->loader, target);
	}
	return good;
}

bool project_load_family(struct project_loader *loader,
			 const struct target *target)
{
	const struct environments *all = target->file->environments;
	struct family family = { .loader = loader, .target = target };
	size_t i;

	table_init(&family.marks, loader->arena);
	table_init(&family.walked, loader->arena);
	table_init(&family.members, loader->arena);
	if (!parse_name(&family) || !check_excludes(&family))
		return false;
	find_candidates(&family);
	for (i = 0; i < all->items.count; i++)
		if (project_has_job(loader->project, target,
				    all->items.items[i]->index) &&
		    !find_members(&family, all->items.items[i]))
			return false;
	return add_members(&family);
}
