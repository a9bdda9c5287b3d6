"""Charts and kustomizations that somebody keeps: the cases of a folder, and a
project of all of them."""
import base64
import json
import os
import re
import shutil


def charts(folder):
    """(chart, values file or None): its defaults, and each file in ci/."""
    for dir, folders, files in sorted(os.walk(folder)):
        if "Chart.yaml" not in files:
            continue
        folders[:] = []
        yield dir, None
        below = os.path.join(dir, "ci")
        for name in sorted(os.listdir(below)) if os.path.isdir(below) else ():
            if name.endswith((".yaml", ".yml")):
                yield dir, os.path.join(below, name)


def kustomizations(folder):
    names = {"kustomization.yaml", "kustomization.yml", "Kustomization"}
    for dir, _, files in sorted(os.walk(folder)):
        if names & set(files):
            yield dir


def project(folder, targets, **more):
    with open(f"{folder}/plimsoll.yaml", "w", encoding="utf-8") as file:
        json.dump({"apiVersion": "plimsoll/v1", "kind": "Project",
                   "targets": targets, "output": {"dir": "dist"}, **more},
                  file)


def chart_project(folder, cases):
    """Copies, since a project reads nothing outside its folder."""
    copies, targets = {}, {}
    os.makedirs(f"{folder}/values")
    for i, (chart, values) in enumerate(cases):
        if chart not in copies:
            copies[chart] = f"charts/{len(copies)}-{os.path.basename(chart)}"
            shutil.copytree(chart, f"{folder}/{copies[chart]}", symlinks=True)
        target = {"chart": copies[chart], "release": "demo", "namespace": "ns"}
        if values:
            target["values"] = [f"values/{i}.yaml"]
            shutil.copy(values, f"{folder}/values/{i}.yaml")
        targets[f"t{i}"] = target
    project(folder, targets, kubernetes=["1.31"])


def kustomization_project(folder, repository, cases):
    shutil.copytree(repository, f"{folder}/repository", symlinks=True)
    project(folder, {f"t{i}": {"kustomization": os.path.join(
        "repository", os.path.relpath(case, repository))}
        for i, case in enumerate(cases)})


def encoded(word):
    """The word, and what of it stands in base64 wherever it begins."""
    yield word
    for before in range(3):
        text = base64.b64encode(b"x" * before + word)
        yield text[(before * 8 + 5) // 6:len(word + b"x" * before) * 8 // 6]


SLOW = re.compile(b"|".join(re.escape(text) for word in (b"PRIVATE KEY", b"$2a$")
                            for text in encoded(word)))


def has_keys(text):
    """Whether a key or the hash of a password is in it, which takes long."""
    return SLOW.search(text) is not None
