#include "base/regex_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/unicode_tables.h"
#include "base/utf8.h"

enum {
	NAME_MAX_LEN = 32,
	FOLD_FIRST = 'A',   /* no character below has another case, */
	FOLD_LAST = 0x1E943 /* and none above */
};

void rune_set_add(struct arena *arena, struct rune_set *set, uint32_t first,
		  uint32_t last)
{
	struct rune_span span = { first, last };

	if (set->count && vec_last(set)->last + 1 == first)
		vec_last(set)->last = last;
	else
		vec_push(arena, set, span);
}

void rune_set_add_folded(struct arena *arena, struct rune_set *set,
			 uint32_t first, uint32_t last)
{
	uint32_t end = last < FOLD_LAST ? last : FOLD_LAST;
	uint32_t rune = first > FOLD_FIRST ? first : FOLD_FIRST, other;

	rune_set_add(arena, set, first, last);
	for (; rune <= end; rune++) {
		for (other = rune_fold(rune); other != rune;
		     other = rune_fold(other))
			rune_set_add(arena, set, other, other);
	}
}

static int compare_spans(const void *a, const void *b)
{
	const struct rune_span *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->last < y->last ? -1 : x->last > y->last;
}

void rune_set_clean(struct rune_set *set)
{
	size_t kept = 0, i;

	if (!set->count)
		return;
	qsort(set->items, set->count, sizeof(*set->items), compare_spans);
	for (i = 1; i < set->count; i++) {
		struct rune_span *last = &set->items[kept];

		if (set->items[i].first > last->last + 1)
			set->items[++kept] = set->items[i];
		else if (set->items[i].last > last->last)
			last->last = set->items[i].last;
	}
	set->count = kept + 1;
}

void rune_set_fold(struct arena *arena, struct rune_set *set)
{
	struct rune_set folded = { 0 };

	for (size_t i = 0; i < set->count; i++)
		rune_set_add_folded(arena, &folded, set->items[i].first,
				    set->items[i].last);
	rune_set_clean(&folded);
	*set = folded;
}

void rune_set_negate(struct arena *arena, struct rune_set *set)
{
	struct rune_set rest = { 0 };
	uint32_t next = 0;

	for (size_t i = 0; i < set->count; i++) {
		if (set->items[i].first > next)
			rune_set_add(arena, &rest, next,
				     set->items[i].first - 1);
		next = set->items[i].last + 1;
	}
	if (next <= RUNE_LAST)
		rune_set_add(arena, &rest, next, RUNE_LAST);
	*set = rest;
}

