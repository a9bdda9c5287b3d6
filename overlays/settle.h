/*
 * The end of a build: what transformers wrote as text without a type gets the
 * type that printing it would give it.  Whoever takes the bundle, a rule or
 * the next overlay, sees numbers and not their digits.
 */
#ifndef OVERLAYS_SETTLE_H
#define OVERLAYS_SETTLE_H

struct value;

void settle(struct value *value);

#endif
