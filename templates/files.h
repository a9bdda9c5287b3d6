/*
 * .Files: the files of a chart that are neither templates nor metadata.
 */
#ifndef TEMPLATES_FILES_H
#define TEMPLATES_FILES_H

#include "templates/chart.h"

struct arena;
struct chart;
struct diag_sink;
struct value;

struct value *files_object(struct arena *arena, const struct chart *chart,
			   enum chart_dialect dialect, struct diag_sink *diags);

#endif
