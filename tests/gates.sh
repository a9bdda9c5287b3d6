#!/bin/sh
# gates.sh PLIMSOLL [PART...]: the places the program is used in, with the real
# programs there.  PART is one of
#   hook       git, with the hook of `plimsoll hook install`
#   staged     what git says is staged and changed, in each kind of index
#   broken     repositories and disks that are not as they should be
#   deps       make, with the rules that --deps writes
#   schemas    docs/*.schema.json, and what they describe
#   packages   tools/deps.sh, with package managers that only say what they do
#   shells     completions, in the shells that are there
#   install    make install and uninstall
#   ci         the commands of examples/ci, as nobody, on a root that is read-only
#   action     the steps of action.yml, with a docker that only runs plimsoll
#   framework  pre-commit, if it is installed, with .pre-commit-hooks.yaml
plimsoll=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
[ $# -gt 0 ] || set -- hook staged broken deps schemas packages shells \
	install ci action framework
top=$(pwd)
passed=0
failed=0
place=$(mktemp -d) || exit 1
trap 'rm -rf "$place"' EXIT

mkdir "$place/bin" "$place/home"
ln -s "$plimsoll" "$place/bin/plimsoll"
PATH="$place/bin:$PATH"
HOME="$place/home"
GIT_CONFIG_NOSYSTEM=1
GIT_AUTHOR_NAME="A Writer" GIT_AUTHOR_EMAIL=writer@example.com
GIT_COMMITTER_NAME="A Writer" GIT_COMMITTER_EMAIL=writer@example.com
export PATH HOME GIT_CONFIG_NOSYSTEM GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
export GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE

# want STATUS TITLE COMMAND...: run it; what it says is shown if it fails.
want() {
	status=$1
	title=$2
	shift 2
	"$@" >"$place/said" 2>&1
	is=$?
	if [ $is -eq "$status" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL gates: $title: exit status is $is, want $status"
		sed 's/^/	/' "$place/said"
	fi
}

says() {
	grep -q "$2" "$place/said" && passed=$((passed + 1)) && return
	failed=$((failed + 1))
	echo "FAIL gates: $1: nothing says \"$2\""
	sed 's/^/	/' "$place/said"
}

# pod FILE IMAGE
pod() {
	cat >"$1" <<-END
	apiVersion: v1
	kind: Pod
	metadata: { name: $(basename "$1" .yaml) }
	spec: { containers: [{ name: app, image: "registry.example/$2" }] }
	END
}

# Only one rule, so that pods of four lines are without fault.
repository() {
	rm -rf "$place/work"
	mkdir "$place/work"
	cd "$place/work" || exit 1
	git -c init.defaultBranch=main init -q
	pod old.yaml web:latest
	pod web.yaml web:1.4.2
	git add .
	git commit -q -m 'What there was before'
}

PLIMSOLL_ONLY=image-tag-mutable
export PLIMSOLL_ONLY

hook() {
	repository
	want 0 "hook install" plimsoll hook install
	echo "# a remark" >>old.yaml
	want 0 "a known finding does not stop" git commit -q -a -m Remark
	pod web.yaml web:latest
	git add web.yaml
	want 1 "a new finding stops a commit" git commit -q -m Staged
	says "the finding" "image-tag-mutable"
	git reset -q
	want 1 "what commit -a stages is seen" git commit -q -a -m All
	want 1 "what commit FILE stages is seen" git commit -q -m One web.yaml
	want 0 "what is not staged is not" git commit -q --allow-empty -m None
	git checkout -q web.yaml
	mkdir sub
	pod sub/new.yaml web:latest
	git add sub
	cd sub || exit 1
	want 1 "a commit from a folder" git commit -q -m Below
	cd "$place/work" || exit 1
	git reset -q
	rm -rf sub
	git worktree add -q ../tree HEAD
	cd ../tree || exit 1
	pod web.yaml web:latest
	want 1 "a linked work tree has the same hook" git commit -qam Tree
	want 0 "uninstall, from there" plimsoll hook uninstall
	want 0 "without the hook" git commit -qam Tree
	cd "$place/work" && git worktree remove --force ../tree
	want 0 "hook install again" plimsoll hook install
	pod web.yaml web:2
	rm "$place/bin/plimsoll"
	want 1 "no plimsoll, no commit" git commit -qam Gone
	says "what is missing" "plimsoll is not in PATH"
	ln -s "$plimsoll" "$place/bin/plimsoll"
}

# Each file is a target of its own, so that what is affected names files.
staged_names() {
	cat >plimsoll.yaml <<-END
	apiVersion: plimsoll/v1
	kind: Project
	targets:
	END
	for name; do
		echo "  ? \"$name\"" >>plimsoll.yaml
		echo "  : { manifests: [\"$name\"] }" >>plimsoll.yaml
	done
}

# What an index of this kind is made by.
index_of() {
	case $1 in
	[234]) git config index.version "$1" ;;
	split) git config core.splitIndex true ;;
	cached) git config core.untrackedCache true ;;
	sparse) git sparse-checkout set --cone --sparse-index a-b gone same
		git config advice.updateSparsePath false ;;
	esac
}

