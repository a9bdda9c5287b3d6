/*
 * Whether a document that nobody named is a manifest at all.
 */
#ifndef COMPILER_SIFT_H
#define COMPILER_SIFT_H

#include <stdbool.h>

struct source;
struct value;

/*
 * An apiVersion that looks like one, a kind in CamelCase, a name (or a List),
 * and no group that only tools read: kustomize, skaffold, kind, kubeconfig.
 * NULL: it is one, else why it is none.
 */
const char *sift_reason(const struct value *root);

/* Cheap: whether a text is worth parsing, by its lines (or JSON's keys). */
bool sift_may_be_manifest(const struct source *source);

/* Whether the text is a template of something: it need not be YAML. */
bool sift_is_template(const struct source *source);

#endif
