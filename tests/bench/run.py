#!/usr/bin/env python3
"""run.py BUILD: how long whole runs take, beside other programs and beside
the goals.

Programs come from the environment: HELM, HELM4, KUSTOMIZE, KUBE_SCORE and
KUBECONFORM; what is not there is left out and named at the end.  QUICK=1
leaves out what takes longer than a few seconds, ONLY="lint changes" all but
those parts.  CHARTS and KUSTOMIZATIONS are folders of such as people keep.
Times are the best of some
runs after a warm-up.  A gate that is not kept ends with status 1.
"""
import os
import shutil
import subprocess
import sys
import tempfile

import charts
import inputs
import repositories

build = os.path.abspath(sys.argv[1])
top = os.getcwd()
plimsoll = f"{build}/plimsoll"
bare = f"{build}/bare/plimsoll"
quick = os.environ.get("QUICK", "") not in ("", "0")
absent = []
missed = []


def wants(part):
    words = os.environ.get("ONLY", "").split()
    return not words or part in words


def program(variable, name):
    """Where a program is; None, and named at the end, if it is not there."""
    asked = os.environ.get(variable)
    found = shutil.which(asked or name)
    if not found:
        absent.append(f"{asked or name} is not installed "
                      f"({variable}=/path/to/it)")
    return found and os.path.abspath(found)


def measure(words, rounds, statuses=(0,)):
    """(seconds, bytes, seconds of the processor), the best of `rounds`."""
    if not words[0]:
        return None
    said = subprocess.run([f"{build}/tests/bench/measure", str(rounds),
                           *words], stdout=subprocess.PIPE, text=True,
                          check=True).stdout.split()
    if int(said[3]) not in statuses:
        sys.exit(f"bench: {' '.join(words)}: status {said[3]}")
    return int(said[0]) / 1e6, int(said[2]) * 1024, int(said[1]) / 1e6


def amount(run):
    if run is None:
        return f"{'-':>10} {'-':>8}"
    seconds, peak, _ = run
    wall = f"{seconds * 1e3:.2f} ms" if seconds < 0.1 else \
        f"{seconds * 1e3:.0f} ms" if seconds < 10 else f"{seconds:.1f} s"
    room = f"{peak / 2**20:5.1f} MB" if peak else "-"
    return f"{wall:>10} {room:>8}"


def row(what, ours, theirs=None, whose=""):
    ratio = f"{theirs[0] / ours[0]:9.1f}x  {whose}" if theirs else ""
    print(f"{what:38}{amount(ours)}  {amount(theirs)}{ratio}".rstrip(),
          flush=True)


def gate(what, value, most, unit=""):
    """A goal that is kept or missed."""
    kept = value <= most
    if not kept:
        missed.append(what)
    print(f"  {what:50}{value:8.2f}{unit:3} at most {most:g}{unit}"
          + ("" if kept else "   MISSED"), flush=True)


def factor(what, ours, theirs, least):
    if theirs:
        gate(f"{what}: share of their time",
             100 * ours[0] / theirs[0], 100 / least, " %")


def bench_start(helm, kustomize):
    ours = measure([plimsoll, "version"], 9)
    row("start-up: version", ours, measure([helm, "version"], 5), "helm")
    row("", ours, measure([kustomize, "version"], 5), "kustomize")
    gate("start-up", ours[0] * 1e3, 5, " ms")


def bench_charts(helm, helm4):
    shop = f"{top}/examples/shop"
    words = ["template", "shop", f"{shop}/charts/shop",
             "--kube-version", "1.34.0",
             "--values", f"{shop}/values/prod.yaml"]
    ours = measure([plimsoll, "helm", *words], 9)
    theirs = measure([helm, *words], 5)
    row("helm template: examples/shop", ours, theirs, "helm 3")
    if helm4:
        row("", ours, measure([helm4, *words], 5), "helm 4")
    factor("helm template: examples/shop", ours, theirs, 10)
    count = inputs.chart("chart", 50, 40)
    words = ["template", "big", "chart"]
    ours = measure([plimsoll, "helm", *words], 5)
    row(f"helm template: {count:,} objects", ours,
        measure([helm, *words], 3), "helm 3")
    if helm4:
        row("", ours, measure([helm4, *words], 3), "helm 4")
    bench_umbrella(helm)
    bench_catalogue(helm)
    return ours


