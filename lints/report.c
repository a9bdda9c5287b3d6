/*
 * Reporting from rules: the place, the path inside the object and the help
 * come from the node and the descriptor, so that a rule says only what is
 * wrong.
 */
#include "lints/run.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/config.h"
#include "lints/subjects/hidden.h"
#include "model/placeholder.h"
#include "model/value.h"

/* "Set it to x. More." is "set it to x". */
static const char *help_of(struct arena *arena, const struct lint_rule *rule)
{
	const char *end;
	char *help;

	if (!rule->fix)
		return NULL;
	end = strstr(rule->fix, ". ");
	help = arena_strndup(arena, rule->fix,
			     end ? (size_t)(end - rule->fix)
				 : strlen(rule->fix));
	if (!end && *help && help[strlen(help) - 1] == '.')
		help[strlen(help) - 1] = '\0';
	if (isupper((unsigned char)help[0]) && !isupper((unsigned char)help[1]))
		help[0] = (char)tolower((unsigned char)help[0]);
	return help;
}

struct lint_texts {
	const char *said[512];
	const char *helps[LINT_RULES]; /* of rules that found something */
};

void lint_found_init(struct lint_found *found, struct arena *kept,
		     struct arena *arena)
{
	found->kept = kept;
	found->texts = arena_zalloc(kept, sizeof(*found->texts));
	diag_sink_init(&found->sink, arena);
}

/* Findings may be many, and much of what they say was said just before. */
static const char *shared(struct lint_found *found, const char *text)
{
	size_t len = strlen(text);
	const char **known =
		&found->texts->said[table_hash(text, len) %
				    ARRAY_COUNT(found->texts->said)];

	if (!*known || strcmp(*known, text) != 0)
		*known = arena_strndup(found->sink.arena, text, len);
	return *known;
}

static const struct diag_object *about(struct lint_found *found,
				       const struct object *object)
{
	struct diag_object *about;

	if (found->about_index == object->index + 1)
		return found->about;
	about = arena_alloc(found->sink.arena, sizeof(*about));
	about->api_version = object->api_version;
	about->kind = object->kind;
	about->name_space = object->name_space;
	about->name = object->name;
	found->about = about;
	found->about_index = object->index + 1;
	return about;
}

static struct diag *add(struct lint_run *run, enum diag_severity severity,
			const struct object *object, const char *format,
			va_list args)
{
	struct lint_found *found = run->found;
	struct lint_finding *finding =
		arena_zalloc(found->kept, sizeof(*finding));
	const char **help;
	struct diag *diag;

	vec_push(found->kept, &found->findings, finding);
	found->sink.diags.count = 0;
	diag = diag_add(&found->sink, severity,
			shared(found, arena_vprintf(run->arena, format, args)));
	finding->object = object ? object->index + 1 : 0;
	finding->rule = (uint16_t)(run->setting - run->config->settings);
	finding->serial = (uint32_t)found->findings.count;
	finding->diag = diag;
	diag->rule = run->rule->name;
	diag->code = run->rule->code;
	help = &found->texts->helps[finding->rule];
	if (!*help)
		*help = help_of(found->sink.arena, run->rule);
	diag->help = *help;
	if (object)
		diag->object = about(found, object);
	return diag;
}

static bool is_patch(const struct origin *origin)
{
	return origin->step == ORIGIN_MERGED && origin_source(origin) &&
	       (origin_source(origin)->role == SOURCE_PATCH ||
		origin_source(origin)->role == SOURCE_KUSTOMIZATION);
}

/* Whether a patch wrote all there is in the map, and so has the last word. */
static bool is_from_patch(const struct value *map)
{
	const struct value_entry *entry;

	if (!value_is_map(map) || !is_patch(&map->origin) || !value_count(map))
		return false;
	value_foreach (entry, map)
		if (origin_source(&entry->value->origin) !=
		    origin_source(&map->origin))
			return false;
	return true;
}

/* Of an item that a patch only touches, the place is where it stands. */
static const struct origin *place_of(const struct value *at)
{
	const struct origin *origin = &at->origin;

	if (!is_from_patch(at))
		while (is_patch(origin) && origin_prev(origin))
			origin = origin_prev(origin);
	return origin;
}

/*
 * Whether toYaml put in the map or list, so that what is wrong with it, or
 * missing in it, is to be mended where the values stand.
 */
static bool is_from_values(const struct value *at)
{
	const struct origin *origin = &at->origin;
	const struct segment *segment;

	if ((!value_is_map(at) && !value_is_list(at)) || !origin_source(origin))
		return false;
	segment = source_segment(origin_source(origin), origin->begin);
	return segment && segment->from && origin_source(segment->from) &&
	       origin_source(segment->from)->role == SOURCE_VALUES;
}

/* And no function made it over on the way. */
static bool leads_to_values(const struct value *at)
{
	struct place place;

	return is_from_values(at) && origin_first(&at->origin, &place) &&
	       place.source->role == SOURCE_VALUES;
}

/*
 * A scalar is its own place; a map or list is named by the key before it, in
 * the values if it stands there.
 */
static void place_at(struct lint_run *run, struct diag *diag,
		     const struct object *object, const struct value *at)
{
	struct lint_spot_at spot;

	if (!at)
		at = object->root;
	diag->origin = *place_of(at);
	run->found->key = NULL;
	if (!lint_locate(run, object, at, &spot))
		return;
	run->found->key = spot.entry;
	diag->path =
		spot.path.len ? shared(run->found, str_text(&spot.path)) : NULL;
	if (!value_is_map(at) && !value_is_list(at))
		return;
	if (spot.entry && leads_to_values(at))
		return;
	if (spot.entry)
		diag->origin = spot.entry->origin;
	diag->key = true;
}

