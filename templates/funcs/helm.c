/*
 * Functions Helm adds to the template language.  The executor has counted
 * the arguments and matched them with the table before one of these runs.
 */
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "model/json.h"
#include "model/quote.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "model/yaml_read.h"
#include "templates/exec.h"
#include "templates/func.h"
#include "templates/funcs/time_object.h"
#include "templates/toml.h"

static const struct value *fn_include(struct call *call)
{
	struct text name = value_text(call_arg(call, 0));

	return exec_include(call, &name, call_arg(call, 1));
}

static const struct value *fn_tpl(struct call *call)
{
	return exec_tpl(call, call_arg(call, 0), call_arg(call, 1));
}

static const struct value *give_empty(struct call *call)
{
	return call_give_opaque(call, "", 0);
}

/* What stops no lint: a line of Helm's log, and nothing is printed. */
static const struct value *give_note(struct call *call, const char *three,
				     const char *four, const struct text *words)
{
	const struct template_options *options = exec_options(call->run);

	if (options->dialect == TEMPLATE_HELM4) {
		str_printf(options->lint, "%s message=", four);
		quote_put_logged(options->lint, words);
	} else {
		str_puts(options->lint, three);
		str_put(options->lint, words->at, words->len);
		if (words->len && words->at[words->len - 1] == '\n')
			return give_empty(call);
	}
	str_putc(options->lint, '\n');
	return give_empty(call);
}

static const struct value *fn_fail(struct call *call)
{
	struct text words = value_text(call_arg(call, 0));

	if (exec_options(call->run)->lint)
		return give_note(call, "engine.go:227: [INFO] Fail: ",
				 "level=INFO msg=\"funcMap fail\"", &words);
	if (exec_options(call->run)->dialect == TEMPLATE_SPRIG)
		return call_fail(call, "%s", call_string(call, 0));
	return exec_stop(call, &words);
}

/*
 * Only null and "" count as missing, as in Helm: false and 0 are answers.
 * The words are the chart author's and are reported unchanged.
 */
static const struct value *fn_required(struct call *call)
{
	const struct value *value = call_arg(call, 1);
	struct text words = value_text(call_arg(call, 0));

	if (!value_is_null(value) && !value_equals_string(value, ""))
		return value;
	if (!exec_options(call->run)->lint)
		return exec_stop(call, &words);
	return value_is_null(value)
		       ? give_note(call,
				   "engine.go:206: [INFO] Missing required "
				   "value: ",
				   "level=WARN msg=\"missing required value\"",
				   &words)
		       : give_note(call,
				   "engine.go:214: [INFO] Missing required "
				   "value: ",
				   "level=WARN msg=\"missing required "
				   "values\"",
				   &words);
}

/*
 * There is no cluster to look anything up in.  Who asked for one is told so:
 * an empty answer would be another one than the cluster's.
 */
static const struct value *fn_lookup(struct call *call)
{
	if (exec_options(call->run)->cluster)
		return call_fail(call, "cluster unreachable: nothing is asked "
				       "of a cluster");
	return call_new_map(call);
}

/* Nothing is asked of the network; Helm neither, unless --enable-dns. */
static const struct value *fn_get_host_by_name(struct call *call)
{
	return give_empty(call);
}

/* YAML. */

/* Without the final line feed; false: `*error` is Go's text. */
static bool emit_yaml(struct call *call, enum yaml_form form, struct str *out,
		      const char **error)
{
	struct mark_context marks = { call->frame, call->begin };

	call_str(call, out);
	if (!yaml_emit(out, call_arg(call, 0), form,
		       call->frame ? &marks : NULL, error))
		return false;
	if (out->len && out->text[out->len - 1] == '\n')
		out->len--;
	return true;
}

static const struct value *fn_to_yaml(struct call *call)
{
	const char *error = NULL;
	struct str out;

	if (!emit_yaml(call, YAML_FORM_HELM, &out, &error))
		return give_empty(call);
	return call_give_str(call, &out);
}