def bench_catalogue(helm):
    """Charts as people have them: the sum, and each of them."""
    ours = theirs = 0
    for name, how in (("small", {"parts": 1}),
                      ("usual", {"parts": 2, "schema": True}),
                      ("large", {"parts": 8}),
                      ("nested", {"parts": 2, "children": 4}),
                      ("defining", {"parts": 1, "crds": 12})):
        charts.catalogue(name, **how)
        words = ["template", "demo", name, "--kube-version", "1.31.0"]
        own = measure([plimsoll, "helm", *words], 9)
        other = measure([helm, *words], 3)
        row(f"helm template: chart \"{name}\"", own, other, "helm 3")
        factor(f"helm template: chart \"{name}\"", own, other, 10)
        if other:
            ours, theirs = ours + own[0], theirs + other[0]
            gate(f"memory: chart \"{name}\"", 100 * own[1] / other[1], 100,
                 " %")
    factor("helm template: all charts", (ours,), theirs and (theirs,), 30)


def bench_umbrella(helm):
    """Subcharts see one another's values: the cost of one may not grow."""
    runs = {}
    for count in 63, 252:
        inputs.umbrella(f"umbrella{count}", count)
        words = ["template", "big", f"umbrella{count}"]
        runs[count] = measure([plimsoll, "helm", *words], 5)
        row(f"helm template: {count} subcharts", runs[count],
            measure([helm, *words], 2), "helm 3")
    gate("helm template: 63 subcharts", runs[63][0], 1, " s")
    gate("helm template: 252 subcharts / 63 subcharts",
         runs[252][2] / runs[63][2], 5, "x")


def bench_one_object(kustomize):
    """The second needs what kustomize knows of kinds, which it parses."""
    inputs.one_object("one")
    for name, least in ("plain", 5), ("patched", 20):
        words = ["build", f"one/{name}"]
        ours = measure([plimsoll, "kustomize", *words], 9)
        theirs = measure([kustomize, *words], 9)
        row(f"kustomize build: one object, {name}", ours, theirs, "kustomize")
        factor(f"kustomize build: one object, {name}", ours, theirs, least)


def bench_keyed_lists():
    runs = {}
    for count in 2000, 16000:
        inputs.keyed_list(f"list{count}", count)
        runs[count] = measure([plimsoll, "kustomize", "build",
                               f"list{count}"], 5)
        row(f"kustomize build: a list of {count:,}", runs[count])
    gate("kustomize build: a list of 16,000 / 2,000",
         runs[16000][2] / runs[2000][2], 12, "x")


def bench_platform(kustomize):
    runs = {}
    for count in 25, 100:
        inputs.platform(f"platform{count}", count)
        words = ["build", f"platform{count}"]
        runs[count] = measure([plimsoll, "kustomize", *words], 5)
        theirs = measure([kustomize, *words], 1)
        row(f"kustomize build: {count} applications", runs[count], theirs,
            "kustomize")
        factor(f"kustomize build: {count} applications", runs[count], theirs,
               20)
        if theirs:
            gate(f"kustomize build: {count} applications: share of their "
                 "memory", 100 * runs[count][1] / theirs[1], 50, " %")
    gate("kustomize build: 100 applications / 25 applications",
         runs[100][2] / runs[25][2], 5, "x")


