#include "lints/names.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/fact.h"
#include "base/glob.h"
#include "base/str.h"
#include "base/table.h"
#include "lints/config.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/run.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

struct lint_names {
	struct table lists;  /* kind and namespace to lint_name_list */
	struct table made;   /* kind, namespace ("*": all) and name */
	struct table filled; /* namespaces by deployers; "*": any */
	struct str key;      /* of what is looked for; most is there */
};

enum where {
	HERE,
	EVERYWHERE
};

static const struct {
	const char *group;
	const char *kind;
	const char *made;
	const char *path;
	const char *suffix;
	enum where where;
} makers[] = {
#define MADE(group, kind, made, path, suffix, where)                           \
	{ group, kind, made, path, suffix, where },
#include "lints/made.def"
#undef MADE
};

/*
 * Objects that have others applied.  Into the namespace at `path`, else into
 * their own, or into any.
 */
static const struct {
	const char *group;
	const char *kind;
	const char *path;
	enum where where;
} deployers[] = {
	{ "argoproj.io", "Application", "spec.destination.namespace",
	  EVERYWHERE },
	{ "argoproj.io", "ApplicationSet", "", EVERYWHERE },
	{ "fleet.cattle.io", "Bundle", "spec.targetNamespace", EVERYWHERE },
	{ "fleet.cattle.io", "GitRepo", "spec.targetNamespace", EVERYWHERE },
	{ "helm.cattle.io", "HelmChart", "spec.targetNamespace", HERE },
	{ "helm.toolkit.fluxcd.io", "HelmRelease", "spec.targetNamespace",
	  HERE },
	{ "kappctrl.k14s.io", "App", "", EVERYWHERE },
	{ "kustomize.toolkit.fluxcd.io", "Kustomization",
	  "spec.targetNamespace", EVERYWHERE },
	{ "operators.coreos.com", "Subscription", "", HERE },
	{ "packaging.carvel.dev", "PackageInstall", "", EVERYWHERE },
};

/* Annotations by which controllers copy an object into other namespaces. */
static const char *const copiers[] = {
	"reflector.v1.k8s.emberstack.com/",
	"replicator.v1.mittwald.de/",
	"kubed.appscode.com/",
	"config.syncer.appscode.com/",
};

static const char *made_key(struct lint_run *run, const char *kind,
			    const char *name_space, const char *name)
{
	return arena_printf(run->arena, "%s\n%s\n%s", kind, name_space, name);
}

static void add_made(struct lint_run *run, const char *kind,
		     const char *name_space, const char *name)
{
	table_puts(&run->names->made, made_key(run, kind, name_space, name),
		   run->names);
}

/* Its charts and folders are elsewhere: nobody here knows what they hold. */
static void add_deployer(struct lint_run *run, const struct object *object,
			 size_t at)
{
	const char *path = deployers[at].path;
	const char *named =
		*path ? value_string(value_at(object->root, path)) : NULL;

	if (!named && deployers[at].where == HERE)
		named = lint_namespace(run, object);
	/* Filled in later: "{{ .name }}". */
	if (!named || strchr(named, '{'))
		named = "*";
	table_puts(&run->names->filled, named, run->names);
}

/* Each text at a path that may lead through one list. */
static void add_at(struct lint_run *run, const struct object *object, size_t at)
{
	const char *path = makers[at].path;
	const char *list = strstr(path, "[].");
	const char *name_space = makers[at].where == EVERYWHERE
					 ? "*"
					 : lint_namespace(run, object);
	const struct value *item;
	const char *name;

	if (list) {
		const char *front =
			arena_strndup(run->arena, path, (size_t)(list - path));

		list_foreach (item, value_at(object->root, front)) {
			name = value_string(value_at(item, list + 3));
			if (name)
				add_made(run, makers[at].made, name_space,
					 name);
		}
		return;
	}
	name = *path ? value_string(value_at(object->root, path)) : NULL;
	add_made(run, makers[at].made, name_space,
		 arena_join(run->arena, name ? name : object->name,
			    makers[at].suffix));
}

