/*
 * Built-in kinds are run here.  Programs are not: whatever a kustomization
 * says, nothing is executed.
 */
#include "overlays/plugin.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/fact.h"
#include "base/real.h"
#include "base/str.h"
#include "base/table.h"
#include "model/value.h"
#include "overlays/accumulator.h"
#include "overlays/build.h"
#include "overlays/generate.h"
#include "overlays/json_view.h"
#include "overlays/kustomization.h"
#include "overlays/layer.h"
#include "overlays/metadata.h"
#include "overlays/node.h"
#include "overlays/patch.h"
#include "overlays/run.h"
#include "overlays/transform.h"
#include "overlays/validate.h"

/* Whether two documents of one text have the same id. */
static bool has_twins(struct overlay_run *run,
		      const struct stream_objects *objects)
{
	struct table keys;
	size_t i;

	table_init(&keys, run->arena);
	for (i = 0; i < objects->count; i++) {
		const char *key = resource_key(run, objects->items[i]);

		if (table_gets(&keys, key))
			return true;
		table_puts(&keys, key, objects->items[i]);
	}
	return false;
}

/* An entry is the document itself, or a name of where it is. */
static bool is_inline(struct overlay_run *run, const struct value *entry,
		      struct stream_objects *objects)
{
	const struct source *source =
		stream_inline(run, entry,
			      origin_source(&entry->origin)
				      ? origin_source(&entry->origin)->name
				      : "plugin");

	return stream_try(run, source, objects) && !has_twins(run, objects);
}

/* Those written inline come first, whatever the order of the entries. */
static bool load_all(struct overlay_run *run, const char *field,
		     struct stream_objects *objects)
{
	const struct value *list = value_get(run->layer->fields, field);
	const struct value *entry;
	struct accumulator *acc = accumulator_new(run);
	VEC(const struct value *) names = { 0 };
	struct object *object;
	size_t i;

	list_foreach (entry, list) {
		struct stream_objects own = { 0 };

		if (!is_inline(run, entry, &own)) {
			vec_push(run->arena, &names, entry);
			continue;
		}
		for (i = 0; i < own.count; i++)
			if (!accumulator_append(acc, own.items[i]))
				return false;
	}
	for (i = 0; i < names.count; i++)
		if (!build_configurations(run, acc, names.items[i]))
			return false;
	accumulator_foreach(object, acc) vec_push(run->arena, objects, object);
	return true;
}

static bool is_builtin(const struct object *object)
{
	return strcmp(object->api_version, "builtin") == 0;
}

static bool refuse_external(struct overlay_run *run,
			    const struct object *object)
{
	if (is_builtin(object))
		return overlay_fail(run, &object->root->origin,
				    overlay_text(run,
						 "unable to load builtin "
						 "%s.builtin.[noGrp]",
						 object->kind),
				    "there is no built-in plugin of kind "
				    "\"%s\"",
				    object->kind);
	return overlay_fail(run, &object->root->origin,
			    overlay_text(run,
					 "external plugins disabled; unable to "
					 "load external plugin '%s'",
					 object->kind),
			    "the plugin \"%s\" is a program of its own; "
			    "plimsoll runs none",
			    object->kind);
}

/* Without what it makes the rest still says something. */
static bool leave_out(struct overlay_run *run, const struct object *object)
{
	if (!run->options->programs_are_facts || !run->facts ||
	    is_builtin(object))
		return false;
	fact_add(run->facts, FACT_TARGET_BROKEN, &object->root->origin,
		 "the generator \"%s\" is a program of its own, which plimsoll "
		 "does not run: what it makes is missing here",
		 object->kind);
	vec_last(&run->facts->facts)->help =
		"what it makes can be checked once it has run: kustomize build "
		"--enable-alpha-plugins | plimsoll lint -";
	return true;
}

static const struct generator *generator_for(const struct object *config)
{
	return is_builtin(config) ? generator_of_kind(config->kind) : NULL;
}

static const struct transform *transform_for(const struct object *config)
{
	return is_builtin(config) ? transform_of_kind(config->kind) : NULL;
}

static void push_config(struct overlay_run *run, const struct object *config)
{
	native_push(run,
		    overlay_text(run, "plugin %s fails configuration: ",
				 resource_text(run, config)),
		    "");
}

/* Numbers as they are printed: no text says how they were written. */
static void settle_numbers(struct value *node)
{
	const struct value_entry *entry;
	struct value *item;

	if (value_is_number(node)) {
		node->text = NULL;
		node->len = 0;
		if (node->kind == VALUE_FLOAT && fabs(node->real) < 1e18 &&
		    real_is_whole(node->real)) {
			node->integer = (int64_t)node->real;
			node->kind = VALUE_INT;
		}
	}
	list_foreach (item, node)
		settle_numbers(item);
	value_foreach (entry, node)
		settle_numbers(entry->value);
}

/* Kustomize prints a configuration and reads it again before it is used. */
static bool print_config(struct overlay_run *run, struct object *config)
{
	struct value *root = value_copy_deep(run->arena, config->root);

	native_push(run,
		    overlay_text(run, "marshalling yaml from res %s: ",
				 resource_text(run, config)),
		    "");
	if (!json_view_integers(run, &root))
		return false;
	native_pop(run);
	settle_numbers(root);
	config->root = root;
	return true;
}

