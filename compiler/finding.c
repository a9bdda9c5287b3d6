#include "compiler/finding.h"

#include <string.h>

#include "base/arena.h"
#include "base/origin.h"
#include "base/sha.h"
#include "base/str.h"
#include "compiler/secret.h"

enum {
	TEXT_MAX = 400,
	FINGERPRINT_BYTES = 16
};

/* Whether the values on this finding's lines must not be shown. */
static bool is_secret(const struct diag *diag)
{
	return (diag->code && strncmp(diag->code, "PL4", 3) == 0) ||
	       strcmp(diag->object.kind, "Secret") == 0;
}

/* Nobody shall read what SOPS has encrypted; columns stay where they are. */
static const char *unciphered(struct arena *arena, const char *text, size_t len)
{
	char *copy = arena_strdup(arena, secret_hidden(arena, text, len, true));
	char *at = copy, *close;

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
		.file = arena_strdup(arena, place->source->name),
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

	if (!line)
		return plain;
	if (plain.text_len && line[plain.text_len - 1] == '\r')
		plain.text_len--;
	if (plain.text_len > TEXT_MAX)
		plain.text_len = TEXT_MAX;
	secret = secret || secret_line(line, plain.text_len);
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

/* Lines and files may move; rule, object, path and the line's text stay. */
static void fingerprint(struct arena *arena, struct finding *finding)
{
	uint8_t digest[SHA256_BYTES];
	struct str text;

	str_init(&text, arena);
	str_printf(&text, "%s\n%s\n%s\n%s\n%s\n",
		   finding->rule ? finding->rule : finding->message,
		   finding->object.api_version, finding->object.kind,
		   finding->object.name_space, finding->object.name);
	put_path(&text, finding->path ? finding->path : "");
	if (finding->places.count)
		put_normalised(&text,
			       finding->places.items[0].text
				       ? finding->places.items[0].text
				       : "",
			       finding->places.items[0].text_len);
	sha256(text.text, text.len, digest);
	sha_hex(digest, FINGERPRINT_BYTES, finding->fingerprint);
}

static void add_notes(struct arena *arena, struct finding *finding,
		      const struct diag *diag)
{
	struct place place;
	size_t i;

	for (i = 0; i < diag->notes.count; i++) {
		struct finding_note *note = vec_new(arena, &finding->notes);

		memset(note, 0, sizeof(*note));
		note->text = arena_strdup(arena, diag->notes.items[i].text);
		note->has_place =
			diag->notes.items[i].origin.source &&
			origin_first(&diag->notes.items[i].origin, &place);
		if (note->has_place)
			note->place = resolve(arena, &place, is_secret(diag));
	}
}

struct finding *finding_new(struct arena *arena, const struct diag *diag)
{
	struct finding *finding = arena_zalloc(arena, sizeof(*finding));
	struct places places;
	size_t i;

	finding->severity = diag->severity;
	finding->rule = diag->rule;
	finding->code = diag->code;
	finding->message =
		unciphered(arena, diag->message, strlen(diag->message));
	if (diag->help)
		finding->help = arena_strdup(arena, diag->help);
	finding->object.api_version =
		arena_strdup(arena, diag->object.api_version);
	finding->object.kind = arena_strdup(arena, diag->object.kind);
	finding->object.name_space =
		arena_strdup(arena, diag->object.name_space);
	finding->object.name = arena_strdup(arena, diag->object.name);
	if (diag->path)
		finding->path = arena_strdup(arena, diag->path);
	if (diag->ignored_by)
		finding->ignored_by = arena_strdup(arena, diag->ignored_by);
	if (diag->ignored_reason)
		finding->ignored_reason =
			arena_strdup(arena, diag->ignored_reason);
	finding->count = 1;
	if (diag->origin.source) {
		origin_resolve(&diag->origin, diag->key, &places);
		for (i = 0; i < places.count; i++)
			vec_push(arena, &finding->places,
				 resolve(arena, &places.items[i],
					 is_secret(diag)));
		finding->more_places = places.more;
	}
	add_notes(arena, finding, diag);
	fingerprint(arena, finding);
	return finding;
}

void finding_add_object(struct arena *arena, struct finding *finding,
			const struct origin *at, const char *role,
			const char *name)
{
	struct finding_place where;
	struct place place;

	if (!at->source || !origin_first(at, &place))
		return;
	where = resolve(arena, &place, false);
	where.role = role;
	where.name = arena_strdup(arena, name);
	/* In the chain its name says more than its first line. */
	if (finding->places.count) {
		where.text = where.name;
		where.text_len = strlen(name);
	}
	vec_push(arena, &finding->places, where);
}
