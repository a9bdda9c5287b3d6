/*
 * libyaml, loaded for the first text that the scanner leaves to it.  Private
 * to the events of the reader.
 */
#ifndef MODEL_YAML_LIBRARY_H
#define MODEL_YAML_LIBRARY_H

#include <stdbool.h>
#include <yaml.h>

struct yaml_library {
#define FN(x) __typeof__(x) *x;
#include "model/yaml_library.def"
#undef FN
};

extern struct yaml_library libyaml;

/* False: it is not there; YAML_LIBRARY_MISSING says what to do. */
bool yaml_library_load(void);

#define YAML_LIBRARY_MISSING "libyaml could not be loaded; install libyaml-0-2"

#endif