static const struct value *fn_must_to_yaml(struct call *call)
{
	const char *error = NULL;
	struct str out;

	if (!emit_yaml(call, YAML_FORM_HELM, &out, &error))
		return call_fail(call, "%s", error ? error : "no YAML form");
	return call_give_str(call, &out);
}

static const struct value *fn_to_yaml_pretty(struct call *call)
{
	const char *error = NULL;
	struct str out;

	if (!emit_yaml(call, YAML_FORM_PRETTY, &out, &error))
		return give_empty(call);
	return call_give_str(call, &out);
}

/* The text of the first argument as a source, which keeps its map. */
static struct source *source_of_argument(struct call *call)
{
	struct text text = call_text(call, 0);
	struct source *source = source_new(call->arena, call->func->name,
					   SOURCE_RENDERED, text.at, text.len);

	source->map = text.map;
	return source;
}

static const char *wrong_root(struct call *call, const struct value *value,
			      const char *type)
{
	return arena_printf(call->arena,
			    "json: cannot unmarshal %s into Go value of type "
			    "%s",
			    json_type_name(value), type);
}

static const struct value *add_error(struct call *call, struct value *map,
				     const char *error)
{
	value_set(call->arena, map, "Error",
		  value_new_cstring(call->arena, &call->origin, error));
	return map;
}

/* {"Error": text} */
static const struct value *give_error_map(struct call *call, const char *error)
{
	return add_error(call, call_new_map(call), error);
}

/* [text] */
static const struct value *give_error_list(struct call *call, const char *error)
{
	struct value *list = call_new_list(call);

	value_append(call->arena, list,
		     value_new_cstring(call->arena, &call->origin, error));
	return list;
}

static struct value *read_yaml(struct call *call, const char **error)
{
	struct source *source = source_of_argument(call);
	struct yaml_options options = { .dialect = YAML_HELM,
					.json_numbers = true };
	struct yaml_problem problem;
	struct value *value = yaml_read(call->arena, source, 0, source->len,
					&options, &problem);

	if (!value)
		*error = arena_join(call->arena,
				    "error converting YAML to JSON: ",
				    yaml_problem_go(call->arena, &problem));
	return value;
}

static const struct value *fn_from_yaml(struct call *call)
{
	const char *error = NULL;
	struct value *value = read_yaml(call, &error);

	if (!value)
		return give_error_map(call, error);
	if (value->kind == VALUE_NULL)
		return call_new_map(call);
	if (value->kind != VALUE_MAP)
		return give_error_map(
			call,
			arena_join(call->arena,
				   "error unmarshaling JSON: while decoding "
				   "JSON: ",
				   wrong_root(call, value,
					      "map[string]interface {}")));
	return value;
}

static const struct value *fn_from_yaml_array(struct call *call)
{
	const char *error = NULL;
	struct value *value = read_yaml(call, &error);

	if (!value)
		return give_error_list(call, error);
	if (value->kind == VALUE_NULL)
		return call_new_list(call);
	if (value->kind != VALUE_LIST)
		return give_error_list(
			call,
			arena_join(call->arena,
				   "error unmarshaling JSON: while "
				   "decoding JSON: ",
				   wrong_root(call, value, "[]interface {}")));
	return value;
}

/* JSON. */

static bool emit_json(struct call *call, struct str *out, const char **error)
{
	struct mark_context marks = { call->frame, call->begin };

	call_str(call, out);
	return json_write(out, call_arg(call, 0), NULL,
			  call->frame ? &marks : NULL, error);
}

static const struct value *fn_to_json(struct call *call)
{
	const char *error = NULL;
	struct str out;

	if (!emit_json(call, &out, &error))
		return give_empty(call);
	return call_give_str(call, &out);
}

static const struct value *fn_must_to_json(struct call *call)
{
	const char *error = NULL;
	struct str out;

	if (!emit_json(call, &out, &error))
		return call_fail(call, "%s", error);
	return call_give_str(call, &out);
}

