#include "base/lib.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/diag.h"

static void *open_any(const char *const *names)
{
	void *handle = NULL;

	for (; *names && !handle; names++)
		handle = dlopen(*names, RTLD_NOW | RTLD_LOCAL);
	return handle;
}

/* The name of the first function the library lacks; NULL: it has all. */
static const char *fill_table(const struct lib *lib, void *handle)
{
	size_t i;

	for (i = 0; i < lib->count; i++) {
		const struct lib_function *function = &lib->functions[i];
		void *symbol = dlsym(handle, function->name);

		if (!symbol)
			return function->name;
		/* C has no cast from an object to a function pointer. */
		memcpy((char *)lib->table + function->offset, &symbol,
		       sizeof(symbol));
	}
	return NULL;
}

static bool load_locked(struct lib *lib, struct diag_sink *diags)
{
	const char *lacks;
	void *handle;

	if (atomic_load_explicit(&lib->handle, memory_order_relaxed))
		return true;
	handle = open_any(lib->names);
	if (!handle)
		return diags &&
		       diag_error(diags, NULL,
				  "%s is needed for this and could not be "
				  "loaded; install %s",
				  lib->names[0], lib->package);
	lacks = fill_table(lib, handle);
	if (lacks) {
		dlclose(handle);
		return diags &&
		       diag_error(diags, NULL,
				  "%s is too old for this, it has no %s; "
				  "install a newer %s",
				  lib->names[0], lacks, lib->package);
	}
	if (lib->ready)
		lib->ready();
	atomic_store_explicit(&lib->handle, handle, memory_order_release);
	return true;
}

bool lib_load(struct lib *lib, struct diag_sink *diags)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	bool loaded;

	if (atomic_load_explicit(&lib->handle, memory_order_acquire))
		return true;
	pthread_mutex_lock(&lock);
	loaded = load_locked(lib, diags);
	pthread_mutex_unlock(&lock);
	return loaded;
}