# affected WANTED TITLE [OPTION...]
affected() {
	wanted=$1
	title=$2
	shift 2
	plimsoll affected "$@" | tr '\n' ' ' >"$place/found"
	want 0 "$title: $wanted" test "$(cat "$place/found")" = "$wanted"
}

# What lies in a submodule is read from the work tree alone.
submodule() {
	repository
	git init -q "$place/lib"
	pod "$place/lib/pod.yaml" web:1
	pod "$place/lib/other.yaml" web:1
	git -C "$place/lib" add .
	git -C "$place/lib" commit -q -m Library
	git -c protocol.file.allow=always submodule --quiet add "$place/lib" sub
	cat >plimsoll.yaml <<-END
	apiVersion: plimsoll/v1
	kind: Project
	targets:
	  file: { manifests: [sub/pod.yaml] }
	  none: { manifests: [web.yaml] }
	  some: { manifests: ["s*/*.yaml"] }
	END
	git add .
	git commit -q -m 'With a library'
	affected "" "a clean submodule"
	pod sub/other.yaml web:2
	affected "some " "one changed file of a submodule"
	pod sub/pod.yaml web:2
	git -C sub commit -q -a -m More
	affected "file some " "another commit of a submodule"
	git add sub
	affected "" "a staged commit, which has no files to look at" --staged
	git commit -q -m 'The library moves'
	affected "" "the commit that is wanted"
	affected "file some " "a commit that moves it" --since HEAD~1
	rm -rf sub
	affected "file some " "a submodule that is gone"
}

# What has the size and times it had is taken as it was, and no other.
sly() {
	repository
	staged_names old.yaml web.yaml
	git add .
	git commit -q -m Names
	touch -d 2020-01-01 old.yaml
	git update-index --refresh >/dev/null
	sed -i s/latest/LATEST/ old.yaml
	touch -d 2020-01-01 old.yaml
	affected "old.yaml " "the same size and time of writing"
	git checkout -q .
	chmod +x web.yaml
	affected "" "another mode"
	pod web.yaml web:1.4.3
	git add web.yaml
	sed -i s/1.4.3/1.4.4/ web.yaml
	touch -r .git/index web.yaml
	git commit -q -m 'What is staged'
	affected "web.yaml " "written as the index was"
}

# The baseline is read from the work tree only where it is what is staged.
known() {
	repository
	plimsoll lint -q --update-baseline >/dev/null
	git add .
	git commit -q -m 'What is known'
	echo "# a remark" >>old.yaml
	git add old.yaml
	touch -d 2020-01-01 plimsoll-baseline.json
	git update-index --refresh >/dev/null
	want 0 "a finding that the baseline knows" plimsoll lint --staged
	sed -i s/version/vErsion/ plimsoll-baseline.json
	touch -d 2020-01-01 plimsoll-baseline.json
	want 0 "a baseline with the same size and time of writing" \
		plimsoll lint --staged
	git add plimsoll-baseline.json
	sed -i s/vErsion/version/ plimsoll-baseline.json
	touch -r .git/index plimsoll-baseline.json
	want 2 "a baseline written as the index was" plimsoll lint --staged
	says "that it is broken" "the baseline is broken"
}

# Folders of which the index knows that they are those of a commit.
folders() {
	names="a/x a/y a-b/x a-b/c/x a.b a.b/x a0/x b/a/x b/a-b/x b/a.yaml
		c/d/x c/x d d/x e/x"
	repository
	mkdir -p a a-b/c a0 b/a b/a-b c/d
	for name in a/x a/y a-b/x a-b/c/x a.b a0/x b/a/x b/a-b/x b/a.yaml \
		c/d/x c/x d; do
		pod "$name" web:1
	done
	# shellcheck disable=SC2086
	staged_names $names
	git add .
	git commit -q -m Folders
	rm -r c/d a.b d
	mkdir a.b d e
	for name in a/y a.b/x b/a-b/x c/x d/x e/x; do
		pod "$name" web:2
	done
	git add -A
	git commit -q -m Moved
	git diff --name-only --no-renames HEAD~1 | LC_ALL=C sort \
		>"$place/wanted"
	for kind in whole part none; do
		[ $kind = part ] && git update-index --force-remove a0/x &&
			git update-index --add a0/x
		[ $kind = none ] && rm .git/index && git reset -q
		plimsoll affected --since HEAD~1 | tr -d "'" |
			LC_ALL=C sort >"$place/found"
		want 0 "an index that knows folders: $kind" \
			diff "$place/wanted" "$place/found"
	done
}

