#!/bin/sh
# properties.sh PLIMSOLL: what holds of every kustomization that builds.
#
# The inputs are those of the case files of overlays.  Of each that builds:
#   built again, it gives the same bytes
#   an overlay that says nothing gives the same bytes
#   what it prints, built as a plain resource, gives the same bytes
# A root speaks for its bases in some fields (their order, buildMetadata), and
# a Component is no resource: of such inputs the second is not asked.  That
# the third goes by the order of the files, where the input chose that order,
# is said to it.  Charts and releases to imitate have cases of their own.
plimsoll=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cases=$(cd "$(dirname "$0")/cases/overlays" && pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# Folders of numbers with the files of a case each; "title" has its title and
# "dir" what is built.  Cases with links and the like are left out.
unpack() {
	awk -v work="$work" '
		function quoted(text) {
			gsub(/\047/, "\047\\\047\047", text)
			return "\047" text "\047"
		}
		function end() {
			if (file != "")
				close(file)
			file = ""
		}
		/^=== / {
			end()
			top = work "/" ++count
			system("mkdir -p " top "/in")
			print FILENAME ": " substr($0, 5) > (top "/title")
			close(top "/title")
			body = 0
			next
		}
		/^run: kustomize build( [a-z0-9_\/.-]+)?$/ && !body {
			print ($4 ~ /^[^-]/ ? $4 : ".") > (top "/dir")
			close(top "/dir")
		}
		/^exit: [^0]/ && !body { system("rm -f " top "/dir") }
		/^env: / && !body { system("rm -f " top "/dir") }
		/^-- .* --$/ {
			end()
			body = 1
			name = substr($0, 4, length($0) - 6)
			if (name ~ /\(/)
				system("rm -f " top "/dir")
			if (name ~ /^want / || name ~ /\(/)
				next
			file = top "/in/" name
			folder = file
			sub(/\/[^\/]*$/, "", folder)
			system("mkdir -p " quoted(folder))
			if (file == folder "/") {
				file = ""
				next
			}
			printf "" > file
			next
		}
		file != "" { print > file }' "$cases"/*.test
}

build() {
	"$plimsoll" kustomize build "$1" 2>"$work/stderr"
}

# same CASE PROPERTY WANT GOT
same() {
	if cmp -s "$3" "$4"; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	echo "FAIL $(cat "$1/title"): $2"
	diff "$3" "$4" | head -n 20 | sed 's/^/    /'
	head -n 3 "$work/stderr" | sed 's/^/    /'
}

# The fields of a root that the bases of a build do not speak for.
is_root_only() {
	grep -qE '^(sortOptions|buildMetadata|openapi):|^kind: Component' \
		"$1"/kustomization.y*ml "$1"/Kustomization 2>/dev/null
}

check() {
	root=$1/in/$(cat "$1/dir")
	build "$root" >"$1/want" || return
	build "$root" >"$1/got"
	same "$1" "built again" "$1/want" "$1/got"
	if ! is_root_only "$root"; then
		mkdir "$1/empty"
		echo "resources: [../in/$(cat "$1/dir")]" \
			>"$1/empty/kustomization.yaml"
		build "$1/empty" >"$1/got"
		# What is local is not printed, but has an id like others.
		grep -q 'already registered id' "$work/stderr" &&
			grep -rq 'local-config' "$root" ||
			same "$1" "an empty overlay" "$1/want" "$1/got"
	fi
	mkdir "$1/plain"
	cp "$1/want" "$1/plain/all.yaml"
	{
		echo "resources: [all.yaml]"
		! grep -qs '^sortOptions:' "$root"/kustomization.y*ml ||
			echo "sortOptions: {order: fifo}"
	} >"$1/plain/kustomization.yaml"
	build "$1/plain" >"$1/got"
	# A replacement may make two of one id, and no file may hold those.
	! grep -q 'already registered id' "$work/stderr" ||
		! grep -q '^replacements:' "$root"/kustomization.yaml || return
	# Nor is a null that a patch has left a version to be read.
	! grep -q "'APIVersion' mismatch" "$work/stderr" || return
	same "$1" "a fixed point" "$1/want" "$1/got"
}

# Each names the next; far deeper than any stack.
check_depth() {
	mkdir "$work/deep"
	(cd "$work/deep" && seq 10001 | xargs mkdir && seq 10000 | awk '{
		file = $1 "/kustomization.yaml"
		print "resources: [../" $1 + 1 "]" > file
		close(file)
	}')
	# The last one is missing: what is said of it is as long as the way.
	build "$work/deep/1" >"$work/got"
	status=$?
	if [ $status -eq 1 ] && grep -q 'deep/10001' "$work/stderr"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL 10,000 nested bases: status $status"
	fi
}

unpack
for dir in "$work"/*/dir; do
	check "$(dirname "$dir")"
done
if [ "$passed" -lt 200 ]; then
	failed=$((failed + 1))
	echo "FAIL properties of $passed builds only: the cases were not read"
fi
check_depth
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
