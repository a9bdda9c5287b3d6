#include "model/yaml_library.h"

#include <stddef.h>

#include "base/attr.h"
#include "base/lib.h"

struct yaml_library libyaml;

static const struct lib_function functions[] = {
#define FN(x) { #x, offsetof(struct yaml_library, x) },
#include "model/yaml_library.def"
#undef FN
};

bool yaml_library_load(void)
{
	static const char *const names[] = { "libyaml-0.so.2",
					     "libyaml-0.2.dylib", "libyaml.so",
					     NULL };
	static struct lib lib = { .names = names,
				  .package = "libyaml-0-2",
				  .functions = functions,
				  .count = ARRAY_COUNT(functions),
				  .table = &libyaml };

	return lib_load(&lib, NULL);
}
