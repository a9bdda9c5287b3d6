#include "compiler/finding.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/origin.h"
#include "base/sha.h"
#include "base/str.h"
#include "compiler/secret_command.h"
#include "model/secret.h"

enum {
	TEXT_MAX = 400,
	FINGERPRINT_BYTES = 16
};

/* Whether the values on this finding's lines must not be shown. */
static bool is_secret(const struct diag *diag)
{
	return (diag->code && strncmp(diag->code, "PL4", 3) == 0) ||
	       strcmp(diag->object->kind, "Secret") == 0;
}

static bool has_cipher(const char *text, size_t len)
{
	static const char open[] = "ENC[";
	const size_t size = sizeof(open) - 1;
	const char *end = text + len;

	while ((text = memchr(text, *open, (size_t)(end - text))) != NULL) {
		if ((size_t)(end - text) >= size &&
		    memcmp(text, open, size) == 0)
			return true;
		text++;
	}
	return false;
}

/* Nobody shall read what SOPS has encrypted; columns stay where they are. */
static const char *unciphered(struct arena *arena, const char *text, size_t len)
{
	char *copy, *at, *close;

	if (!has_cipher(text, len) && !secret_hides(text, len))
		return text;
	copy = arena_strdup(arena, secret_hidden(arena, text, len, true));
	at = copy;
	while ((at = strstr(at, "ENC[")) != NULL) {
		at += strlen("ENC[");
		close = strchr(at, ']');
		/* A long line may have been cut in it. */
		if (!close && strncmp(at, "AES", 3) != 0)
			continue;
		memset(at, '*', close ? (size_t)(close - at) : strlen(at));
	}
	return copy;
}

/* The characters before a column; bytes that continue one do not count. */
static uint32_t characters(const struct source *source,
			   const struct line_column *at)
{
	size_t len, i;
	const char *line = source_line(source, at->line, &len);
	uint32_t count = 1;

	for (i = 0; line && i + 1 < at->column && i < len; i++)
		count += ((unsigned char)line[i] & 0xc0) != 0x80;
	return line ? count : at->column;
}

static struct finding_place resolve(struct arena *arena,
				    const struct place *place, bool secret)
{
	struct line_column begin = source_position(place->source, place->begin);
	struct line_column end = source_position(place->source, place->end);
	struct finding_place plain = {
		.file = place->source->name,
		.line = begin.line,
		.column = begin.column,
		.end_line = end.line,
		.end_column = end.column,
		.role = place_role_name(place),
		.chars = { characters(place->source, &begin),
			   characters(place->source, &end) },
	};
	const char *line =
		source_line(place->source, begin.line, &plain.text_len);
	const char *words;

	if (!line)
		return plain;
	if (plain.text_len && line[plain.text_len - 1] == '\r')
		plain.text_len--;
	if (plain.text_len > TEXT_MAX)
		plain.text_len = TEXT_MAX;
	words = secret_words(arena, place->source, begin.line, plain.text_len);
	secret = secret || secret_line(line, plain.text_len);
	line = words && !secret ? words : line;
	plain.text = secret ? secret_masked(arena, line, &plain.text_len)
			    : unciphered(arena, line, plain.text_len);
	return plain;
}

static void put_normalised(struct str *out, const char *text, size_t len)
{
	size_t i;
	bool blank = true;

	for (i = 0; i < len; i++) {
		bool space = text[i] == ' ' || text[i] == '\t';

		if (!space)
			str_putc(out, text[i]);
		else if (!blank)
			str_putc(out, ' ');
		blank = space;
	}
}

/* Items of a list may change places: [3] counts as []. */
static void put_path(struct str *out, const char *path)
{
	for (; *path; path++) {
		str_putc(out, *path);
		if (*path == '[')
			path += strspn(path + 1, "0123456789");
	}
	str_putc(out, '\n');
}

/* A container, say: what stands on its first line is not what is wrong. */
static bool is_whole(const struct finding_place *place)
{
	return place->end_line > place->line ||
	       (place->column && place->column <= place->text_len &&
		strchr("{[", place->text[place->column - 1]));
}

