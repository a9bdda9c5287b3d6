/*
 * Replacements over resources, cut from one another by a line "====": the
 * paths of sources and targets, into lists and into texts that hold YAML.
 * What fails has said why, and what was written is printed or refused.
 */
#include "tests/fuzz/patched.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_patched("resources: [r.yaml]\n"
		     "replacements: [{path: p.yaml}]\n",
		     data, size);
	return 0;
}