def bench_overlays(kustomize):
    runs = {}
    bench_one_object(kustomize)
    bench_keyed_lists()
    bench_platform(kustomize)
    inputs.overlay("overlay40000", 40000)
    runs[40000] = measure([plimsoll, "kustomize", "build",
                           "overlay40000/overlay"], 2)
    row("kustomize build: 40,000 objects", runs[40000])
    for count in 1000, 4000:
        inputs.overlay(f"overlay{count}", count)
        words = ["build", f"overlay{count}/overlay"]
        runs[count] = measure([plimsoll, "kustomize", *words], 5)
        slow = count > 1000
        if slow and quick:
            absent.append(f"kustomize on {count:,} objects takes a minute or "
                          "two and was left out (QUICK=)")
        theirs = None if slow and quick else \
            measure([kustomize, *words], 1 if slow else 2)
        row(f"kustomize build: {count:,} objects", runs[count], theirs,
            "kustomize")
        if slow:
            factor(f"kustomize build: {count:,} objects", runs[count], theirs,
                   300)
            gate("kustomize build: 4,000 objects: time of the processor",
                 runs[4000][2] * 1e3, 150, " ms")
            if theirs:
                gate("kustomize build: 4,000 objects: share of their memory",
                     100 * runs[4000][1] / theirs[1], 50, " %")
    gate("kustomize build: 4,000 objects / 1,000 objects",
         runs[4000][2] / runs[1000][2], 5, "x")
    gate("kustomize build: 40,000 objects / 4,000 objects",
         runs[40000][2] / runs[4000][2], 15, "x")
    return runs[1000]


def read_times(tool):
    """Milliseconds: bare parser, read, emit; and the line in words."""
    run = subprocess.run([tool, "stream.yaml"], stdout=subprocess.PIPE,
                         text=True, check=True)
    return [float(n) for n in run.stdout.split()]


def bench_yaml():
    inputs.big_stream("stream.yaml", 10 << 20)
    size, events, read, emit, used = read_times(f"{build}/tests/bench/read")
    print(f"YAML of {size / 2**20:.0f} MB, in memory: events of the bare "
          f"parser {events:.0f} ms, read {read:.0f} ms, emit {emit:.0f} ms; "
          f"{used / size:.1f} bytes a byte")
    gate("read and emit / the bare parser's events",
         (read + emit) / events, 2, "x")
    return read + emit


def bench_provenance(overlay, yaml):
    if not os.path.exists(bare):
        absent.append("a build with PROVENANCE=0 (make bench makes it)")
        return
    whole = ["build", "-q", "--fail-on", "never", "chart"]
    _, _, read, emit, _ = read_times(f"{build}/bare/tests/bench/read")
    rows = (
        ("read and emit 10 MB", yaml, read + emit),
        # A whole run: rendered, checked and written.
        ("build of the big chart", measure([plimsoll, *whole], 5)[2],
         measure([bare, *whole], 5)[2]),
        ("kustomize build: 1,000 objects", overlay[2],
         measure([bare, "kustomize", "build", "overlay1000/overlay"], 9)[2]),
    )
    # Of the processor: what else the machine does shall not count.
    for what, full, without in rows:
        gate(f"provenance: {what}", 100 * (full / without - 1), 15, " %")


def bench_stream(what, path, score, conform):
    """(ours, kube-score's, kubeconform's); None: it is not there."""
    ours = measure([plimsoll, "lint", path], 3, (0, 1))
    scored = measure([score, "score", path], 1, (0, 1))
    row(what, ours, scored, "kube-score")
    schemas = os.environ.get("KUBECONFORM_SCHEMAS")
    if conform and schemas:
        theirs = measure([conform, "-strict", "-schema-location", schemas,
                          path], 1, (0, 1))
        row("", ours, theirs, "kubeconform")
        return ours, scored, theirs
    if conform:
        # Without them it would fetch one by one, which measures the network.
        absent.append("kubeconform's schemas on this machine "
                      "(KUBECONFORM_SCHEMAS='DIR/{{.ResourceKind}}"
                      "{{.KindSuffix}}.json')")
    return ours, scored, None


def bench_lint():
    inputs.sound_stream("sound.yaml", 10000)
    inputs.stream("objects.yaml", 10000)
    words = ["objects.yaml"]
    score = program("KUBE_SCORE", "kube-score")
    conform = program("KUBECONFORM", "kubeconform")
    ours, scored, theirs = bench_stream("lint: 10,000 objects", "sound.yaml",
                                        score, conform)
    factor("lint beside kube-score", ours, scored, 12)
    factor("lint beside kubeconform", ours, theirs, 5)
    if theirs:
        gate("lint: share of kubeconform's memory", 100 * ours[1] / theirs[1],
             90, " %")
    bench_stream("lint: 10,000, with 33,000 findings", "objects.yaml",
                 None if quick else score, conform)
    one = measure([plimsoll, "lint", "--jobs", "1", *words], 3, (0, 1))
    row("lint: 10,000 objects, one thread", one)
    print(f"  of it, an object {one[0] * 1e6 / 10000:.1f} us, with reading")
    runs = {}
    for count in 500, 2000:
        inputs.selectors(f"selectors{count}.yaml", count)
        runs[count] = measure([plimsoll, "lint", f"selectors{count}.yaml"], 3,
                              (0, 1))
    row("lint: 2,000 policies for 2,000 pods", runs[2000])
    gate("lint: 2,000 policies and pods / 500", runs[2000][2] / runs[500][2],
         6, "x")