# same COMMAND...: what plimsoll says is what it said in the first clone.
same() {
	before="$place/said.$(echo "$*" | tr -c 'a-zA-Z0-9\n' _)"
	plimsoll "$@" >"$place/said.now" 2>&1
	[ -f "$before" ] || cp "$place/said.now" "$before"
	want 0 "$kind: $*" diff "$before" "$place/said.now"
}

# Objects and references, as each kind of repository keeps them.
kept() {
	repository
	seq 1 400 | sed 's/^/# /' >>web.yaml
	mkdir deep
	pod deep/er.yaml web:1
	git add .
	git commit -q -m Long
	git branch side/way
	git tag -a -m Marked marked
	for i in 1 2 3 4 5 6; do
		sed -i "s/^# ${i}0\$/# text $i/" web.yaml
		pod deep/er.yaml web:$i
		git commit -q -a -m "Change $i"
	done
	git merge -q -s ours -m Both side/way
	pod web.yaml web:latest
	for revision in HEAD HEAD~3 HEAD~3^0~1 HEAD^ marked marked^0 \
		side/way refs/heads/side/way heads/side/way "$(git rev-parse \
			HEAD~2)" "$(git rev-parse --short HEAD~4)"; do
		for kind in loose packed deltas worktree alternates; do
			rm -rf "$place/kept"
			cp -r "$place/work" "$place/kept"
			cd "$place/kept" || exit 1
			case $kind in
			packed) git pack-refs --all && git repack -q -d ;;
			deltas) git gc -q --aggressive ;;
			worktree)
				git worktree add -q ../tree HEAD
				cd ../tree && pod web.yaml web:latest ;;
			alternates)
				git clone -q -s . ../tree
				cd ../tree && pod web.yaml web:latest
				git branch -q side/way origin/side/way ;;
			esac
			same affected --since "$revision"
			same build --at "$revision" web.yaml
			same lint --new-from "$revision" -f line
			same diff "$revision" -f json
			rm -rf "$place/tree"
		done
	done
	cd "$place/kept" || exit 1
	want 2 "no revision" plimsoll affected --since nothing
	says "that it is none" '"nothing" is no revision'
	want 2 "a parent of the first commit" plimsoll affected --since HEAD~99
	want 2 "a file" plimsoll affected --since "$(git rev-parse \
		HEAD:web.yaml)"
	says "that it is no commit" "is no commit"
}

staged() {
	submodule
	sly
	known
	folders
	kept
	for kind in 2 3 4 split cached sparse; do
		repository
		git config core.quotePath false
		mkdir -p gone/deep same/deep a-b far/away
		for name in a a-b/c.yaml gone/deep/er.yaml gone/stays.yaml \
			same/deep/er.yaml größe.yaml far/away/x.yaml; do
			pod "$name" web:1
		done
		staged_names a a-b/c.yaml a/b.yaml gone/deep/er.yaml \
			gone/stays.yaml same/deep/er.yaml größe.yaml \
			new/er.yaml intent.yaml old.yaml far/away/x.yaml
		git add .
		git commit -q -m "Version $kind"
		index_of "$kind"
		git status >/dev/null
		rm -r a gone/deep old.yaml
		mkdir a new
		ln -s web.yaml old.yaml
		pod a/b.yaml web:1
		pod new/er.yaml web:1
		pod größe.yaml web:2
		[ "$kind" = sparse ] || git add -A
		git add --sparse -A
		pod intent.yaml web:1
		git add --sparse -N intent.yaml
		pod same/deep/er.yaml web:2
		git diff --cached --name-only --no-renames >"$place/wanted"
		plimsoll affected --staged | tr -d "'" |
			LC_ALL=C sort >"$place/found"
		LC_ALL=C sort -o "$place/wanted" "$place/wanted"
		want 0 "index of kind $kind" \
			diff "$place/found" "$place/wanted"
		touch gone/stays.yaml
		echo new/ >.git/info/exclude
		(git diff HEAD --name-only --no-renames
			git ls-files -o --exclude-standard) |
			LC_ALL=C sort -u >"$place/wanted"
		plimsoll affected | tr -d "'" |
			LC_ALL=C sort >"$place/found"
		want 0 "work tree beside an index of kind $kind" \
			diff "$place/found" "$place/wanted"
		want 0 "all of it, by an index of kind $kind" \
			plimsoll lint --staged far/away/x.yaml
	done
	git init -q --object-format=sha256 "$place/sha256" || return
	cd "$place/sha256" || exit 1
	pod a.yaml web:1
	git add .
	# libgit2 itself loses some memory where it refuses a repository.
	asked=$ASAN_OPTIONS
	export ASAN_OPTIONS="$asked:detect_leaks=0"
	want 2 "a repository with SHA-256" plimsoll lint --staged
	says "what is wrong with it" "SHA-1 only"
	want 0 "its files" plimsoll lint .
	ASAN_OPTIONS=$asked
}

