/* Does not compile alone, and is not guarded. */
struct bad {
	size_t count;
};
int bad_six(int a, int b, int c, int d, int e, int f);
