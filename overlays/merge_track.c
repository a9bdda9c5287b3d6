#include "overlays/merge_track.h"

#include "base/str.h"
#include "model/object.h"
#include "model/value.h"
#include "overlays/run.h"

enum {
	COMPARED_MAX = 10000 /* pairs of items */
};

/* Maps that the patch does not repeat; texts are meant to be replaced. */
static size_t count_lost(const struct value *base, const struct value *patch)
{
	bool compares = value_count(base) * value_count(patch) <= COMPARED_MAX;
	const struct value *own, *other;
	size_t lost = 0;

	list_foreach (own, base) {
		bool kept = !value_is_map(own);

		if (compares && !kept)
			list_foreach (other, patch)
				if (value_equals(own, other)) {
					kept = true;
					break;
				}
		lost += !kept;
	}
	return lost;
}

void merge_track_lost(struct overlay_run *run, const struct value *base,
		      const struct value *patch)
{
	const struct merge_track *track = run->track;
	size_t lost = base != patch ? count_lost(base, patch) : 0, i;
	struct str path;

	if (!lost || !run->facts)
		return;
	str_init(&path, run->arena);
	for (i = 0; i < track->path.count; i++)
		str_printf(&path, "%s%s", i ? "." : "", track->path.items[i]);
	fact_add(run->facts, FACT_LIST_REPLACED_BY_PATCH, &patch->origin,
		 "%s of %s \"%s\" is replaced by the patch, %zu item%s of the "
		 "base %s lost",
		 str_text(&path), track->object->kind, track->object->name,
		 lost, lost == 1 ? "" : "s", lost == 1 ? "is" : "are");
	vec_last(&run->facts->facts)->help =
		"repeat the items, use a JSON patch, or set crdMergeKeys: true "
		"where the CRD declares keys";
}
