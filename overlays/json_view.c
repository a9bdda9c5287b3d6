#include "overlays/json_view.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/str.h"
#include "model/value.h"
#include "model/yaml_scalar.h"
#include "model/yaml_text.h"
#include "model/yaml_time.h"
#include "overlays/node.h"
#include "overlays/refusal.h"
#include "overlays/run.h"

static bool unsupported(struct overlay_run *run, const struct origin *at,
			const char *native)
{
	return overlay_fail(run, at, native,
			    "this has no form in JSON, which kustomize needs "
			    "here");
}

enum value_style json_view_style(const char *text, size_t len)
{
	const struct yaml_text shown = { .at = text, .len = len, .v3 = true };
	struct value probe = { .kind = VALUE_NULL };
	bool multiline;

	yaml_resolve(YAML_KUSTOMIZE, text, len, &probe);
	if (memchr(text, '\n', len))
		return VALUE_STYLE_LITERAL;
	if (probe.tag == VALUE_TAG_MERGE)
		return VALUE_STYLE_PLAIN;
	if (probe.tag != VALUE_TAG_STR || !yaml_reads_as_string(text, len) ||
	    yaml_is_sexagesimal(text, len))
		return VALUE_STYLE_DOUBLE;
	return yaml_text_style(&shown, VALUE_STYLE_PLAIN, &multiline);
}

void json_view_restyle(struct value *string)
{
	string->style = json_view_style(string->string, string->len) & 15;
	/* Printed plain it is read as a merge key. */
	string->tag = string->len == 2 && memcmp(string->string, "<<", 2) == 0
			      ? VALUE_TAG_MERGE
			      : VALUE_TAG_STR;
}

static struct value *as_string(struct overlay_run *run, const struct value *old,
			       const char *text, size_t len)
{
	struct value *value =
		value_new_string(run->arena, &old->origin, text, len);

	json_view_restyle(value);
	return value;
}

static struct value *as_number(struct overlay_run *run, const struct value *old,
			       double real)
{
	struct value *value = value_new_float(run->arena, &old->origin, real);

	value->style = VALUE_STYLE_PLAIN;
	value->tag = VALUE_TAG_FLOAT;
	if (old->kind != VALUE_FLOAT || old->flags & JSON_VIEW_INTEGER)
		value->flags |= JSON_VIEW_INTEGER;
	return value;
}

static bool view_binary(struct overlay_run *run, struct value **slot)
{
	const struct value *old = *slot;
	struct str bytes;
	size_t at;

	str_init(&bytes, run->arena);
	if (!base64_decode(&bytes, old->string, old->len, &at))
		return unsupported(run, &old->origin,
				   "yaml: !!binary value contains invalid "
				   "base64 data");
	*slot = as_string(run, old, str_text(&bytes), bytes.len);
	return true;
}

/* The printing on the way changes folded texts. */
static bool view_folded(struct overlay_run *run, struct value **slot)
{
	const struct value *old = *slot;
	struct str text;

	str_init(&text, run->arena);
	yaml_text_refold(&text, old->string, old->len);
	*slot = as_string(run, old, str_text(&text), text.len);
	return true;
}

/* A number; JSON has none for what is not finite. */
static bool view_real(struct overlay_run *run, struct value **slot, double real)
{
	const struct value *old = *slot;

	if (!isfinite(real))
		return unsupported(run, &old->origin,
				   isnan(real) ? "json: unsupported value: NaN"
				   : real > 0
					   ? "json: unsupported value: +Inf"
					   : "json: unsupported value: -Inf");
	*slot = as_number(run, old, real);
	return true;
}