/* Its fields by their names.  NULL: reported. */
static const struct value *decoded(struct overlay_run *run,
				   const struct object *config)
{
	const struct decode_struct *shape = shape_of_plugin(config->kind);
	struct value *fields;

	if (!shape)
		return config->root;
	native_push(run, "error unmarshaling JSON: while decoding JSON: ", "");
	fields = decode_struct(run, shape, config->root, DECODE_LOOSE);
	if (!fields)
		return NULL;
	native_pop(run);
	return fields;
}

/* A generator's fields, with what tells it from one of the kustomization. */
static bool name_fields(struct overlay_run *run, struct object *config)
{
	static const char *const others[] = { "apiVersion", "kind",
					      "metadata" };
	const struct value *fields = decoded(run, config);
	struct value *root;
	size_t i;

	if (!fields || fields == config->root)
		return fields != NULL;
	root = value_copy_deep(run->arena, fields);
	for (i = 0; i < ARRAY_COUNT(others); i++)
		value_set(run->arena, root, others[i],
			  value_get(config->root, others[i]));
	config->root = root;
	return true;
}

/* A transformer among the generators, or the other way round. */
static bool refuse_role(struct overlay_run *run, const struct object *config,
			const char *role)
{
	return overlay_fail(run, &config->root->origin,
			    overlay_text(run, "plugin %s not a %s",
					 resource_text(run, config), role),
			    "a %s is no %s: it belongs into another field",
			    config->kind, role);
}

static bool configure_generator(struct overlay_run *run,
				const struct generator *generator,
				struct object *config)
{
	bool fine;

	if (!print_config(run, config))
		return false;
	push_config(run, config);
	fine = generator->check ? generator->check(run, config->root)
				: name_fields(run, config);
	native_pop(run);
	return fine;
}

static bool configure_transform(struct overlay_run *run,
				const struct transform *transform,
				struct object *config, struct steps *steps)
{
	const struct value *fields;
	bool fine;

	if (!print_config(run, config))
		return false;
	push_config(run, config);
	fields = decoded(run, config);
	run->plugin = config->root;
	fine = fields && transform->configure(run, fields, steps);
	run->plugin = NULL;
	native_pop(run);
	return fine;
}

/* Kustomize reads a configuration before it asks what it is good for. */
static bool check_generator(struct overlay_run *run, struct object *config)
{
	const struct generator *generator = generator_for(config);
	const struct transform *transform = transform_for(config);
	struct steps unused = { 0 };

	if (generator)
		return configure_generator(run, generator, config);
	if (!transform)
		return leave_out(run, config) || refuse_external(run, config);
	return configure_transform(run, transform, config, &unused) &&
	       refuse_role(run, config, "generator");
}

static bool check_generators(struct overlay_run *run,
			     const struct stream_objects *configs)
{
	size_t i;

	native_push(run, "failed to load generator: ", "");
	for (i = 0; i < configs->count; i++)
		if (!check_generator(run, configs->items[i]))
			return false;
	native_pop(run);
	return true;
}

bool plugin_generators_load(struct overlay_run *run,
			    struct stream_objects *configs)
{
	bool done;

	native_push(run, "loading generator plugins: ", "");
	done = load_all(run, "generators", configs) &&
	       check_generators(run, configs);
	native_pop(run);
	return done;
}

static bool generate(struct overlay_run *run, struct accumulator *acc,
		     const struct object *config)
{
	const struct generator *generator = generator_for(config);
	struct stream_objects objects = { 0 };
	size_t i;

	if (!generator)
		return true;
	if (!generator->generate(run, config->root, &objects))
		return false;
	for (i = 0; i < objects.count; i++) {
		metadata_generated(run, objects.items[i], config->kind,
				   config->root, resource_of(config)->file);
		if (!generate_absorb(run, acc, objects.items[i]))
			return false;
	}
	return true;
}

bool plugin_generators_run(struct overlay_run *run, struct accumulator *acc,
			   const struct stream_objects *configs)
{
	size_t i;

	for (i = 0; i < configs->count; i++)
		if (!generate(run, acc, configs->items[i]))
			return false;
	return true;
}

static bool add_steps(struct overlay_run *run, struct object *config,
		      struct steps *steps)
{
	const struct generator *generator = generator_for(config);
	const struct transform *transform = transform_for(config);
	size_t i = steps->count;

	if (!transform && !generator)
		return refuse_external(run, config);
	if (!transform)
		return configure_generator(run, generator, config) &&
		       refuse_role(run, config, "transformer");
	if (!configure_transform(run, transform, config, steps))
		return false;
	for (; i < steps->count; i++) {
		steps->items[i].file = resource_of(config)->file;
		steps->items[i].config = config->root;
	}
	return true;
}

static bool configure(struct overlay_run *run, const char *field,
		      struct steps *steps)
{
	struct stream_objects configs = { 0 };
	size_t i;

	if (!load_all(run, field, &configs))
		return false;
	for (i = 0; i < configs.count; i++)
		if (!add_steps(run, configs.items[i], steps))
			return false;
	return true;
}

bool plugin_transformers(struct overlay_run *run, struct steps *steps)
{
	return configure(run, "transformers", steps);
}

bool plugin_validators(struct overlay_run *run, struct accumulator *acc)
{
	struct steps steps = { 0 };
	size_t i;

	if (!configure(run, "validators", &steps))
		return false;
	for (i = 0; i < steps.count; i++) {
		const struct step *step = &steps.items[i];
		struct validation *before = validation_begin(run, acc);

		if (!step->transform->apply(run, step, acc) ||
		    !validation_end(before, acc))
			return false;
	}
	return true;
}
