/*
 * What a long report comes to: its rules, the worst first, with how often
 * each spoke and in which environments, and the count of each environment.
 */
#ifndef COMPILER_SUMMARY_H
#define COMPILER_SUMMARY_H

struct report;
struct report_style;
struct str;

/* Nothing, where the findings can be counted at a glance. */
void summary_put(struct str *out, const struct report *report,
		 const struct report_style *style);

#endif