static bool view_scalar(struct overlay_run *run, struct value **slot)
{
	const struct value *old = *slot;
	struct value late = *old;
	char time[YAML_TIME_ROOM];

	if (old->kind == VALUE_STRING && old->tag == VALUE_TAG_NONE &&
	    old->style == VALUE_STYLE_PLAIN) {
		late.segments = NULL;
		yaml_resolve(YAML_KUSTOMIZE, old->string, old->len, &late);
		if (late.kind == VALUE_STRING)
			late.string = old->string;
	}
	switch ((enum value_kind)late.kind) {
	case VALUE_STRING:
		if (!yaml_tag_is_borne_out(&late))
			return unsupported(run, &old->origin,
					   yaml_tag_fault(run->arena, &late));
		if (late.tag == VALUE_TAG_BINARY)
			return view_binary(run, slot);
		if (late.style == VALUE_STYLE_FOLDED)
			return view_folded(run, slot);
		if (late.tag == VALUE_TAG_TIMESTAMP &&
		    yaml_time_parse(late.string, late.len, time))
			*slot = as_string(run, old, time, strlen(time));
		else
			*slot = as_string(run, old, late.string, late.len);
		return true;
	case VALUE_INT:
		*slot = as_number(run, old, (double)late.integer);
		return true;
	case VALUE_UINT:
		*slot = as_number(run, old, (double)late.natural);
		return true;
	case VALUE_FLOAT:
		/* What a JSON patch printed as "-0" is read as a whole one. */
		if (late.real == 0.0 && old->kind == VALUE_FLOAT && !old->text)
			late.real = 0.0;
		return view_real(run, slot, late.real);
	case VALUE_NULL:
		/* See the reader: an absent value in a flow collection. */
		if (late.style == VALUE_STYLE_FLOW) {
			*slot = as_string(run, old, "", 0);
			return true;
		}
		/* FALLTHROUGH */
	case VALUE_BOOL:
		*slot = value_copy(run->arena, &late);
		(*slot)->style = VALUE_STYLE_PLAIN;
		(*slot)->text = NULL;
		return true;
	case VALUE_BYTES:
	case VALUE_LIST:
	case VALUE_MAP:
	case VALUE_OPAQUE:
		break;
	}
	return true;
}

static bool view(struct overlay_run *run, struct value **slot, bool top,
		 bool integers)
{
	struct value *tree = *slot;
	uint32_t i;

	if (tree->kind == VALUE_LIST) {
		for (i = 0; i < tree->list->count; i++)
			if (!view(run, &tree->list->items[i], false, integers))
				return false;
		tree->style = VALUE_STYLE_BLOCK;
		return true;
	}
	if (integers && (tree->kind == VALUE_INT || tree->kind == VALUE_UINT))
		return true;
	if (tree->kind != VALUE_MAP)
		return view_scalar(run, slot);
	for (i = 0; i < tree->map->count; i++) {
		struct value_entry *entry = &tree->map->entries[i];

		if (entry->kind == VALUE_MAP &&
		    node_merge_key(run->arena, tree))
			return view(run, slot, top, integers);
		if (entry->kind == VALUE_MAP)
			return unsupported(run, &entry->origin,
					   "yaml: map merge requires map or "
					   "sequence of maps as the value");
		if (entry->kind == VALUE_LIST)
			return unsupported(
				run, &entry->origin,
				overlay_text(run, "yaml: %s", entry->key));
		if (entry->kind != VALUE_STRING && !top)
			return unsupported(run, &entry->origin,
					   "json: unsupported type: "
					   "map[interface {}]interface {}");
		entry->kind = VALUE_STRING;
		if (!view(run, &entry->value, false, integers))
			return false;
	}
	tree->style = VALUE_STYLE_BLOCK;
	return true;
}

/* What has a key twice has no JSON. */
static bool is_single(struct overlay_run *run, const struct value *tree)
{
	const char *native;
	const struct value_entry *twice =
		refusal_duplicate(run->arena, tree, &native);

	if (!twice)
		return true;
	return overlay_fail(run, &twice->origin, strstr(native, "yaml: "),
			    "the key \"%s\" is in this map twice", twice->key);
}

static bool is_readable(struct overlay_run *run, const struct value *tree)
{
	const char *native;
	const struct value *lost = refusal_lost(run->arena, tree, &native);

	return !lost ||
	       overlay_fail(run, &lost->origin, native,
			    "this text begins with a tab, which kustomize "
			    "prints as a block that it cannot read again");
}

bool json_view(struct overlay_run *run, struct value **tree)
{
	return is_single(run, *tree) && is_readable(run, *tree) &&
	       view(run, tree, true, false);
}

bool json_view_integers(struct overlay_run *run, struct value **tree)
{
	return is_single(run, *tree) && is_readable(run, *tree) &&
	       view(run, tree, true, true);
}