/* data-db-0, data-db-1 ... stand under data-db- alone. */
static void add_claims(struct lint_run *run, const struct object *object)
{
	const struct value *template;

	list_foreach (template,
		      value_at(object->root, "spec.volumeClaimTemplates")) {
		const char *name = value_string_or(
			value_at(template, "metadata.name"), "");

		add_made(
			run, "PersistentVolumeClaim",
			lint_namespace(run, object),
			arena_printf(run->arena, "%s-%s-", name, object->name));
	}
}

/* cert-manager makes the Secrets that Ingresses and Gateways name. */
static void add_certificates(struct lint_run *run, const struct object *object)
{
	const struct value *item, *ref;

	list_foreach (item, value_at(object->root, "spec.tls"))
		add_made(run, "Secret", lint_namespace(run, object),
			 value_string_or(value_get(item, "secretName"), ""));
	list_foreach (item, value_at(object->root, "spec.listeners"))
		list_foreach (ref, value_at(item, "tls.certificateRefs"))
			add_made(run, "Secret", lint_namespace(run, object),
				 value_string_or(value_get(ref, "name"), ""));
}

static void read_annotations(struct lint_run *run, const struct object *object)
{
	static const char serving[] =
		"service.beta.openshift.io/serving-cert-secret-name";
	const struct value *annotations =
		value_at(object->root, "metadata.annotations");
	const struct value_entry *entry;
	size_t i;

	value_foreach (entry, annotations) {
		for (i = 0; i < ARRAY_COUNT(copiers); i++)
			if (strncmp(entry->key, copiers[i],
				    strlen(copiers[i])) == 0)
				add_made(run, object->kind, "*", object->name);
		if (strncmp(entry->key, "cert-manager.io/", 16) == 0 ||
		    strcmp(entry->key, "kubernetes.io/tls-acme") == 0)
			add_certificates(run, object);
		if (strcmp(entry->key, serving) == 0)
			add_made(run, "Secret", lint_namespace(run, object),
				 value_string_or(entry->value, ""));
	}
}

static void add_object(struct lint_run *run, const struct object *object)
{
	const struct value *connection =
		value_at(object->root, "spec.writeConnectionSecretToRef");
	const char *name_space = lint_namespace(run, object);
	struct lint_name_list *list;
	const char *key;

	str_clear(&run->names->key);
	str_puts(&run->names->key, object->kind);
	str_putc(&run->names->key, '\n');
	str_puts(&run->names->key, name_space);
	key = str_text(&run->names->key);
	list = table_gets(&run->names->lists, key);
	if (!list) {
		list = arena_zalloc(run->arena, sizeof(*list));
		table_puts(&run->names->lists, arena_strdup(run->arena, key),
			   list);
	}
	vec_push(run->arena, list, object->name);
	if (connection)
		add_made(run, "Secret",
			 value_string_or(value_get(connection, "namespace"),
					 name_space),
			 value_string_or(value_get(connection, "name"), ""));
	if (strcmp(object->kind, "StatefulSet") == 0)
		add_claims(run, object);
	read_annotations(run, object);
}

/* What the control plane puts into every namespace. */
static void add_built_in(struct lint_run *run)
{
	add_made(run, "ConfigMap", "*", "kube-root-ca.crt");
	/* Controllers that put their certificate into every namespace. */
	add_made(run, "ConfigMap", "*", "istio-ca-root-cert");
	add_made(run, "ConfigMap", "*", "linkerd-identity-trust-roots");
	add_made(run, "ConfigMap", "*", "openshift-service-ca.crt");
	add_made(run, "ServiceAccount", "*", "default");
	add_made(run, "Service", "default", "kubernetes");
}

/* What a generator that was not run makes may have any name. */
static void add_unknown(struct lint_run *run)
{
	const struct fact_log *facts = run->found->facts;
	size_t i;

	for (i = 0; facts && i < facts->facts.count; i++)
		if (facts->facts.items[i].kind == FACT_TARGET_BROKEN)
			table_puts(&run->names->filled, "*", run->names);
}

