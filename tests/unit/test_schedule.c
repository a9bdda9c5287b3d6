/*
 * Schedules and durations: answers of the API server's parsers on edge cases.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/attr.h"
#include "lints/schema/cron.h"
#include "lints/schema/duration.h"

static const struct {
	const char *text;
	bool valid;
} cron_rows[] = {
	{ "* * * * *", true },
	{ "*/5 * * * *", true },
	{ "0 0 * * 7", false },
	{ "0 0 * * 0", true },
	{ "0 0 * * SUN", true },
	{ "0 0 * * sun-sat", true },
	{ "0 0 * JAN-DEC *", true },
	{ "0 0 1,15 * *", true },
	{ "0 0 ? * ?", true },
	{ "60 * * * *", false },
	{ "0 24 * * *", false },
	{ "0 0 0 * *", false },
	{ "0 0 32 * *", false },
	{ "0 0 31 2 *", true },
	{ "0 0 * 13 *", false },
	{ "0 0 * 0 *", false },
	{ "* * * *", false },
	{ "* * * * * *", false },
	{ "@hourly", true },
	{ "@daily", true },
	{ "@midnight", true },
	{ "@weekly", true },
	{ "@monthly", true },
	{ "@yearly", true },
	{ "@annually", true },
	{ "@every 1h30m", true },
	{ "@every 0s", true },
	{ "@every -1h", true },
	{ "@every 1d", false },
	{ "@every", false },
	{ "@reboot", false },
	{ "@Hourly", false },
	{ "*/0 * * * *", false },
	{ "*/60 * * * *", true },
	{ "*/100 * * * *", true },
	{ "1-5/2 * * * *", true },
	{ "5/15 * * * *", true },
	{ "5-1 * * * *", false },
	{ "1-2-3 * * * *", false },
	{ "1/2/3 * * * *", false },
	{ ", * * * *", true },
	{ "1,,2 * * * *", true },
	{ "*-5 * * * *", true },
	{ "*5 * * * *", false },
	{ "-1 * * * *", false },
	{ "+1 * * * *", true },
	{ "1.5 * * * *", false },
	{ "a * * * *", false },
	{ "0 0 * * mon,wed,fri", true },
	{ "0 0 * * MON-FRI/2", true },
	{ "0 0 L * *", false },
	{ "0 0 * * 1#2", false },
	{ "0 0 15W * *", false },
	{ "H * * * *", false },
	{ "TZ=UTC 0 0 * * *", true },
	{ "CRON_TZ=America/New_York 0 6 * * ?", true },
	{ "TZ=UTC", false },
	{ "  0   0 * * *  ", true },
	{ "0\t0\t*\t*\t*", true },
	{ "'0 0 * * *'", false },
	{ "07 08 * * *", true },
	{ "~ * * * *", false },
};

static void test_cron(void **state)
{
	struct arena *arena = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_COUNT(cron_rows); i++)
		if (!cron_refused(arena, cron_rows[i].text) !=
		    cron_rows[i].valid)
			fail_msg("%s", cron_rows[i].text);
	arena_free(arena);
}

static void test_duration(void **state)
{
	static const struct {
		const char *text;
		bool valid;
		int64_t nanoseconds;
	} rows[] = {
		{ "1h", true, 3600000000000 },
		{ "1h30m", true, 5400000000000 },
		{ "300ms", true, 300000000 },
		{ "-1.5h", true, -5400000000000 },
		{ "2h45m", true, 9900000000000 },
		{ "1d", false, 0 },
		{ "1", false, 0 },
		{ "0", true, 0 },
		{ "+0", true, 0 },
		{ "1s1s", true, 2000000000 },
		{ ".5s", true, 500000000 },
		{ "1.s", true, 1000000000 },
		{ ".s", false, 0 },
		{ "", false, 0 },
		{ "1us", true, 1000 },
		{ "1\302\265s", true, 1000 },
		{ "1\316\274s", true, 1000 },
		{ "1ns", true, 1 },
		{ "1m-1s", false, 0 },
		{ " 1s", false, 0 },
		{ "1S", false, 0 },
		{ "9223372036s", true, 9223372036000000000 },
		{ "9223372037s", false, 0 },
		{ "1e3s", false, 0 },
		{ "24h", true, 86400000000000 },
	};
	int64_t nanoseconds;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_COUNT(rows); i++) {
		bool valid = !schema_duration_parse(rows[i].text, &nanoseconds);

		if (valid != rows[i].valid ||
		    (valid && nanoseconds != rows[i].nanoseconds))
			fail_msg("%s", rows[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cron),
		cmocka_unit_test(test_duration),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