def bench_staged():
    """One file of the repository is staged: without a project file, with one
    that names what it belongs to, and with what `plimsoll init` writes."""
    path = "apps/app0/config.yaml"
    with open(path, "a", encoding="utf-8") as file:
        file.write("# changed\n")
    subprocess.run(["git", "add", path], check=True)
    words = [plimsoll, "lint", "-q", "--staged"]
    found = measure(words, 3, (0, 1))
    inputs.write("plimsoll.yaml", "apiVersion: plimsoll/v1\nkind: Project\n"
                 "targets: { app0: { kustomization: apps/app0 } }\n")
    commit = ["git", "-c", "gc.auto=0", "-c", "user.name=a", "-c",
              "user.email=a@b.c", "commit", "-qm", "init"]
    subprocess.run(["git", "add", "plimsoll.yaml"], check=True)
    subprocess.run([*commit, "plimsoll.yaml"], check=True)
    declared = measure(words, 9, (0, 1))
    subprocess.run(["git", "rm", "-q", "-f", "plimsoll.yaml"], check=True)
    subprocess.run([plimsoll, "init"], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    written = ["plimsoll.yaml", "plimsoll-baseline.json",
               ".pre-commit-config.yaml"]
    subprocess.run(["git", "add", *written], check=True)
    subprocess.run([*commit, *written], check=True)
    known = measure(words, 9, (0, 1))
    subprocess.run(["git", "rm", "-q", "-f", *written], check=True)
    return found, declared, known


def bench_monorepo():
    """A repository that never heard of us: what there is, and all of it."""
    inputs.monorepo("mono")
    git = ["git", "-C", "mono", "-c", "gc.auto=0", "-c", "user.name=a",
           "-c", "user.email=a@b.c"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"]):
        subprocess.run(git + words, check=True)
    os.chdir("mono")
    found_staged, staged, known = bench_staged()
    found = measure([plimsoll, "lint", "-q", "--stop-after", "load"], 3)
    whole = measure([plimsoll, "lint", "-q"], 3, (0, 1))
    os.chdir("..")
    row("discovery of 50,000 files, loaded", found)
    row("lint of it: 20,000 objects", whole)
    gate("lint of a monorepo, 50,000 files", whole[0], 3, " s")
    row("lint --staged of one file, no project", found_staged)
    row("lint --staged of one file, a project", staged)
    gate("lint --staged of one file of 50,000", staged[2] * 1e3, 50, " ms")
    row("lint --staged of one file, 59,000 known", known)
    gate("lint --staged after plimsoll init", known[2] * 1e3, 50, " ms")


def bench_changes():
    """What a change of values costs in 500 targets x 3 environments."""
    inputs.targets("changes")
    git = ["git", "-C", "changes", "-c", "gc.auto=0", "-c", "user.name=a", "-c",
           "user.email=a@b.c"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"]):
        subprocess.run(git + words, check=True)
    os.chdir("changes")
    inputs.write("values/app7/prod.yaml", "tag: '2.0'\n")
    one = measure([plimsoll, "diff"], 5)
    row("diff of one values file, 1,500 jobs", one)
    gate("diff of one values file in 1,500 jobs", one[0] * 1e3, 300, " ms")
    for i in range(100, 300):
        for environment in inputs.ENVIRONMENTS:
            inputs.write(f"values/app{i}/{environment}.yaml", "tag: '2.0'\n")
    names = subprocess.run([plimsoll, "affected"], stdout=subprocess.PIPE,
                           text=True, check=True).stdout.split()
    plain = measure([plimsoll, "lint", "-q", *names], 3, (0, 1))
    new = measure([plimsoll, "lint", "-q", "--new-from", "HEAD"], 3, (0, 1))
    os.chdir("..")
    row(f"lint --new-from of {len(names)} jobs", new)
    gate("lint --new-from beside lint of the same", new[0] / plain[0], 2.2,
         "x")


def together(what, ours, theirs, each, least, whole, whose):
    """Sums of both, one process for each case; then all cases in one run."""
    row(f"{what}, one by one", (ours, 0, 0), (theirs, 0, 0), whose)
    factor(f"{what}, one by one", (ours,), (theirs,), each)
    # The tool does not lint: with that, two thirds of the factor are asked for.
    for words, how, least in \
            (["--stop-after", "substitute"], "rendered", least), \
            ([], "with lint and bundles", least * 2 / 3):
        run = measure([plimsoll, "build", "-q", "--fail-on", "never",
                       "--config", f"{whole}/plimsoll.yaml", *words], 3,
                      (0, 1, 2))
        row(f"{what} in one run, {how}", run, (theirs, 0, 0), whose)
        factor(f"{what} in one run, {how}", run, (theirs,), least)


def output(words):
    """What it prints; None if it refuses."""
    run = subprocess.run(words, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, check=False)
    return None if run.returncode else run.stdout


def bench_charts_of(folders, helm):
    """All that helm renders and that makes no keys."""
    cases, ours, theirs = [], 0, 0
    for folder in folders:
        for case in repositories.charts(os.path.join(top, folder)):
            chart, values = case
            words = ["template", "demo", chart, "-n", "ns",
                     "--kube-version", "1.31.0"]
            words += ["--values", values] if values else []
            text = output([helm, *words])
            if text is None or (repositories.has_keys(text) and
                                text != output([helm, *words])):
                continue
            cases.append(case)
            ours += measure([plimsoll, "helm", *words], 3)[0]
            theirs += measure([helm, *words], 1)[0]
    os.mkdir("charts-of")
    repositories.chart_project("charts-of", cases)
    together(f"{len(cases)} charts", ours, theirs, 10, 30, "charts-of",
             "helm 3")


def bench_kustomizations_of(folder, kustomize):
    cases, ours, theirs = [], 0, 0
    folder = os.path.join(top, folder)
    for case in repositories.kustomizations(folder):
        if output([kustomize, "build", case]) is None:
            continue
        cases.append(case)
        ours += measure([plimsoll, "kustomize", "build", case], 3)[0]
        theirs += measure([kustomize, "build", case], 1)[0]
    os.mkdir("kustomizations-of")
    repositories.kustomization_project("kustomizations-of", folder, cases)
    together(f"{len(cases)} kustomizations", ours, theirs, 10, 50,
             "kustomizations-of", "kustomize")


def bench_repositories(helm, kustomize):
    if os.environ.get("CHARTS") and helm:
        bench_charts_of(os.environ["CHARTS"].split(), helm)
    if os.environ.get("KUSTOMIZATIONS") and kustomize:
        bench_kustomizations_of(os.environ["KUSTOMIZATIONS"], kustomize)


def main():
    helm = program("HELM", "helm")
    helm4 = program("HELM4", "helm4")
    kustomize = program("KUSTOMIZE", "kustomize")
    print(f"{'':38}{'ours':>10} {'peak':>8}  {'theirs':>10} {'peak':>8}"
          f"{'ratio':>10}")
    overlay = yaml = None
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        if wants("start"):
            bench_start(helm, kustomize)
        if wants("charts"):
            bench_charts(helm, helm4)
        if wants("overlays"):
            overlay = bench_overlays(kustomize)
        if wants("yaml"):
            yaml = bench_yaml()
        if overlay and yaml:
            bench_provenance(overlay, yaml)
        if wants("lint"):
            bench_lint()
        if wants("monorepo"):
            bench_monorepo()
        if wants("changes"):
            bench_changes()
        if wants("repositories"):
            bench_repositories(helm, kustomize)
        os.chdir(top)
    for what in absent:
        print(f"left out: {what}")
    if missed:
        print("missed: " + "; ".join(missed))
    sys.exit(1 if missed else 0)


main()
