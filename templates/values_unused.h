/*
 * Values that no template read.
 */
#ifndef TEMPLATES_VALUES_UNUSED_H
#define TEMPLATES_VALUES_UNUSED_H

struct arena;
struct chart;
struct fact_log;
struct value;

/*
 * After a rendering with `facts`: add a fact for each key of a chart's
 * `values`, and of its children's, that nobody looked at and no template names.
 * `loaded` is the chart before its dependencies were switched off.
 */
void values_note_unused(struct arena *arena, struct fact_log *facts,
			const struct chart *chart, const struct chart *loaded,
			struct value *values);

#endif
