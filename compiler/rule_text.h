/*
 * Rules as texts, from their descriptors: tables, and pages that explain one.
 */
#ifndef COMPILER_RULE_TEXT_H
#define COMPILER_RULE_TEXT_H

#include "base/vec.h"

struct lint_rule;
struct str;

VEC_TYPE(rule_texts, const struct lint_rule *);

/* By code. */
void rule_texts_sort(struct rule_texts *list);

/* Lists. */
void rule_text_table(struct str *out, const struct rule_texts *list);
void rule_text_markdown(struct str *out, const struct rule_texts *list);
void rule_text_json(struct str *out, const struct rule_texts *list);

/* One rule in full. */
void rule_text_page(struct str *out, const struct lint_rule *rule);
void rule_text_page_markdown(struct str *out, const struct lint_rule *rule);

#endif