/*
 * What a placeholder will be, nobody knows here.  Of one with a text around
 * it the form is not known either, which rules named x-invalid judge.
 */
static bool is_unknown(const struct lint_rule *rule, const struct value *at)
{
	static const char form[] = "-invalid";
	size_t len = strlen(rule->name), end = sizeof(form) - 1;

	return rule->group != LINT_INPUT && value_is_string(at) &&
	       (placeholder_whole(at->string, at->len) ||
		(placeholder_is(at) && !placeholder_in(at->string, at->len)) ||
		(len > end && strcmp(rule->name + len - end, form) == 0 &&
		 placeholder_in(at->string, at->len)));
}

static void place(struct lint_run *run, struct diag *diag,
		  const struct object *object, const struct value *at)
{
	(*vec_last(&run->found->findings))->folded = is_unknown(run->rule, at);
	if (object)
		place_at(run, diag, object, at);
	else if (at)
		diag->origin = at->origin;
}

void lint_report(struct lint_run *run, const struct value *at,
		 const char *format, ...)
{
	struct diag *diag;
	va_list args;

	va_start(args, format);
	diag = add(run, run->rule->severity, run->object, format, args);
	va_end(args);
	place(run, diag, run->object, at);
}

void lint_report_as(struct lint_run *run, enum diag_severity severity,
		    const struct value *at, const char *format, ...)
{
	struct diag *diag;
	va_list args;

	va_start(args, format);
	diag = add(run, severity, run->object, format, args);
	va_end(args);
	place(run, diag, run->object, at);
}

void lint_report_in(struct lint_run *run, const struct object *object,
		    const struct value *at, const char *format, ...)
{
	struct diag *diag;
	va_list args;

	va_start(args, format);
	diag = add(run, run->rule->severity, object, format, args);
	va_end(args);
	place(run, diag, object, at);
}

void lint_report_absent(struct lint_run *run, const struct value *parent,
			const char *field, const char *format, ...)
{
	const struct origin *hidden = lint_hidden_by(run, parent, field);
	va_list args;
	struct diag *diag;

	va_start(args, format);
	diag = add(run, run->rule->severity, run->object, format, args);
	va_end(args);
	place_at(run, diag, run->object, parent);
	diag->key = true;
	if (hidden) {
		diag->origin = *hidden;
		diag->key = false;
	} else if (parent &&
		   ((value_is_map(parent) && is_from_values(parent)) ||
		    is_from_patch(parent))) {
		diag->origin = parent->origin;
		/* Of an empty one there is no key that could lead. */
		diag->key = value_count(parent) > 0;
	}
	if (!*field)
		return;
	diag->path =
		shared(run->found, arena_printf(run->arena, "%s%s%s",
						diag->path ? diag->path : "",
						diag->path ? "." : "", field));
}

void lint_vreport_spot(struct lint_run *run, const struct lint_spot *spot,
		       const char *format, va_list args)
{
	struct diag *diag =
		add(run, spot->soft ? DIAG_WARNING : run->rule->severity,
		    run->object, format, args);

	diag->origin = *spot->origin;
	diag->key = spot->key;
	diag->path = *spot->path ? shared(run->found, spot->path) : NULL;
}

static struct diag *last(struct lint_run *run)
{
	return *vec_last(&run->found->sink.diags);
}

void lint_at_key(struct lint_run *run)
{
	struct diag *diag = last(run);

	/* What a person wrote has one place. */
	if (!run->found->key || !origin_source(&diag->origin) ||
	    !origin_source(&diag->origin)->map)
		return;
	diag->origin = run->found->key->origin;
	diag->key = true;
}

void lint_at_use(struct lint_run *run)
{
	const struct value_entry *key = run->found->key;
	struct origin origin = last(run)->origin;
	struct place made, used;

	if (!key || !origin_source(&key->origin) || !origin_source(&origin) ||
	    !origin_first(&origin, &made) ||
	    !origin_first(&key->origin, &used) || made.source == used.source ||
	    made.source->role != SOURCE_TEMPLATE ||
	    used.source->role != SOURCE_TEMPLATE)
		return;
	lint_at_key(run);
	diag_note(&run->found->sink, &origin, "this makes it");
}

void lint_at_part(struct lint_run *run, const struct value *text, size_t begin,
		  size_t len)
{
	if (origin_source(&text->origin) && origin_source(&text->origin)->map)
		lint_in_part(run, text, begin, len);
}

void lint_in_part(struct lint_run *run, const struct value *text, size_t begin,
		  size_t len)
{
	struct origin *origin = &last(run)->origin;
	const struct source *source = origin_source(&text->origin);
	size_t at = text->origin.begin, whole = strlen(text->string);

	/* Only a text that stands there as it is has a part to point at. */
	if (!source || source->len < at + whole + 1)
		return;
	at += source->text[at] == '"' || source->text[at] == '\'';
	if (strncmp(source->text + at, text->string, whole) != 0)
		return;
	origin->begin = (uint32_t)(at + begin);
	origin->length = (uint32_t)len & ORIGIN_LENGTH_MAX;
}

void lint_related(struct lint_run *run, const struct value *at,
		  const char *format, ...)
{
	struct diag_sink *sink = &run->found->sink;
	va_list args;
	const char *text;

	va_start(args, format);
	text = arena_vprintf(run->arena, format, args);
	va_end(args);
	diag_note(sink, at ? &at->origin : NULL, "%s", text);
}

void lint_help(struct lint_run *run, const char *format, ...)
{
	va_list args;
	const char *text;

	va_start(args, format);
	text = arena_vprintf(run->arena, format, args);
	va_end(args);
	last(run)->help = shared(run->found, text);
}
