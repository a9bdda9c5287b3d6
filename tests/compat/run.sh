#!/bin/sh
# run.sh PLIMSOLL HELM HELM4 KUSTOMIZE: do the cases hold for the real programs?
#
# Runs the case files again, with the real helm behind "run: helm ...", the one
# of the next major version where such a line says "--compat helm4", and the
# real kustomize behind "run: kustomize ...".  A case that fails here wants
# something that the real program does not do.  Without one of them its cases
# are left out, which is said, and so are cases of limits, of which the real
# programs have none.  Of what a run of helm that succeeds says on the side only
# the notes count that ours gives, too.  Then random kustomizations are built
# with the real kustomize and with ours.
plimsoll=$1
helm=$2
helm4=$3
kustomize=$4
build=$(dirname "$plimsoll")/compat
runner=build/tests/run
passed=0
failed=0
mkdir -p "$build" || exit 1

# Of a file only the cases that run the program in question are of interest.
select_cases() {
	awk -v verb="$1" '
		/^=== / { sub(/\n\n$/, "\n", text); flush() }
		{ text = text $0 "\n" }
		/^run: / {
			runs++
			name = /--compat helm4/ ? "helm4" : $2
			# Of kustomize there is one release to compare with;
			# PLIMSOLL_COMPAT also marks what is ours alone, and
			# what it takes minutes for.
			if (name == verb && !/--compat kustomize-/) real++
		}
		/^env: PLIMSOLL_COMPAT=/ || /--(limit|seed)[ =]/ { real = -99 }
		function flush() {
			if (runs && runs == real)
				printf "%s%s", count++ ? "\n" : "", text
			text = ""; runs = real = 0
		}
		END { flush() }' "$2"
}

# What kustomize says names addresses and folders that no case can know.
places='s/0x[0-9a-f]\{6,\}/0xc000000000/g; s|/tmp/kustomize-[0-9]*||g
	s|^20[0-9/]* [0-9:]* \(well-\)|\1|'

# The runner gives a case a minute, and ends the script alone.
bound=
if command -v timeout >/dev/null; then
	bound='timeout 50'
fi

# compare NAME PROGRAM [WARNINGS EDITS]: lines of a run that succeeds, sed's
compare() {
	if [ -z "$2" ] || ! [ -x "$2" ]; then
		echo "compat: no $1 to compare with; say" \
			"$(echo "$1" | tr a-z A-Z)=program"
		return
	fi
	# Without warnings that count no line is kept.
	set -- "$1" "$2" "${3:-^\$ .}" "${4:-}"
	cat >"$build/$1" <<-END
		#!/bin/sh
		PATH="$build/bin:\$PATH"
		shift
		before=
		for word; do
			shift
			[ "\$before" = --compat ] || [ "\$word" = --compat ] ||
				set -- "\$@" "\$word"
			before=\$word
		done
		said=\$(mktemp)
		$bound "$2" "\$@" 2>"\$said"
		status=\$?
		[ \$status -eq 0 ] && keep='$3' || keep=
		grep "\$keep" "\$said" | sed '$4' >&2
		rm -f "\$said"
		exit \$status
	END
	chmod +x "$build/$1"
	rm -rf "$build/cases"
	find tests/cases -name '*.test' | while read -r file; do
		mkdir -p "$build/cases/$(dirname "$file")"
		select_cases "$1" "$file" >"$build/cases/$file"
		[ -s "$build/cases/$file" ] || rm "$build/cases/$file"
	done
	mkdir -p "$build/cases"
	"$runner" --tool "$build/$1" "$build/cases" >"$build/log"
	sed "\$d; s|$build/cases/||" "$build/log"
	last=$(tail -n 1 "$build/log")
	passed=$((passed + ${last%% *}))
	last=${last#*, }
	failed=$((failed + ${last%% *}))
}

# Charts in kustomizations say "--helm-command helm": it has to be that one.
rm -rf "$build/bin"
mkdir -p "$build/bin"
if [ -x "$helm" ]; then
	ln -s "$helm" "$build/bin/helm"
fi
build=$(cd "$build" && pwd)
compare helm "$helm" '^WARNING: This chart is deprecated\|^walk.go:'
compare helm4 "$helm4" 'msg="this chart is depr\|msg="found symbolic link' \
	'/^level=INFO msg="warning: a valid Helm v3 hash/d'
compare kustomize "$kustomize" '^# Warning\|^Flag \| well-' "$places"
if [ -x "$kustomize" ]; then
	PYTHONDONTWRITEBYTECODE=1 python3 tests/compat/kustomize_fuzz.py \
		"$plimsoll" "$kustomize" || failed=$((failed + 1))
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