bool rune_set_has(const struct rune_set *set, uint32_t rune)
{
	size_t low = 0, high = set->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (rune > set->items[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < set->count && rune >= set->items[low].first;
}

/* Long names of categories, squeezed; "LC" stands for Lu, Ll and Lt. */
static const struct category_alias {
	const char *name;
	const char *category;
} aliases[] = { { "casedletter", "LC" },
		{ "closepunctuation", "Pe" },
		{ "cntrl", "Cc" },
		{ "combiningmark", "M" },
		{ "connectorpunctuation", "Pc" },
		{ "control", "Cc" },
		{ "currencysymbol", "Sc" },
		{ "dashpunctuation", "Pd" },
		{ "decimalnumber", "Nd" },
		{ "digit", "Nd" },
		{ "enclosingmark", "Me" },
		{ "finalpunctuation", "Pf" },
		{ "format", "Cf" },
		{ "initialpunctuation", "Pi" },
		{ "letter", "L" },
		{ "letternumber", "Nl" },
		{ "lineseparator", "Zl" },
		{ "lowercaseletter", "Ll" },
		{ "mark", "M" },
		{ "mathsymbol", "Sm" },
		{ "modifierletter", "Lm" },
		{ "modifiersymbol", "Sk" },
		{ "nonspacingmark", "Mn" },
		{ "number", "N" },
		{ "openpunctuation", "Ps" },
		{ "other", "C" },
		{ "otherletter", "Lo" },
		{ "othernumber", "No" },
		{ "otherpunctuation", "Po" },
		{ "othersymbol", "So" },
		{ "paragraphseparator", "Zp" },
		{ "privateuse", "Co" },
		{ "punct", "P" },
		{ "punctuation", "P" },
		{ "separator", "Z" },
		{ "spaceseparator", "Zs" },
		{ "spacingmark", "Mc" },
		{ "surrogate", "Cs" },
		{ "symbol", "S" },
		{ "titlecaseletter", "Lt" },
		{ "unassigned", "Cn" },
		{ "uppercaseletter", "Lu" },
		{ NULL, NULL } };

/* Lower-case letters only; false if the name has anything else that counts. */
static bool squeeze(char squeezed[NAME_MAX_LEN + 1], const char *name,
		    size_t len)
{
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		char c = name[i];

		if (c == ' ' || c == '-' || c == '_')
			continue;
		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		if (c < 'a' || c > 'z' || used == NAME_MAX_LEN)
			return false;
		squeezed[used++] = c;
	}
	squeezed[used] = '\0';
	return used > 0;
}

static bool equals_squeezed(const char *name, const char *squeezed)
{
	while (*name && (*name | 0x20) == *squeezed)
		name++, squeezed++;
	return !*name && !*squeezed;
}

/* Whether a run of the category called `own` belongs to the wanted one. */
static bool category_fits(const char *own, const char *wanted)
{
	if (strcmp(wanted, "LC") == 0)
		return own[0] == 'L' && strchr("ult", own[1]);
	return own[0] == wanted[0] && (!wanted[1] || own[1] == wanted[1]);
}

static void add_category(struct arena *arena, struct rune_set *set,
			 const char *wanted)
{
	const struct rune_run *run = unicode_category_runs;

	for (; run->first <= RUNE_LAST; run++) {
		const char *own = unicode_category_names[run->name];

		if (category_fits(own ? own : "Cn", wanted))
			rune_set_add(arena, set, run->first, run[1].first - 1);
	}
}

/* The category of a squeezed name, spelled as in the tables; NULL: none. */
static const char *category_of(const char *name)
{
	static const char majors[][2] = { "C", "L", "M", "N", "P", "S", "Z" };

	for (const struct category_alias *row = aliases; row->name; row++) {
		if (strcmp(row->name, name) == 0)
			return row->category;
	}
	for (size_t i = 0; i < sizeof(majors) / sizeof(majors[0]); i++) {
		if (equals_squeezed(majors[i], name))
			return majors[i];
	}
	for (size_t i = 1; unicode_category_names[i]; i++) {
		if (equals_squeezed(unicode_category_names[i], name))
			return unicode_category_names[i];
	}
	return equals_squeezed("LC", name)   ? "LC"
	       : equals_squeezed("Cn", name) ? "Cn"
					     : NULL;
}

static bool add_script(struct arena *arena, struct rune_set *set,
		       const char *name)
{
	const struct rune_run *run = unicode_script_runs;
	uint32_t script = 1;

	while (unicode_script_names[script] &&
	       !equals_squeezed(unicode_script_names[script], name))
		script++;
	if (!unicode_script_names[script])
		return false;
	for (; run->first <= RUNE_LAST; run++) {
		if (run->name == script)
			rune_set_add(arena, set, run->first, run[1].first - 1);
	}
	return true;
}

bool rune_set_add_named(struct arena *arena, struct rune_set *set,
			const char *name, size_t len)
{
	char squeezed[NAME_MAX_LEN + 1];
	const char *category;

	if (!squeeze(squeezed, name, len))
		return false;
	if (strcmp(squeezed, "any") == 0) {
		rune_set_add(arena, set, 0, RUNE_LAST);
	} else if (strcmp(squeezed, "ascii") == 0) {
		rune_set_add(arena, set, 0, 0x7F);
	} else if (strcmp(squeezed, "assigned") == 0) {
		struct rune_set none = { 0 };

		add_category(arena, &none, "Cn");
		rune_set_clean(&none);
		rune_set_negate(arena, &none);
		for (size_t i = 0; i < none.count; i++)
			rune_set_add(arena, set, none.items[i].first,
				     none.items[i].last);
	} else if ((category = category_of(squeezed))) {
		add_category(arena, set, category);
	} else {
		return add_script(arena, set, squeezed);
	}
	return true;
}