/* A null makes Go's decoder forget the map or list that it was given. */
static const struct value *nil_of(struct value *empty)
{
	empty->flags |= VALUE_FLAG_NIL;
	return empty;
}

/* What is wrong at the root comes before numbers that are out of range. */
static const char *wrong_json(struct call *call,
			      const struct json_problem *problem,
			      enum value_kind kind)
{
	const char *type = kind == VALUE_MAP ? "map[string]interface {}"
					     : "[]interface {}";

	if (!problem->partial || problem->partial->kind == kind)
		return problem->text;
	if (problem->partial->kind == VALUE_NULL)
		return arena_join(call->arena,
				  "json: cannot unmarshal number into Go value "
				  "of type ",
				  type);
	return wrong_root(call, problem->partial, type);
}

static const struct value *fn_from_json(struct call *call)
{
	struct source *source = source_of_argument(call);
	struct json_problem problem = { 0 };
	struct value *value =
		json_read(call->arena, source, 0, source->len, false, &problem);

	if (!value && problem.partial && problem.partial->kind == VALUE_MAP)
		return add_error(call, problem.partial, problem.text);
	if (!value)
		return give_error_map(call,
				      wrong_json(call, &problem, VALUE_MAP));
	if (value->kind == VALUE_NULL)
		return nil_of(call_new_map(call));
	if (value->kind != VALUE_MAP)
		return give_error_map(
			call,
			wrong_root(call, value, "map[string]interface {}"));
	return value;
}

static const struct value *fn_from_json_array(struct call *call)
{
	struct source *source = source_of_argument(call);
	struct json_problem problem = { 0 };
	struct value *value =
		json_read(call->arena, source, 0, source->len, false, &problem);

	if (!value)
		return give_error_list(call,
				       wrong_json(call, &problem, VALUE_LIST));
	if (value->kind == VALUE_NULL)
		return nil_of(call_new_list(call));
	if (value->kind != VALUE_LIST)
		return give_error_list(
			call, wrong_root(call, value, "[]interface {}"));
	return value;
}

/* TOML. */

static const struct value *to_toml(struct call *call, bool must)
{
	const struct value *value = call_arg(call, 0);
	const char *error = NULL;
	struct str out;

	/* Its encoder looks at the type before it looks for a value. */
	if (value_is_null(value))
		return call_fail(call, "reflect: call of reflect.Value.Type on "
				       "zero Value");
	call_str(call, &out);
	if (toml_write(&out, value, &error))
		return call_give_str(call, &out);
	if (must)
		return call_fail(call, "%s", error);
	return call_give_opaque(call, error, strlen(error));
}

static const struct value *fn_to_toml(struct call *call)
{
	return to_toml(call, false);
}

static const struct value *fn_must_to_toml(struct call *call)
{
	return to_toml(call, true);
}

static struct value *make_time(void *context, const struct toml_time *time)
{
	struct call *call = context;
	struct moment moment = {
		.seconds = time->seconds,
		.nanoseconds = time->nanoseconds,
		.zone = zone_fixed(call->arena, time->zone, time->offset),
	};

	return value_copy(call->arena, call_give_time(call, &moment));
}

static const struct value *fn_from_toml(struct call *call)
{
	struct toml_times times = { make_time, call };
	struct source *source = source_of_argument(call);
	const char *error = NULL;
	struct value *value = toml_read(call->arena, source, &times, &error);

	return value ? value : give_error_map(call, error);
}

