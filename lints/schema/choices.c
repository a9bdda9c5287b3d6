/*
 * Schemas beside a node's own: all of them, any, exactly one or none has to
 * hold.  Mostly they say which fields need or exclude one another.
 */
#include "lints/schema/walk.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "lints/schema/bounds.h"
#include "lints/schema/node.h"
#include "lints/schema/search.h"
#include "model/value.h"

enum {
	DEPTH_MAX = 30,
	NAMED_MAX = 12
};

/* Only about which fields are there. */
static bool is_about_presence(const struct schema_node *node)
{
	size_t i;

	if (node->shape != SCHEMA_NODE_OBJECT || node->limits || node->of ||
	    !node->count || node->count > NAMED_MAX)
		return false;
	for (i = 0; i < node->count; i++)
		if (!node->members[i].required ||
		    node->members[i].node->shape != SCHEMA_NODE_ANY ||
		    node->members[i].node->limits)
			return false;
	return true;
}

static bool all_about_presence(const struct schema_choice *choice)
{
	size_t i;

	for (i = 0; i < choice->count; i++)
		if (!is_about_presence(choice->nodes[i]))
			return false;
	return choice->count <= NAMED_MAX;
}

/* "a with b" */
static void put_fields(struct str *out, const struct schema_node *node)
{
	size_t i;

	for (i = 0; i < node->count; i++)
		str_printf(out, "%s%s", i ? " with " : "",
			   node->members[i].name);
}

/* "a, b or c" of the alternatives, or of those that hold. */
static const char *named(const struct schema_walk *walk,
			 const struct schema_choice *choice,
			 const struct value *holding)
{
	struct arena *arena = walk->run->arena;
	size_t i, left = 0;
	struct str out;

	str_init(&out, arena);
	for (i = 0; i < choice->count; i++)
		left += !holding ||
			schema_holds(walk->run, choice->nodes[i], holding);
	for (i = 0; i < choice->count; i++) {
		if (holding &&
		    !schema_holds(walk->run, choice->nodes[i], holding))
			continue;
		left--;
		if (out.len)
			str_puts(&out, left      ? ", "
				       : holding ? " and "
						 : " or ");
		put_fields(&out, choice->nodes[i]);
	}
	return str_text(&out);
}

/* What stands for a text could be any: then nobody can tell. */
static bool has_placeholder(const struct value *value, unsigned depth)
{
	const struct value_entry *entry;
	const struct value *item;

	if (depth > DEPTH_MAX || schema_is_placeholder(value))
		return true;
	value_foreach (entry, value)
		if (has_placeholder(entry->value, depth + 1))
			return true;
	list_foreach (item, value)
		if (has_placeholder(item, depth + 1))
			return true;
	return false;
}

static const char *subject(const struct schema_walk *walk,
			   const struct schema_at *at)
{
	return at->up ? schema_path(walk, at) : "object";
}

/* Too few hold.  A webhook may fill in what is absent. */
static void say_none(struct schema_walk *walk, struct schema_at *at,
		     const struct schema_choice *choice)
{
	bool presence = all_about_presence(choice);
	const char *fields = presence ? named(walk, choice, NULL) : "";

	walk->soft = true;
	if (!presence) {
		if (schema_report(walk, LINT_RULE_schema_invalid, at,
				  "%s: fits none of %zu alternatives",
				  subject(walk, at), choice->count))
			lint_help(walk->run, "write one of them");
	} else if (schema_report(walk, LINT_RULE_schema_required_missing, at,
				 "%s lacks %s", subject(walk, at), fields)) {
		lint_help(walk->run, "add %s", fields);
	}
	walk->soft = false;
}

static void say_several(struct schema_walk *walk, struct schema_at *at,
			const struct schema_choice *choice)
{
	if (!all_about_presence(choice)) {
		if (schema_report(walk, LINT_RULE_schema_invalid, at,
				  "%s: fits several alternatives, of which it "
				  "has to fit one",
				  subject(walk, at)))
			lint_help(walk->run, "write one of them");
		return;
	}
	if (schema_report(walk, LINT_RULE_schema_invalid, at,
			  "%s: %s exclude one another", subject(walk, at),
			  named(walk, choice, at->value)))
		lint_help(walk->run, "keep one of them");
}

static void say_forbidden(struct schema_walk *walk, struct schema_at *at,
			  const struct schema_choice *choice)
{
	const struct schema_node *node = choice->nodes[0];
	struct str fields;

	str_init(&fields, walk->run->arena);
	if (is_about_presence(node)) {
		put_fields(&fields, node);
		if (schema_report(walk, LINT_RULE_schema_invalid, at,
				  "%s: %s is not allowed", subject(walk, at),
				  str_text(&fields)))
			lint_help(walk->run, "delete %s",
				  node->count > 1 ? "one of them" : "it");
	} else if (schema_report(walk, LINT_RULE_schema_invalid, at,
				 "%s: is what the schema excludes",
				 subject(walk, at))) {
		lint_help(walk->run, "write another value");
	}
}

static void check_choice(struct schema_walk *walk, struct schema_at *at,
			 const struct schema_choice *choice)
{
	size_t i, count = 0;

	if (choice->kind == SCHEMA_ALL_OF) {
		for (i = 0; i < choice->count; i++)
			schema_custom(walk, at, choice->nodes[i]);
		return;
	}
	if (!all_about_presence(choice) && has_placeholder(at->value, 0))
		return;
	for (i = 0; i < choice->count; i++)
		count += schema_holds(walk->run, choice->nodes[i], at->value);
	if (schema_searched_enough(walk->run))
		return;
	if (choice->kind == SCHEMA_NOT) {
		if (count)
			say_forbidden(walk, at, choice);
	} else if (!count && choice->kind != SCHEMA_AT_MOST_ONE_OF) {
		say_none(walk, at, choice);
	} else if (count > 1 && choice->kind != SCHEMA_ANY_OF) {
		say_several(walk, at, choice);
	}
}

void schema_choices(struct schema_walk *walk, struct schema_at *at,
		    const struct schema_node *node)
{
	size_t i;

	for (i = 0; i < node->limits->choice_count; i++)
		check_choice(walk, at, &node->limits->choices[i]);
}