framework() {
	command -v pre-commit >/dev/null || {
		echo "gates: pre-commit is not installed (pip install" \
			"pre-commit), so its hooks were not run"
		return
	}
	hooks="$place/hooks"
	mkdir "$hooks"
	cp "$top/.pre-commit-hooks.yaml" "$hooks"
	git -C "$hooks" init -q
	git -C "$hooks" add .
	git -C "$hooks" commit -q -m Hooks
	want 0 "the list of hooks is valid" \
		pre-commit validate-manifest "$hooks/.pre-commit-hooks.yaml"
	repository
	cat >plimsoll.yaml <<-END
	apiVersion: plimsoll/v1
	kind: Project
	targets: { web: { manifests: [old.yaml, web.yaml] } }
	output: { dir: dist }
	END
	cat >.pre-commit-config.yaml <<-END
	repos:
	  - repo: $hooks
	    rev: $(git -C "$hooks" rev-parse HEAD)
	    hooks:
	      - id: plimsoll-lint
	      - id: plimsoll-build-check
	      - { id: plimsoll-lint-all, stages: [manual] }
	END
	plimsoll build -q >/dev/null 2>&1
	git add .
	git commit -q -m Project
	want 0 "pre-commit install" pre-commit install
	pod web.yaml web:1.4.3
	git add web.yaml
	want 1 "an old bundle stops a commit" git commit -q -m Old
	says "the hook" "plimsoll build --check"
	plimsoll build -q >/dev/null 2>&1
	git add dist
	want 0 "a fresh one does not" git commit -q -m Fresh
	pod web.yaml web:latest
	plimsoll build -q >/dev/null 2>&1
	want 1 "pre-commit and commit -a" git commit -q -a -m All
	says "the finding" "image-tag-mutable"
	git reset -q --hard
	pod web.yaml web:1.4.5
	plimsoll build -q >/dev/null 2>&1
	git add web.yaml dist
	pod web.yaml web:latest
	want 0 "what is not staged is put aside" git commit -q -m Partly
	want 0 "and comes back" grep -q web:latest web.yaml
	git checkout -q web.yaml
	for i in 1 2 3 4; do
		pre-commit run --all-files plimsoll-build-check &
	done >"$place/several" 2>&1
	wait
	want 0 "four at once" test \
		"$(grep -c Passed "$place/several")" -eq 4
	git rm -q --cached web.yaml
	want 1 "a deleted input starts the hooks" git commit -q -m Deleted
	git reset -q --hard
	want 1 "all files, all findings" \
		pre-commit run --all-files --hook-stage manual plimsoll-lint-all
	says "the old finding" "old.yaml"
}

# The file of an object of the database.
object_of() {
	id=$(git rev-parse "$1")
	echo ".git/objects/$(echo "$id" | sed 's/^../&\//')"
}

incomplete() {
	git clone -q --depth 1 "file://$place/work" "$place/shallow"
	cd "$place/shallow" || exit 1
	want 2 "a shallow clone" plimsoll lint --new-from HEAD~1
	says "how to get the rest" "git fetch --unshallow"
	git clone -q --bare "$place/work" "$place/bare"
	cd "$place/bare" || exit 1
	want 1 "a revision of a bare repository" plimsoll lint --at HEAD
	want 2 "what is staged in one" plimsoll lint --staged
	says "why not" "is a bare repository"
	cd "$place/work" || exit 1
	rm -f "$(object_of HEAD:web.yaml)"
	want 2 "a file that is missing" plimsoll lint --at HEAD
	says "which" "cannot read web.yaml: its content is not in this clone"
	rm -f "$(object_of 'HEAD^{tree}')"
	pod web.yaml web:2
	git add web.yaml
	want 2 "a folder that is missing" plimsoll lint --staged
	says "what to do" "git fsck names them"
}

