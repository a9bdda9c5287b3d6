/*
 * Values that templates name, whether or not a rendering gets there.
 */
#ifndef TEMPLATES_VALUES_MENTIONED_H
#define TEMPLATES_VALUES_MENTIONED_H

#include "base/table.h"

struct arena;
struct chart;
struct value;

/*
 * Dotted paths behind ".Values" in texts, each once; and those in quotes, as
 * "auth.password", which helpers may look up.
 */
struct mentions {
	struct arena *arena;
	struct table paths;
	struct table quoted;
};

void mentions_init(struct mentions *mentions, struct arena *arena);

/* What the templates of a chart name, but not those of its children. */
void mentions_of_templates(struct mentions *mentions,
			   const struct chart *chart);

/* What the library charts among all its children name. */
void mentions_of_libraries(struct mentions *mentions,
			   const struct chart *chart);

/* What texts among the values name, that a template may run with tpl. */
void mentions_of_values(struct mentions *mentions, const struct value *values);

/*
 * The one name that is nearly `key` among those that are named below `prefix`,
 * as "image.", and that `map`, which stands there, does not have; or NULL.
 */
const char *mentions_near(const struct mentions *mentions,
			  const struct value *map, const char *prefix,
			  const char *key);

/*
 * Mark what the paths lead to as read; of a path that leads beyond a scalar or
 * a list, that.
 */
void mentions_mark(const struct mentions *mentions, struct value *values);

#endif
