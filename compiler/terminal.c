#include "compiler/terminal.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/number.h"
#include "compiler/options.h"

enum {
	DEFAULT_WIDTH = 80
};

bool terminal_is(int fd)
{
	return isatty(fd);
}

bool terminal_colour(const char *when, int fd)
{
	const char *no = options_variable("NO_COLOR");
	const char *term = options_variable("TERM");
	const char *force = options_variable("CLICOLOR_FORCE");

	if (when && strcmp(when, "auto") != 0)
		return strcmp(when, "always") == 0;
	if (no)
		return false;
	if (!force)
		force = options_variable("FORCE_COLOR");
	if (force && strcmp(force, "0") != 0)
		return true;
	if (term && strcmp(term, "dumb") == 0)
		return false;
	return terminal_is(fd);
}

/* What COLUMNS says; 0: nothing. */
static size_t told_width(void)
{
	const char *columns = options_variable("COLUMNS");
	int64_t number;

	if (columns &&
	    number_parse_int(columns, strlen(columns), 10, &number) ==
		    NUMBER_OK &&
	    number > 0)
		return (size_t)number;
	return 0;
}

size_t terminal_width(int fd)
{
	size_t told = told_width();
	struct winsize size;

	if (told)
		return told;
	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return DEFAULT_WIDTH;
}

size_t terminal_wrap(int fd)
{
	return terminal_is(fd) || told_width() ? terminal_width(fd) : 0;
}