odd_contents() {
	repository
	cat >big.yaml <<-END
	version https://git-lfs.github.com/spec/v1
	oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24
	size 12345
	END
	want 2 "a pointer of LFS" plimsoll lint big.yaml
	says "what brings it" "git lfs pull"
	mkdir sub
	(cd sub && git init -q && pod in.yaml web:latest && git add . &&
		git commit -q -m Sub)
	git add sub 2>/dev/null
	ln -s old.yaml link.yaml
	ln -s ../../out.yaml out.yaml
	git add -A
	git commit -q -m Links
	want 1 "a link that is committed" plimsoll lint --at HEAD link.yaml
	want 2 "one that leads out" plimsoll lint --at HEAD out.yaml
	says "that it does" "leads out"
	want 2 "a submodule" plimsoll lint --at HEAD sub
	says "that it is one" "a submodule"
	name=$(printf 'a\377b.yaml')
	cp old.yaml "$name"
	git add "$name"
	want 1 "a name that is not UTF-8" plimsoll lint --staged --new-from HEAD
	want 1 "the same in XML" plimsoll lint --staged --format checkstyle
	says "a character for the byte" "a$(printf '\357\277\275')b.yaml"
}

# Somebody else's repository is not read; what needs none goes on.
foreign() {
	[ "$(id -u)" -eq 0 ] || return
	repository
	chown -R 12345 .
	want 2 "another user's index" plimsoll lint --staged
	says "the exact line" \
		"git config --global --add safe.directory $place/work"
	want 1 "its files" plimsoll lint .
	says "the same" "safe.directory $place/work"
	git config --global --add safe.directory "$place/work"
	want 0 "when that was run" plimsoll lint --staged
	rm -f "$HOME/.gitconfig"
}

many_targets() {
	repository
	mkdir in
	printf "apiVersion: plimsoll/v1\nkind: Project\n" >plimsoll.yaml
	echo "targets:" >>plimsoll.yaml
	for i in $(seq 60); do
		pod "in/$i.yaml" "web:$1"
		echo "  t$i: { manifests: [in/$i.yaml] }" >>plimsoll.yaml
	done
	echo "output: { dir: dist }" >>plimsoll.yaml
}

full_disk() {
	many_targets 1
	plimsoll build -q
	cp -r dist "$place/before"
	for i in $(seq 60); do pod "in/$i.yaml" web:2; done
	want 2 "no file may grow" sh -c "ulimit -f 0; plimsoll build"
	want 0 "the old bundles are whole" diff -r dist "$place/before"
	want 2 "no report" sh -c "ulimit -f 0; plimsoll lint -f json=out.json"
	want 1 "no part of one" test -e out.json
	want 2 "a full device" sh -c "plimsoll lint -f json >/dev/full"
}