const struct func template_funcs_helm[] = {
	{ .name = "fail",
	  .takes = { ARG_STRING },
	  .run = fn_fail,
	  .usage = "fail MESSAGE",
	  .help = "Stop with an error that says MESSAGE." },
	{ .name = "fromJson",
	  .takes = { ARG_STRING },
	  .run = fn_from_json,
	  .usage = "fromJson TEXT",
	  .help = "The map that a JSON TEXT holds. On failure a map with the "
		  "key Error." },
	{ .name = "fromJsonArray",
	  .takes = { ARG_STRING },
	  .helm_own = true,
	  .run = fn_from_json_array,
	  .usage = "fromJsonArray TEXT",
	  .help = "The list that a JSON TEXT holds. On failure a list of the "
		  "error text." },
	{ .name = "fromToml",
	  .takes = { ARG_STRING },
	  .helm_own = true,
	  .run = fn_from_toml,
	  .usage = "fromToml TEXT",
	  .help = "The map that a TOML TEXT holds. On failure a map with the "
		  "key Error." },
	{ .name = "fromYaml",
	  .takes = { ARG_STRING },
	  .helm_own = true,
	  .run = fn_from_yaml,
	  .usage = "fromYaml TEXT",
	  .help = "The map that a YAML TEXT holds. On failure a map with the "
		  "key Error." },
	{ .name = "fromYamlArray",
	  .takes = { ARG_STRING },
	  .helm_own = true,
	  .run = fn_from_yaml_array,
	  .usage = "fromYamlArray TEXT",
	  .help = "The list that a YAML TEXT holds. On failure a list of the "
		  "error text." },
	{ .name = "getHostByName",
	  .takes = { ARG_STRING },
	  .run = fn_get_host_by_name,
	  .usage = "getHostByName NAME",
	  .help = "An empty text; no network is asked." },
	{ .name = "include",
	  .takes = { ARG_STRING, ARG_ANY },
	  .helm_own = true,
	  .run = fn_include,
	  .usage = "include NAME DATA",
	  .help = "The text of the template NAME, run with DATA." },
	{ .name = "lookup",
	  .takes = { ARG_STRING, ARG_STRING, ARG_STRING, ARG_STRING },
	  .helm_own = true,
	  .run = fn_lookup,
	  .usage = "lookup API_VERSION KIND NAMESPACE NAME",
	  .help = "An empty map; no cluster is asked." },
	{ .name = "mustToJson",
	  .takes = { ARG_ANY },
	  .run = fn_must_to_json,
	  .usage = "mustToJson VALUE",
	  .help = "VALUE as JSON, or an error." },
	{ .name = "mustToToml",
	  .takes = { ARG_ANY },
	  .helm4_only = true,
	  .run = fn_must_to_toml,
	  .usage = "mustToToml VALUE",
	  .help = "VALUE as TOML, or an error." },
	{ .name = "mustToYaml",
	  .takes = { ARG_ANY },
	  .helm4_only = true,
	  .run = fn_must_to_yaml,
	  .usage = "mustToYaml VALUE",
	  .help = "VALUE as YAML, or an error." },
	{ .name = "required",
	  .takes = { ARG_STRING, ARG_ANY },
	  .helm_own = true,
	  .run = fn_required,
	  .usage = "required MESSAGE VALUE",
	  .help = "VALUE, or an error with MESSAGE if it is null or empty." },
	{ .name = "toJson",
	  .takes = { ARG_ANY },
	  .run = fn_to_json,
	  .usage = "toJson VALUE",
	  .help = "VALUE as JSON on one line; an empty text on failure." },
	{ .name = "toToml",
	  .takes = { ARG_ANY },
	  .helm_own = true,
	  .run = fn_to_toml,
	  .usage = "toToml VALUE",
	  .help = "VALUE as TOML; the error text on failure." },
	{ .name = "toYaml",
	  .takes = { ARG_ANY },
	  .helm_own = true,
	  .run = fn_to_yaml,
	  .usage = "toYaml VALUE",
	  .help = "VALUE as YAML without a final line feed; an empty text on "
		  "failure." },
	{ .name = "toYamlPretty",
	  .takes = { ARG_ANY },
	  .helm_own = true,
	  .run = fn_to_yaml_pretty,
	  .usage = "toYamlPretty VALUE",
	  .help = "VALUE as YAML with indented lists." },
	{ .name = "tpl",
	  .takes = { ARG_STRING, ARG_ANY },
	  .helm_own = true,
	  .run = fn_tpl,
	  .usage = "tpl TEXT DATA",
	  .help = "TEXT run as a template with DATA." },
	{ .name = NULL }
};
