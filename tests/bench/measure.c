/*
 * measure RUNS COMMAND [ARGUMENT...]: run a command RUNS times after a warm-up
 * and print the best wall time and the best time of the processor, both in
 * microseconds, the peak memory in KiB and the exit status.  A small program,
 * since the peak of a child counts from the memory of the process that it was
 * forked from.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

/* What all children so far took of the processor. */
static double spent(void)
{
	struct rusage usage;

	getrusage(RUSAGE_CHILDREN, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static int run(char **words)
{
	int status, null;
	pid_t child = fork();

	if (child == 0) {
		null = open("/dev/null", O_RDWR);
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		execv(words[0], words);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0)
		return 126;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

int main(int argc, char **argv)
{
	int rounds = argc > 2 ? argv[1][0] - '0' : 0, status = 0, i;
	double best = 0, least = 0, took, cpu;
	struct rusage usage;

	if (rounds < 1 || rounds > 9)
		return 2;
	/* One round is a measurement of what takes long: no warm-up. */
	for (i = rounds == 1; i <= rounds; i++) {
		took = now();
		cpu = spent();
		status = run(argv + 2);
		took = now() - took;
		cpu = spent() - cpu;
		if (i && (best == 0 || took < best))
			best = took;
		if (i && (least == 0 || cpu < least))
			least = cpu;
	}
	getrusage(RUSAGE_CHILDREN, &usage);
	printf("%.0f %.0f %ld %d\n", best, least, usage.ru_maxrss, status);
	return 0;
}
