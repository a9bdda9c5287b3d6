/*
 * image-tag-drift: one image with several tags in one set.
 */
#include "lints/lint.h"
#include "lints/subjects/alternatives.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "lints/subjects/image.h"
#include "model/bundle.h"
#include "model/value.h"

struct use {
	const char *tag; /* of the first */
	const struct value *at;
	const struct object *by;
	struct str tags;
	const struct value *other; /* the first with another tag */
	const struct object *object;
};

static void add(struct lint_run *run, struct table *uses,
		const struct container_ref *c)
{
	const struct value *at = value_get(c->spec, "image");
	struct lint_image image =
		lint_image_split(run->arena, value_string_or(at, ""));
	const char *key =
		arena_printf(run->arena, "%s%s%s", image.registry,
			     *image.registry ? "/" : "", image.repository);
	struct use *use = table_gets(uses, key);

	if (!*image.tag || *image.digest)
		return;
	if (!use) {
		use = arena_zalloc(run->arena, sizeof(*use));
		use->tag = image.tag;
		use->at = at;
		use->by = c->object;
		str_init(&use->tags, run->arena);
		str_puts(&use->tags, image.tag);
		table_puts(uses, key, use);
		return;
	}
	if (strcmp(use->tag, image.tag) == 0 ||
	    lint_are_alternatives(run, use->by, c->object))
		return;
	if (!use->other) {
		use->other = at;
		use->object = c->object;
	}
	if (use->tags.len < 80 && !strstr(str_text(&use->tags), image.tag))
		str_printf(&use->tags, ", %s", image.tag);
}

static void report(struct lint_run *run, const char *image, struct use *use)
{
	const char *text = value_string_or(use->other, "");
	size_t tag = strlen(lint_image_split(run->arena, text).tag);

	lint_report_in(run, use->object, use->other,
		       "'%s' is used with tags %s", image,
		       str_text(&use->tags));
	lint_at_part(run, use->other, strlen(text) - tag, tag);
	lint_related(run, use->at, "first used here");
}

static void check(struct lint_run *run)
{
	struct table uses;
	struct object *object;
	struct podspec pod;
	struct container_ref c;
	size_t i;

	table_init(&uses, run->arena);
	bundle_foreach (object, run->bundle)
		if (podspec_of(object, &pod))
			for (podspec_first(&pod, &c); c.spec; podspec_next(&c))
				add(run, &uses, &c);
	for (i = 0; i < uses.count; i++) {
		struct use *use = uses.entries[i].value;

		if (use->other)
			report(run, uses.entries[i].key, use);
	}
}

const struct lint_rule lint_image_tag_drift = {
	.name = "image-tag-drift",
	.code = "PL8107",
	.group = LINT_METADATA,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "One image is used with several tags.",
	.why = "Parts of one release run different versions, mostly because "
	       "one place was forgotten.",
	.fix = "Use one tag.",
	.check_bundle = check,
};