/* The names in a message: of the container, whatever it runs. */
static void put_names(struct str *out, const char *message)
{
	const char *end;

	while ((message = strchr(message, '\'')) != NULL) {
		end = strchr(++message, '\'');
		if (!end)
			break;
		str_put(out, message, (size_t)(end - message));
		str_putc(out, '\n');
		message = end + 1;
	}
}

/*
 * Lines and files may move; rule, object, path and the line's text stay, or the
 * names of what is more than a line.
 */
static void put_identity(struct str *out, const struct finding *finding,
			 const struct diag *diag)
{
	const struct diag_object *object = diag->object;
	const char *const parts[] = {
		diag->rule ? diag->rule : finding->message,
		object->api_version,
		object->kind,
		object->name_space,
		object->name,
	};
	const struct finding_place *place;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(parts); i++) {
		str_puts(out, parts[i]);
		str_putc(out, '\n');
	}
	put_path(out, diag->path ? diag->path : "");
	if (!finding->places->count || !finding->places->items[0].text)
		return;
	place = &finding->places->items[0];
	if (is_whole(place))
		put_names(out, diag->message);
	else
		put_normalised(out, place->text, place->text_len);
}

const char *finding_member_fingerprint(struct arena *arena,
				       const struct finding *finding,
				       const struct diag *diag)
{
	char *print = arena_alloc(arena, 2 * FINGERPRINT_BYTES + 1);
	struct arena *scratch = arena_new_small();
	uint8_t digest[SHA256_BYTES];
	struct str text;

	str_init(&text, scratch);
	put_identity(&text, finding, diag);
	sha256(text.text, text.len, digest);
	sha_hex(digest, FINGERPRINT_BYTES, print);
	arena_free(scratch);
	return print;
}

const char *finding_fingerprint(struct arena *arena,
				const struct finding *finding)
{
	return finding->fingerprint ? finding->fingerprint
				    : finding_member_fingerprint(arena, finding,
								 finding->diag);
}

bool finding_member(const struct finding *finding, size_t index,
		    struct finding_member *member)
{
	const struct finding_members *others = finding->others;

	if (!index) {
		member->diag = finding->diag;
		member->where = finding->where->items[0];
		member->identity = finding->identity;
		return true;
	}
	if (!others || index > others->count)
		return false;
	*member = others->items[index - 1];
	return true;
}

static const struct finding_notes *notes_of(struct arena *arena,
					    const struct diag *diag)
{
	static const struct finding_notes none;
	struct finding_notes *notes;
	struct place place;
	size_t i;

	if (!diag->notes.count)
		return &none;
	notes = arena_zalloc(arena, sizeof(*notes));
	for (i = 0; i < diag->notes.count; i++) {
		struct finding_note *note = vec_new(arena, notes);

		memset(note, 0, sizeof(*note));
		note->text = diag->notes.items[i].text;
		note->has_place =
			origin_source(&diag->notes.items[i].origin) &&
			origin_first(&diag->notes.items[i].origin, &place);
		if (note->has_place)
			note->place = resolve(arena, &place, is_secret(diag));
	}
	return notes;
}

static const struct finding_places *
places_of(struct arena *arena, const struct diag *diag, bool secret, bool *more)
{
	struct finding_places *own = arena_zalloc(arena, sizeof(*own));
	struct places places;
	size_t i;

	origin_resolve(&diag->origin, diag->key, &places);
	*more = places.more;
	own->room = places.count;
	own->items = arena_alloc(arena, places.count * sizeof(*own->items));
	for (i = 0; i < places.count; i++)
		vec_push(arena, own, resolve(arena, &places.items[i], secret));
	return own;
}

void finding_add_where(struct arena *arena, struct finding_wheres *all,
		       const struct finding_where *where)
{
	const struct finding_where *last = all->count ? vec_last(all) : NULL;

	if (!last || strcmp(last->target, where->target) != 0 ||
	    strcmp(last->environment, where->environment) != 0)
		vec_push(arena, all, *where);
}

static bool is_of(const struct finding_node *node, const struct diag *diag,
		  bool secret)
{
	const struct origin *a = &node->origin, *b = &diag->origin;

	return a->from == b->from && a->begin == b->begin &&
	       a->length == b->length && a->step == b->step &&
	       a->linked == b->linked && node->key == diag->key &&
	       node->secret == secret;
}