# However early or late it comes, each bundle is one of the two.
interrupted() {
	for wait in 0 0.002 0.004 0.006 0.01 0.02; do
		plimsoll build -q &
		sleep $wait
		kill -TERM $! 2>/dev/null
		wait $! 2>/dev/null
		find dist -name '*.tmp' | grep . && break
		grep -L 'web:[12]$' dist/*.yaml | grep . && break
		grep -q web:1 in/1.yaml && image=2 || image=1
		for i in $(seq 60); do pod "in/$i.yaml" web:$image; done
	done >"$place/found"
	want 0 "an interrupted build leaves whole bundles" \
		test ! -s "$place/found"
	plimsoll build -q & plimsoll build -q & plimsoll build -q &
	wait
	want 0 "three builds at once" plimsoll build --check
}

# is_one_of FILE WHOLE...
is_one_of() {
	file=$1
	shift
	for whole; do cmp -s "$file" "$whole" && return; done
	return 1
}

# The same of reports and the baseline, by two runs at once.
interrupted_reports() {
	many_targets latest
	plimsoll lint -q --update-baseline -f line
	cp plimsoll-baseline.json "$place/baseline.1"
	plimsoll lint --baseline none -f json=r.json
	cp r.json "$place/report.1"
	pod in/1.yaml web:1
	plimsoll lint --baseline none -f json="$place/report.2"
	plimsoll lint -q --baseline "$place/work/b" --update-baseline -f line
	mv b "$place/baseline.2"
	for wait in 0 0.002 0.004 0.006 0.01 0.02; do
		plimsoll lint --baseline none -f json=r.json &
		first=$!
		plimsoll lint -q --update-baseline -f line &
		sleep $wait
		kill -TERM $first $! 2>/dev/null
		wait
		is_one_of r.json "$place/report.1" "$place/report.2" ||
			echo "r.json after $wait"
		is_one_of plimsoll-baseline.json "$place/baseline.1" \
			"$place/baseline.2" || echo "baseline after $wait"
		find . -name '*.tmp*'
		cp "$place/report.1" r.json
		cp "$place/baseline.1" plimsoll-baseline.json
	done >"$place/found" 2>/dev/null
	want 0 "interrupted reports and baselines are whole" \
		test ! -s "$place/found"
	plimsoll lint -q --update-baseline -f line &
	plimsoll lint -q --update-baseline -f line &
	wait
	want 0 "two baselines at once" \
		cmp plimsoll-baseline.json "$place/baseline.2"
}

# Folders in folders, as no work tree can have them.
deep_folders() {
	repository
	deep=$(printf 'd/%.0s' $(seq 2100))
	git update-index --add --cacheinfo \
		"100644,$(git hash-object -w web.yaml),${deep}f"
	git commit -q -m Deep
	git update-index --force-remove "${deep}f"
	for what in "affected --since HEAD" "diff HEAD~1..HEAD"; do
		want 2 "$what, of deep folders" plimsoll $what
		says "that they are" "nested more than 2048 deep"
	done
}

broken() {
	repository
	pod web.yaml web:2
	git commit -q -a -m More
	incomplete
	odd_contents
	foreign
	full_disk
	interrupted
	interrupted_reports
	deep_folders
}

# The clock of the file system may be coarse: what is older is made so.
deps() {
	repository
	mkdir in
	pod in/web.yaml web:1
	cat >plimsoll.yaml <<-END
	apiVersion: plimsoll/v1
	kind: Project
	targets: { web: { manifests: ["in/*.yaml"] } }
	output: { dir: dist }
	END
	cat >Makefile <<-END
	dist/web.yaml: ; plimsoll build -q --deps make=deps.d && touch \$@
	-include deps.d
	END
	want 0 "make builds" make dist/web.yaml
	find . -exec touch -d 2001-01-01 {} +
	touch -d 2002-01-01 dist/web.yaml
	want 0 "nothing is to be done" make -q dist/web.yaml
	pod in/new.yaml new:1
	want 1 "a file that matches the pattern is" make -q dist/web.yaml
	want 0 "make builds again" make dist/web.yaml
	want 0 "the new file is in" grep -q new:1 dist/web.yaml
	rm in/new.yaml
	want 0 "a deleted input is no error" make dist/web.yaml
	want 1 "the new file is out" grep -q new:1 dist/web.yaml
}

# Values of a chart are held to its values.schema.json: so is a document.
conforms() {
	rm -rf "$place/chart"
	mkdir -p "$place/chart/templates"
	printf "apiVersion: v2\nname: held\nversion: 1.0.0\n" \
		>"$place/chart/Chart.yaml"
	cp "$top/docs/$1" "$place/chart/values.schema.json"
	plimsoll helm template held "$place/chart" -f "$2"
}

schemas() {
	rm -rf "$place/work"
	cp -r "$top/examples/shop" "$place/work"
	cd "$place/work" || exit 1
	git init -q
	git add .
	git commit -q -m Shop
	sed -i 's/redis:7.4.1/redis:latest/' values/prod.yaml
	echo "{{ fail" >extras/broken.yaml
	(unset PLIMSOLL_ONLY
		plimsoll lint -f json --show-ignored >"$place/report.json"
		plimsoll diff -f json >"$place/diff.json"
		plimsoll compare dev prod -f json >"$place/compare.json"
		plimsoll report merge "$place/report.json" \
			"$place/report.json" >"$place/merged.json"
	) 2>/dev/null
	want 0 "there are errors" grep -q '"rule": null' "$place/report.json"
	want 0 "there are changes" grep -q '"path"' "$place/diff.json"
	want 0 "findings" conforms report.schema.json "$place/report.json"
	want 0 "merged findings" conforms report.schema.json \
		"$place/merged.json"
	want 0 "diff" conforms diff.schema.json "$place/diff.json"
	want 0 "compare" conforms diff.schema.json "$place/compare.json"
	sed 's/"line": /"lines": /' "$place/report.json" >"$place/bad.json"
	want 1 "a key that is none" conforms report.schema.json \
		"$place/bad.json"
}

# complete WANTED WORD...: what bash offers for the last word.
# manager PROGRAM...: nothing else is there; what they are asked to install is
# recorded, and "there" is what they know as installed.
manager() {
	rm -rf "$place/pm" "$place/called"
	mkdir "$place/pm"
	: >"$place/there"
	for tool in sh cat; do
		ln -s "$(command -v $tool)" "$place/pm/$tool"
	done
	printf '#!/bin/sh\necho %s\n' "$user" >"$place/pm/id"
	for tool; do
		cat >"$place/pm/$tool" <<-END
		#!/bin/sh
		case "\$*" in
		"-q "* | "-Q "* | "info -e "* | "list "*)
			for last; do :; done
			while read -r name; do
				[ "\$name" = "\$last" ] && exit 0
			done <"$place/there"
			exit 1 ;;
		esac
		echo "$tool \$*" >>"$place/called"
		END
	done
	chmod +x "$place"/pm/*
}

# asks WORDS: what the manager there is asked for.
asks() {
	want 0 "deps.sh for $1" env PATH="$place/pm" PACMAN_LISTS="$place/no" \
		sh "$top/tools/deps.sh"
	echo "$*" >"$place/asked"
	want 0 "deps.sh asks: $*" diff "$place/asked" "$place/called"
}

packages() {
	user=0
	manager dnf rpm
	asks dnf install -y gcc make pkgconf-pkg-config git python3 \
		glibc-devel libyaml-devel pcre2-devel libgit2-devel \
		libarchive-devel openssl-devel libxcrypt-devel \
		libcmocka-devel tzdata
	manager apk
	asks apk add -U gcc make pkgconf git python3 musl-dev yaml-dev \
		pcre2-dev libgit2-dev libarchive-dev openssl-dev cmocka-dev \
		tzdata
	manager pacman
	asks pacman -Sy --noconfirm --needed gcc make pkgconf git python \
		libyaml pcre2 libgit2 libarchive openssl libxcrypt cmocka \
		tzdata
	manager brew
	asks brew install make pkg-config git python3 libyaml pcre2 libgit2 \
		libarchive openssl@3 libxcrypt cmocka
	manager dnf rpm make git python3 gcc cc
	printf '%s\n' pkgconf-pkg-config glibc-devel libyaml-devel tzdata \
		libarchive-devel openssl-devel libcmocka-devel >"$place/there"
	asks dnf install -y pcre2-devel libgit2-devel libxcrypt-devel
	printf '%s\n' pcre2-devel libgit2-devel libxcrypt-devel >>"$place/there"
	rm "$place/called"
	want 0 "nothing is missing" env PATH="$place/pm" sh "$top/tools/deps.sh"
	says "nothing is missing" "everything is there"
	want 1 "nothing is asked for then" test -e "$place/called"
	user=1000
	manager apk
	want 1 "no root" env PATH="$place/pm" sh "$top/tools/deps.sh"
	says "no root" "run as root: apk add -U gcc"
	manager
	want 1 "no manager" env PATH="$place/pm" sh "$top/tools/deps.sh"
	says "no manager" "none of apt, dnf, apk, pacman and brew"
}

complete_in_bash() {
	bash -c '
		source <(plimsoll completion bash) || exit
		want=$1
		shift
		COMP_WORDS=("$@")
		COMP_CWORD=$(($# - 1))
		_plimsoll
		echo "${COMPREPLY[*]}"
		[[ " ${COMPREPLY[*]} " == *" $want "* ]]' - "$@"
}

shells() {
	cd "$place" || exit 1
	for shell in bash zsh fish; do
		command -v "$shell" >/dev/null || continue
		plimsoll completion "$shell" >"$place/completion"
		want 0 "completion $shell parses" "$shell" -n "$place/completion"
	done
	if command -v bash >/dev/null; then
		want 0 "a command" complete_in_bash build plimsoll bu
		want 0 "an option" complete_in_bash --new-from plimsoll lint --n
		want 0 "a value" complete_in_bash sarif plimsoll lint -f sa
		want 0 "--name=val" \
			complete_in_bash never plimsoll lint --fail-on = n
		want 0 "of its command" \
			complete_in_bash lines plimsoll affected --format li
		want 0 "a verb" complete_in_bash uninstall plimsoll hook un
		want 0 "a folder" complete_in_bash home plimsoll build -o ho
		want 1 "what is none" complete_in_bash install plimsoll lint in
	fi
	if command -v fish >/dev/null; then
		want 0 "fish" fish -c 'plimsoll completion fish | source
			complete -C "plimsoll lint --fail-on n"'
		says "fish" never
	fi
}

# Only what is ours is put in place, and all of it is taken out again.
install() {
	root="$place/root"
	cd "$top" || exit 1
	want 0 "make install" make -s install BUILD="$(dirname "$plimsoll")" \
		DESTDIR="$root" PREFIX=/usr
	(cd "$root" && find . -type f | LC_ALL=C sort) >"$place/found"
	cat >"$place/wanted" <<-END
	./usr/bin/plimsoll
	./usr/share/bash-completion/completions/plimsoll
	./usr/share/fish/vendor_completions.d/plimsoll.fish
	./usr/share/man/man1/plimsoll.1
	./usr/share/zsh/site-functions/_plimsoll
	END
	want 0 "what is installed" diff "$place/found" "$place/wanted"
	want 0 "make uninstall" make -s uninstall DESTDIR="$root" PREFIX=/usr
	want 1 "nothing is left" sh -c "find '$root' ! -type d | grep ."
}

# The command of each line that has one, without redirections.
commands_of() {
	sed -n 's/^[ #-]*\(plimsoll [abl][a-z]* .*\)$/\1/p' "$1" |
		sed 's/ >.*//'
}

