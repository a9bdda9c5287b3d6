#include "lints/subjects/mounts.h"

#include "lints/run.h"
#include "model/value.h"

static void collect_mounts(struct lint_mounts *mounts,
			   const struct value *container)
{
	const struct value *mount;

	list_foreach (mount, value_get(container, "volumeMounts")) {
		const char *name = value_string(value_get(mount, "name"));

		if (name && !table_gets(&mounts->mounted, name))
			table_puts(&mounts->mounted, name, (void *)container);
	}
}

static struct lint_mounts *mounts_of(struct lint_run *run,
				     const struct object *object)
{
	struct lint_mounts *mounts = &run->found->mounts;
	const struct value *volume;
	struct container_ref c;
	struct podspec pod;

	if (!podspec_of(object, &pod))
		return NULL;
	if (mounts->pod == pod.spec)
		return mounts;
	mounts->pod = pod.spec;
	table_init(&mounts->volumes, run->arena);
	table_init(&mounts->mounted, run->arena);
	list_foreach (volume, value_get(pod.spec, "volumes")) {
		const char *name = value_string(value_get(volume, "name"));

		if (name && !table_gets(&mounts->volumes, name))
			table_puts(&mounts->volumes, name, (void *)volume);
	}
	for (podspec_first(&pod, &c); c.spec; podspec_next(&c))
		collect_mounts(mounts, c.spec);
	return mounts;
}

const struct value *lint_volume(struct lint_run *run,
				const struct object *object, const char *name)
{
	struct lint_mounts *mounts = mounts_of(run, object);

	return mounts ? table_gets(&mounts->volumes, name) : NULL;
}

const struct value *lint_mounted_by(struct lint_run *run,
				    const struct object *object,
				    const char *name)
{
	struct lint_mounts *mounts = mounts_of(run, object);

	return mounts ? table_gets(&mounts->mounted, name) : NULL;
}