static void find_places(struct arena *arena, struct finding_nodes *nodes,
			struct finding *finding)
{
	const struct diag *diag = finding->diag;
	bool secret = is_secret(diag);
	struct finding_node alone = { .origin = { .from = NULL } };
	struct finding_node *node = &alone;

	if (nodes)
		node = &nodes->nodes[(diag->origin.begin + diag->key) %
				     FINDING_NODES];
	if (!is_of(node, diag, secret)) {
		node->places = places_of(arena, diag, secret, &node->more);
		node->origin = diag->origin;
		node->key = diag->key;
		node->secret = secret;
	}
	finding->places = node->places;
	finding->more_places = node->more;
}

/* "spec.token: boolean expected": what stands behind a path is no secret. */
static const char *message_of(struct arena *arena, const struct diag *diag)
{
	const char *text = diag->message, *rest;
	size_t len = strcspn(text, ": ");

	/* Of a values schema: "values/token: got string, want boolean". */
	if (strncmp(text + len, ": got ", 6) != 0 &&
	    (!diag->path || strlen(diag->path) != len ||
	     strncmp(text, diag->path, len) != 0 || text[len] != ':'))
		return unciphered(arena, text, strlen(text));
	rest = unciphered(arena, text + len, strlen(text + len));
	return rest == text + len
		       ? text
		       : arena_printf(arena, "%.*s%s", (int)len, text, rest);
}

/* What may be shown of it. */
void finding_find_words(struct arena *arena, struct finding *finding)
{
	const struct diag *diag = finding->diag;
	struct place place;

	finding->message = message_of(arena, diag);
	if (origin_first(&diag->origin, &place))
		finding->message =
			secret_sentence(arena, &place, finding->message);
	finding->notes = notes_of(arena, diag);
}

static const char *identity_of(struct arena *arena, struct finding_nodes *nodes,
			       const struct finding *finding)
{
	struct str *text = &nodes->identity;

	str_clear(text);
	put_identity(text, finding, finding->diag);
	return arena_strndup(arena, text->text, text->len);
}

struct finding *finding_new(struct arena *arena, struct finding_nodes *nodes,
			    const struct diag *diag, bool bare)
{
	static const struct finding_places nowhere;
	static const struct finding_notes silent;
	struct finding *finding = arena_zalloc(arena, sizeof(*finding));

	finding->diag = diag;
	finding->count = 1;
	finding->places = &nowhere;
	if (origin_source(&diag->origin))
		find_places(arena, nodes, finding);
	finding->message = diag->message;
	finding->notes = &silent;
	if (bare)
		finding->identity = identity_of(arena, nodes, finding);
	else
		finding_find_words(arena, finding);
	/* A report says where it was seen. */
	if (!nodes)
		finding->where = arena_zalloc(arena, sizeof(*finding->where));
	return finding;
}

void finding_keep(struct arena *arena, struct finding *finding,
		  const struct finding_members *kept)
{
	struct finding_wheres *where = arena_zalloc(arena, sizeof(*where));
	size_t i;

	for (i = 0; i < kept->count; i++)
		finding_add_where(arena, where, &kept->items[i].where);
	finding->where = where;
	finding->count = (uint32_t)kept->count;
	finding->others = arena_zalloc(arena, sizeof(*finding->others));
	for (i = 1; i < kept->count; i++)
		vec_push(arena, finding->others, kept->items[i]);
	finding->diag = kept->items[0].diag;
	finding->identity = kept->items[0].identity;
}

void finding_add_object(struct arena *arena, struct finding *finding,
			const struct origin *at, const char *role,
			const char *name)
{
	struct finding_places *places;
	struct finding_place where;
	struct place place;
	size_t i;

	if (!origin_source(at) || !origin_first(at, &place))
		return;
	where = resolve(arena, &place, false);
	where.role = role;
	where.name = name;
	/* In the chain its name says more than its first line. */
	if (finding->places->count) {
		where.text = where.name;
		where.text_len = strlen(name);
	}
	places = arena_zalloc(arena, sizeof(*places));
	for (i = 0; i < finding->places->count; i++)
		vec_push(arena, places, finding->places->items[i]);
	vec_push(arena, places, where);
	finding->places = places;
}