# Nothing but PATH, nobody's user id and a root that is read-only, where we may
# take them.
tools() {
	[ -d "$place/tool" ] && return
	mkdir "$place/tool"
	cp "$plimsoll" "$place/tool/plimsoll"
	cat >"$place/tool/box" <<-'END'
	#!/bin/sh
	mount --bind "$BOX" "$BOX" && mount -o remount,bind,ro / || exit 125
	cd "$PWD" # below the new mount
	exec "$@"
	END
	chmod 755 "$place" "$place/tool" "$place"/tool/*
	as=
	[ "$(id -u)" -eq 0 ] || return
	command -v setpriv >/dev/null &&
		as="setpriv --reuid=999 --regid=999 --clear-groups"
	box="unshare --mount env BOX=$place $place/tool/box"
	$box true 2>/dev/null && as="$box $as"
}

alone() {
	# shellcheck disable=SC2086
	$as env -i "PATH=$place/tool:/usr/bin:/bin" PARAM_TARGET=shop \
		PARAM_ENV=prod sh -c "set -- shop@prod; $1"
}

# What the action calls docker with, without an image.
action() {
	tools
	cat >"$place/tool/docker" <<-'END'
	#!/bin/sh
	[ "$1" = run ] || exit 0
	folder=.
	while [ "$1" != plimsoll-action ]; do
		[ "$1" = --workdir ] && folder=${2#/src/}
		shift
	done
	shift
	cd "$GITHUB_WORKSPACE/$folder" || exit
	set -- $(echo "$@" | sed "s|=/tmp/|=$RUNNER_TEMP/|g")
	exec $AS env -i PATH="$PATH" plimsoll "$@"
	END
	chmod 755 "$place/tool/docker"
	rm -rf "$place/work" "$place/runner"
	mkdir "$place/runner"
	cp -r "$top/examples/shop" "$place/work"
	sed -i 's/1Gi/256Mi/' "$place/work/overlays/prod/api-resources.yaml"
	[ "$(id -u)" -ne 0 ] || chown -R 999:999 "$place/work" "$place/runner"
	awk '/run: \|/ { n++; next } n == 2' "$top/action.yml" |
		sed 's/^        //' >"$place/step"
	cd "$place/work" || exit 1
	want 1 "the action, with an error" env -u PLIMSOLL_ONLY AS="$as" \
		PATH="$place/tool:$PATH" GITHUB_WORKSPACE="$place/work" \
		GITHUB_STEP_SUMMARY="$place/summary" COMMAND=lint FOLDER=. \
		RUNNER_TEMP="$place/runner" SARIF=out.sarif sh "$place/step"
	says "an annotation" "^::error file=values/prod.yaml,line=4,"
	want 0 "its summary" grep -q request-exceeds-limit "$place/summary"
	want 0 "its SARIF" grep -q '"version": *"2.1.0"' out.sarif
}

ci() {
	count=0
	tools
	for file in "$top"/examples/ci/*; do
		commands_of "$file" >"$place/commands"
		while read -r line; do
			count=$((count + 1))
			rm -rf "$place/work"
			cp -r "$top/examples/shop" "$place/work"
			cd "$place/work" || exit 1
			case $line in
			*origin/main*)
				git init -q
				git add .
				git commit -q -m Shop
				git update-ref refs/remotes/origin/main HEAD
				;;
			esac
			if [ "$(id -u)" -eq 0 ]; then
				chown -R 999:999 "$place/work"
			fi
			want 0 "$(basename "$file"): $line" alone "$line"
			cd "$top" || exit 1
		done <"$place/commands"
	done
	want 0 "examples/ci has commands" test "$count" -ge 10
}

for part; do
	$part
	cd "$top" || exit 1
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
