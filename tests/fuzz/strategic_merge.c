/*
 * A strategic-merge patch on a resource, cut from one another by a line "====".
 * What fails has said why, and a patch applied is printed or refused.
 */
#include "tests/fuzz/patched.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_patched("resources: [r.yaml]\n"
		     "patches: [{path: p.yaml, target: {name: .*}}]\n",
		     data, size);
	return 0;
}
