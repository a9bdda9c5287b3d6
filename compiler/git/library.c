#include <stddef.h>

#include "base/lib.h"
#include "compiler/git/private.h"

struct git_library git;

static const struct lib_function functions[] = {
#define FN(x) { #x, offsetof(struct git_library, x) },
#include "compiler/git/library.def"
#undef FN
};

static const char *const names[] = {
	"libgit2.so.1.5", "libgit2.so.1.9", "libgit2.so.1.8",
	"libgit2.so.1.7", "libgit2.so.1.6", "libgit2.so.1.1",
	"libgit2.so",     "libgit2.dylib",  NULL,
};

/*
 * Where libgit2 is built upon mbed TLS, it decodes all certificates of the
 * system before its first call, which takes longer than linting a file.  It
 * finds this function in front of the real one (the Makefile exports it): no
 * certificates, as nothing here speaks to a network.
 */
int mbedtls_x509_crt_parse_file(void *chain, const char *path);

int mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
	(void)chain;
	(void)path;
	return 0;
}

static void ready(void)
{
	git.git_libgit2_init();
}

static struct lib library = {
	.names = names,
	.package = "libgit2-1.5",
	.functions = functions,
	.count = ARRAY_COUNT(functions),
	.table = &git,
	.ready = ready,
};

bool git_library_load(struct diag_sink *diags)
{
	return lib_load(&library, diags);
}
