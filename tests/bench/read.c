/*
 * read FILE: how long it takes to read and to emit a stream, beside what the
 * bare parser needs for its events.  Prints the size in bytes, then for
 * events, read and emit the milliseconds of the processor, the best of five,
 * then the bytes of memory that the tree took.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <yaml.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "model/yaml_read.h"
#include "model/yaml_split.h"

#define ROUNDS 5

struct times {
	double events;
	double read;
	double emit;
	size_t used; /* bytes of the arena after reading */
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static double least(double best, double since)
{
	double took = now() - since;

	return best > 0 && best < took ? best : took;
}

static char *slurp(const char *path, size_t *len)
{
	FILE *file = fopen(path, "rb");
	char *text;

	if (!file || fseek(file, 0, SEEK_END) != 0)
		return NULL;
	*len = (size_t)ftell(file);
	rewind(file);
	text = calloc(*len + 1, 1);
	if (text && fread(text, 1, *len, file) != *len)
		text = NULL;
	fclose(file);
	return text;
}

static bool read_and_emit(const char *text, size_t len, struct times *times)
{
	struct yaml_options options = { .dialect = YAML_HELM };
	struct arena *arena = arena_new();
	const struct source *source =
		source_new(arena, "stream", SOURCE_MANIFEST, text, len);
	VEC(const struct value *) values = { 0 };
	struct yaml_documents documents = { 0 };
	struct yaml_problem problem;
	const char *error;
	struct str out;
	uint32_t bad;
	double start = now();

	if (!yaml_split(arena, source, YAML_SPLIT_PLAIN, &documents, &bad))
		return false;
	for (size_t i = 0; i < documents.count; i++) {
		const struct value *value =
			yaml_read(arena, source, documents.items[i].begin,
				  documents.items[i].end, &options, &problem);

		if (!value)
			return false;
		vec_push(arena, &values, value);
	}
	times->read = least(times->read, start);
	times->used = arena_used(arena);
	start = now();
	str_init(&out, arena);
	for (size_t i = 0; i < values.count; i++)
		if (!yaml_emit(&out, values.items[i], YAML_FORM_RAW, NULL,
			       &error))
			return false;
	times->emit = least(times->emit, start);
	arena_free(arena);
	return true;
}

/* What libyaml alone needs for its events, the yardstick of reading. */
static size_t count_events(const char *text, size_t len)
{
	yaml_parser_t parser;
	yaml_event_t event;
	size_t count = 0;
	bool last = false;

	if (!yaml_parser_initialize(&parser))
		return 0;
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
	while (!last && yaml_parser_parse(&parser, &event)) {
		last = event.type == YAML_STREAM_END_EVENT;
		count++;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return count;
}

int main(int argc, char **argv)
{
	struct times times = { 0 };
	size_t len = 0;
	char *text = argc == 2 ? slurp(argv[1], &len) : NULL;

	if (!text)
		return 2;
	for (int i = 0; i < ROUNDS; i++) {
		double start = now();

		if (!count_events(text, len))
			return 1;
		times.events = least(times.events, start);
		if (!read_and_emit(text, len, &times))
			return 1;
	}
	printf("%zu %.2f %.2f %.2f %zu\n", len, times.events, times.read,
	       times.emit, times.used);
	free(text);
	return 0;
}