static void collect_names(struct lint_run *run)
{
	const struct object_set *set;
	struct object *object;
	size_t i, k;

	run->names = arena_zalloc(run->arena, sizeof(*run->names));
	table_init(&run->names->lists, run->arena);
	table_init(&run->names->made, run->arena);
	table_init(&run->names->filled, run->arena);
	str_init(&run->names->key, run->arena);
	add_built_in(run);
	add_unknown(run);
	bundle_foreach (object, run->bundle)
		add_object(run, object);
	for (k = 0; k < ARRAY_COUNT(deployers); k++) {
		set = bundle_of_kind(run->bundle, deployers[k].group,
				     deployers[k].kind);
		for (i = 0; set && i < set->objects.count; i++)
			add_deployer(run, set->objects.items[i], k);
	}
	for (k = 0; k < ARRAY_COUNT(makers); k++) {
		set = bundle_of_kind(run->bundle, makers[k].group,
				     makers[k].kind);
		for (i = 0; set && i < set->objects.count; i++)
			add_at(run, set->objects.items[i], k);
	}
}

static struct lint_names *names_of(struct lint_run *run)
{
	struct arena *arena;

	if (!run->names) {
		arena = lint_keep(run);
		collect_names(run);
		run->arena = arena;
	}
	return run->names;
}

const struct lint_name_list *
lint_names_of(struct lint_run *run, const char *kind, const char *name_space)
{
	return table_gets(&names_of(run)->lists,
			  arena_printf(run->arena, "%s\n%s", kind, name_space));
}

const struct object *lint_names_anywhere(struct lint_run *run,
					 const char *group, const char *kind,
					 const char *name)
{
	const struct object_set *set = bundle_named(run->bundle, name);
	size_t i;

	for (i = 0; set && i < set->objects.count; i++)
		if (object_is(set->objects.items[i], group, kind))
			return set->objects.items[i];
	return NULL;
}

/* The name without the ordinal of a pod. */
static const char *family(struct lint_run *run, const char *name)
{
	size_t len = strlen(name);

	while (len && isdigit((unsigned char)name[len - 1]))
		len--;
	return arena_strndup(run->arena, name, len);
}

/* "Secret/db-*", or "Secret" for all. */
static bool is_external(struct lint_run *run, const char *kind,
			const char *name)
{
	const char *const *list = run->config->externals;
	size_t len = strlen(kind);

	for (; list && *list; list++) {
		if (strncmp(*list, kind, len) != 0)
			continue;
		if (!(*list)[len] ||
		    ((*list)[len] == '/' &&
		     glob_match(GLOB_PROJECT, *list + len + 1, name)))
			return true;
	}
	return false;
}

bool lint_names_made(struct lint_run *run, const char *kind,
		     const char *name_space, const char *name)
{
	const struct lint_names *names = names_of(run);

	if (table_gets(&names->made, made_key(run, kind, name_space, name)) ||
	    table_gets(&names->made, made_key(run, kind, "*", name)))
		return true;
	if (strcmp(kind, "PersistentVolumeClaim") == 0 &&
	    table_gets(&names->made,
		       made_key(run, kind, name_space, family(run, name))))
		return true;
	return is_external(run, kind, name);
}

bool lint_names_complete(struct lint_run *run, const char *kind)
{
	const char *const *kinds = run->config->complete;

	if (run->config->all_complete)
		return true;

	for (; kinds && *kinds; kinds++)
		if (strcmp(*kinds, kind) == 0)
			return true;
	return false;
}

bool lint_names_filled(struct lint_run *run, const char *name_space)
{
	const struct table *filled = &names_of(run)->filled;

	/* What belongs to no namespace any of them may bring. */
	if (!*name_space || strcmp(name_space, "*") == 0)
		return filled->count > 0;
	return table_gets(filled, "*") || table_gets(filled, name_space);
}
