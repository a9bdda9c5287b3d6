#!/usr/bin/env python3
"""pages.py DIR RULES.JSON CASES <ALL.MD: split what `plimsoll explain --all`
prints into a page for each rule, with its first bad and good case, and one
page for the functions of templates."""
import json
import os
import re
import sys

folder, listed, cases = sys.argv[1:4]


def names(node):
    """Whatever the list looks like, a rule has a name and a code."""
    if isinstance(node, list):
        for item in node:
            yield from names(item)
    elif isinstance(node, dict):
        if "code" in node:
            yield node.get("name") or node.get("rule")
        for item in node.values():
            yield from names(item)


def sections(body):
    """(name, text) of the inputs of a case."""
    parts = re.split(r"^-- (.*?) --\n", body, flags=re.M)
    for name, text in zip(parts[1::2], parts[2::2]):
        if not name.startswith(("want ", "git ")):
            yield name, text.rstrip("\n") + "\n"


def example(rule, kind):
    path = os.path.join(cases, rule.replace("-", "_") + ".test")
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        found = re.search(rf"^=== {kind}: ([^\n]*)\n(.*?)(?=^=== |\Z)",
                          file.read(), re.M | re.S)
    if not found:
        return ""
    title, body = found.groups()
    text = f"\n## {kind.capitalize()}: {title}\n"
    inputs = list(sections(body))
    for name, content in inputs:
        content = re.sub(r"\s*(#|\{\{/\*) want: [\w, -]+?( \*/\}\})?$",
                         r"  # <- here", content, flags=re.M)
        text += f"\n`{name}`\n" if len(inputs) > 1 else ""
        text += f"\n```yaml\n{content}```\n"
    return text


with open(listed, encoding="utf-8") as file:
    rules = set(names(json.load(file)))
pages = re.split(r"^# (.*)\n", sys.stdin.read(), flags=re.M)
functions = "# Functions of templates\n\nWritten by `make docs`. " \
    "`plimsoll explain FUNCTION` prints one of them.\n"
for name, text in zip(pages[1::2], pages[2::2]):
    if name not in rules:
        functions += f"\n## {name}\n{text.rstrip()}\n"
        continue
    with open(os.path.join(folder, "rules", name + ".md"), "w",
              encoding="utf-8") as file:
        file.write(f"# {name}\n{text.rstrip()}\n" + example(name, "bad")
                   + example(name, "good"))
with open(os.path.join(folder, "functions.md"), "w",
          encoding="utf-8") as file:
    file.write(functions)
