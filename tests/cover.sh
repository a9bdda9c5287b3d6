#!/bin/sh
# cover.sh BUILD: lines run by the tests, from what gcc's coverage left there.
find "$1" -name '*.gcno' ! -path '*/tests/*' | sort | while read -r notes; do
	gcov -n "$notes" 2>/dev/null
done | awk '
	/^File / { file = substr($2, 2, length($2) - 2) }
	/^Lines executed:/ && file ~ /\.c$/ && file !~ /^\// {
		split($0, part, /[:% ]+/)
		lines[file] = part[5]; run[file] = part[3] * part[5] / 100
		file = ""
	}
	END {
		for (f in lines) {
			printf "%6.1f %% of %5d  %s\n", \
				100 * run[f] / lines[f], lines[f], f | "sort -n"
			all += lines[f]; hit += run[f]
		}
		close("sort -n")
		if (all)
			printf "%6.1f %% of %5d  all\n", 100 * hit / all, all
	}'
