/*
 * What `--format json` wrote, as a report that other formats can print.
 */
#ifndef COMPILER_REPORT_READ_H
#define COMPILER_REPORT_READ_H

struct report;
struct value;

/*
 * Add a row of "findings" or "diagnostics", and one of "unchecked"; what is not
 * there is empty.  Lines of sources are not in such reports.
 */
void report_read_finding(struct report *report, const struct value *row);
void report_read_unchecked(struct report *report, const struct value *row);

/* The numbers of "skipped". */
void report_read_skipped(struct report *report, const struct value *map);

#endif
