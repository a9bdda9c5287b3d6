/*
 * Chart.yaml: who a chart is and what it depends on.
 *
 * Every field keeps its node, so that {{ .Chart.Name }} leads to its line.
 */
#ifndef TEMPLATES_METADATA_H
#define TEMPLATES_METADATA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/origin.h"
#include "base/vec.h"
#include "templates/chart.h"

struct arena;
struct diag_sink;
struct source;
struct value;

/* FIELD(JSON name, Go name, type), in the order of Go's struct. */
#define METADATA_FIELDS(FIELD)                                                 \
	FIELD(name, Name, STRING)                                              \
	FIELD(home, Home, STRING)                                              \
	FIELD(sources, Sources, STRINGS)                                       \
	FIELD(version, Version, STRING)                                        \
	FIELD(description, Description, STRING)                                \
	FIELD(keywords, Keywords, STRINGS)                                     \
	FIELD(maintainers, Maintainers, MAINTAINERS)                           \
	FIELD(icon, Icon, STRING)                                              \
	FIELD(apiVersion, APIVersion, STRING)                                  \
	FIELD(condition, Condition, STRING)                                    \
	FIELD(tags, Tags, STRING)                                              \
	FIELD(appVersion, AppVersion, STRING)                                  \
	FIELD(deprecated, Deprecated, BOOL)                                    \
	FIELD(annotations, Annotations, STRING_MAP)                            \
	FIELD(kubeVersion, KubeVersion, STRING)                                \
	FIELD(dependencies, Dependencies, DEPENDENCIES)                        \
	FIELD(type, Type, STRING)

enum metadata_field {
#define FIELD(json, go, type) METADATA_##go,
	METADATA_FIELDS(FIELD)
#undef FIELD
	METADATA_COUNT
};

enum metadata_type {
	METADATA_TYPE_STRING,
	METADATA_TYPE_BOOL,
	METADATA_TYPE_STRINGS,
	METADATA_TYPE_STRING_MAP,
	METADATA_TYPE_MAINTAINERS,
	METADATA_TYPE_DEPENDENCIES,
	METADATA_TYPE_ANY_LIST,
};

struct metadata_row {
	const char *json;
	const char *go;
	enum metadata_type type;
};

/* Rows of the chart, of a maintainer and of a dependency; NULL at the end. */
extern const struct metadata_row metadata_rows[METADATA_COUNT + 1];
extern const struct metadata_row maintainer_rows[];
extern const struct metadata_row dependency_rows[];

/* An entry of `dependencies:`; "" where a field is absent. */
struct dependency {
	const char *name;
	const char *version;
	const char *repository;
	const char *condition;
	const char *alias;
	struct value *tags;          /* list of strings, or NULL */
	struct value *import_values; /* list, or NULL */
	const struct value *node;    /* the entry as decoded */
	bool enabled;
};

VEC_TYPE(dependencies, struct dependency *);

struct metadata {
	struct value *fields[METADATA_COUNT]; /* NULL: absent */
	struct dependencies dependencies;
	bool has_dependencies; /* a list was written, be it empty */
	const char *package;   /* of Go, in its errors; NULL: chart */
	const char *go_type;   /* in errors; NULL: chart.Metadata */
};

/* "" if absent. */
const char *metadata_string(const struct metadata *metadata,
			    enum metadata_field field);

/*
 * Decode a file with metadata (or, with `only_dependencies`, a
 * requirements.yaml) into `metadata`, whose other fields stay.  `prefix` is
 * what Helm prints before a problem: "cannot load Chart.yaml: ".
 */
MUST_USE bool metadata_read(struct arena *arena, struct diag_sink *diags,
			    const struct source *source, const char *prefix,
			    bool only_dependencies, struct metadata *metadata);

/* Sanitise as Helm does, then check. `prefix` as above. */
MUST_USE bool metadata_check(struct arena *arena, struct diag_sink *diags,
			     struct metadata *metadata, const struct origin *at,
			     const char *prefix);

/* A private copy for one rendering: dependencies change while it runs. */
struct metadata *metadata_copy(struct arena *arena,
			       const struct metadata *metadata, bool deep);

#endif
