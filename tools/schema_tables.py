#!/usr/bin/env python3
"""Write lints/schema/tables/: the fields of every kind of Kubernetes.

schema_tables.py DATA OUT

DATA holds the union of the API definitions of several versions, and their
enumerations.  schema_fields.tsv beside this file says what those do not:
values that are closed, fields that are required or not, forms of texts and
bounds of numbers.
"""
import collections
import fnmatch
import glob
import os
import re
import sys

SCALARS = ["any", "string", "bool", "int32", "int64", "double", "date-time",
           "byte", "quantity", "int-or-string"]
NOISE = re.compile("List$|Options$|^WatchEvent$|^API(Group|Versions)|^Status$")
LIST_TYPES = {"": 0, "A": 0, "M": 1, "S": 2}
REQUIRED, MAP_LIST, SET_LIST, DEPRECATED, DEMANDED = 1, 2, 4, 8, 16
HERE = os.path.dirname(os.path.abspath(__file__))


def span(text):
    first, last = (text.split("-") * 2)[:2]
    return int(first), int(last)


def read_union(data):
    defs, kinds = collections.OrderedDict(), []
    for line in open(glob.glob(f"{data}/union-*.tsv")[0]):
        part = line.rstrip("\n").split("\t")
        if part[0] == "D":
            rows = defs[part[1]] = []
        elif part[0] == "G":
            if not NOISE.search(part[4]):
                kinds.append((part[4], part[2], part[3], part[1],
                              span(part[5])))
        else:
            rows.append({"name": part[1], "type": part[2],
                         "required": part[3] == "R", "list": part[4],
                         "keys": part[7], "span": span(part[9]),
                         "values": (), "form": "none", "old": False,
                         "own": False})
    return defs, kinds


def short(name):
    return name.rsplit(".", 1)[1]


def referred(kind):
    return kind.split("@")[1] if "@" in kind else None


def reachable(defs, kinds):
    seen, todo = set(), [kind[3] for kind in kinds]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += [referred(row["type"]) for row in defs[name]
                     if referred(row["type"])]
    return {name: defs[name] for name in sorted(seen)}


def read_values(data, defs):
    """Closed sets, as the source of the API marks them."""
    for line in open(f"{data}/enums.tsv"):
        part = line.rstrip("\n").split("\t")
        if line.startswith("#") or part[2] == "-":
            continue
        set_values(defs, "api." + part[0].replace("/", "."), part[1],
                   re.findall(r"(\S.*?:\d+-\d+|:\d+-\d+)(?:\s|$)",
                              " ".join(part[3:])))


def set_values(defs, pattern, field, words):
    values = tuple(sorted((word.rsplit(":", 1)[0],) +
                          span(word.rsplit(":", 1)[1])
                          for word in words if not word.startswith(":")))
    count = 0
    for row in matching(defs, pattern, field):
        row["values"] = values
        count += 1
    return count


def matching(defs, pattern, field):
    pattern = re.sub(r"EphemeralContainerCommon$", "EphemeralContainer",
                     pattern)
    for name in fnmatch.filter(defs, pattern):
        for row in defs[name]:
            if row["name"] == field and not name.endswith("Status"):
                yield row


def read_own(defs):
    """Rows of schema_fields.tsv win over everything else."""
    for number, line in enumerate(open(f"{HERE}/schema_fields.tsv"), 1):
        part = line.rstrip("\n").split("\t")
        if line.startswith("#") or not part[0]:
            continue
        pattern, field, what = part[:3]
        rows = list(matching(defs, "api*." + pattern, field))
        if not rows:
            sys.exit(f"schema_fields.tsv:{number}: no such field")
        for row in rows:
            if what == "required":
                row["own"] = not row["required"]
                row["required"] = True
            elif what == "optional":
                row["required"] = False
            elif what == "values":
                set_values({"x": [row]}, "x", field,
                           [word if re.search(r":\d+(-\d+)?$", word)
                            else word + ":0-99" for word in part[3:]])
            elif what == "deprecated":
                row["old"] = True
            elif what == "form":
                row["form"] = part[3]
            else:
                sys.exit(f"schema_fields.tsv:{number}: {what}?")


def required_by(name, row):
    """What lies in a status is never demanded."""
    return row["required"] and not name.endswith("Status")


class Pool:
    """Texts behind one another, each once; the longest first."""

    def __init__(self, texts):
        self.at, self.parts, size = {}, [], 0
        for text in sorted(texts):
            self.at[text] = size
            self.parts.append(text)
            size += len(text) + 1
        if size > 0xffff:
            sys.exit(f"{size} bytes of names do not fit")

    def lines(self):
        return [f'\t"{text}\\0"' for text in self.parts]


class Interned:
    def __init__(self):
        self.at = {}

    def add(self, item):
        return self.at.setdefault(item, len(self.at))


def type_of(types, order, text):
    """Intern a type tree and return its number."""
    if text.startswith("[]"):
        return types.add(("LIST", type_of(types, order, text[2:])))
    if text.startswith("{}"):
        return types.add(("MAP", type_of(types, order, text[2:])))
    if text.startswith("@"):
        return types.add(("OBJECT", order[text[1:]]))
    name = text.upper().replace("-", "_")
    return types.add((name, 0))


def rows_in_order(rows):
    """Sorted; neighbours that differ in minors alone are one."""
    rows = sorted(rows, key=lambda row: (row["name"], row["span"]))
    merged = []
    for row in rows:
        last = merged[-1] if merged else None
        same = last and all(last[key] == row[key] for key in row
                            if key != "span")
        if same and last["span"][1] + 1 == row["span"][0]:
            last["span"] = last["span"][0], row["span"][1]
        else:
            merged.append(dict(row))
    return merged


def spread_keys(rows):
    """What names items has always been checked, and was published later."""
    for row in rows:
        for other in rows:
            if other["name"] == row["name"] and not row["list"]:
                row["list"], row["keys"] = other["list"], other["keys"]


def header(lines):
    return ["/* Generated by tools/schema_tables.py; do not edit. */",
            '#include "lints/schema/tables.h"', ""] + lines


def write(out, name, lines):
    with open(f"{out}/{name}", "w") as file:
        file.write("\n".join(header(lines)) + "\n")


class Tables:
    def __init__(self, defs, kinds):
        self.defs, self.kinds = defs, kinds
        self.order = {name: at for at, name in enumerate(defs)}
        self.types, self.sets, self.keys = Interned(), Interned(), Interned()
        self.sets.add(())
        self.keys.add(())
        self.rows = {name: rows_in_order(rows) for name, rows in defs.items()}
        self.pool = Pool(self.texts())

    def texts(self):
        texts = {""}
        for name, rows in self.rows.items():
            texts.add(short(name))
            for row in rows:
                texts.add(row["name"])
                texts.update(value[0] for value in row["values"])
        for kind, group, version, _, _ in self.kinds:
            texts.update((kind, group, version))
        return texts

    def field(self, name, row):
        flags = REQUIRED if required_by(name, row) else 0
        flags |= (0, MAP_LIST, SET_LIST)[LIST_TYPES[row["list"]]]
        flags |= DEPRECATED if row["old"] else 0
        flags |= DEMANDED if row["own"] else 0
        keys = tuple(sorted(row["keys"].split(","))) if row["keys"] else ()
        return "\t{ %d, %d, %d, %d, %d, %d, %d, SCHEMA_FORM_%s }, /* %s */" % (
            self.pool.at[row["name"]],
            type_of(self.types, self.order, row["type"]),
            self.sets.add(row["values"]), self.keys.add(keys), flags,
            *row["span"], row["form"].upper(), row["name"])

    def write_fields(self, out):
        fields, defs, at = [], [], 0
        for name, rows in self.rows.items():
            defs.append("\t{ %d, %d, %d }, /* %s */" % (
                self.pool.at[short(name)], at, len(rows), name))
            fields.append(f"\t/* {name} */")
            fields += [self.field(name, row) for row in rows]
            at += len(rows)
        write(out, "fields.c",
              ["const struct schema_field schema_fields[] = {"] + fields +
              ["};"])
        write(out, "definitions.c",
              ["const struct schema_def schema_defs[] = {"] + defs + ["};"])

    def write_kinds(self, out):
        lines = ["const struct schema_kind schema_kinds[] = {"]
        for kind, group, version, name, (first, last) in sorted(self.kinds):
            lines.append("\t{ %d, %d, %d, %d, %d, %d }, /* %s %s %s */" % (
                self.pool.at[kind], self.pool.at[group],
                self.pool.at[version], self.order[name], first, last, kind,
                group, version))
        write(out, "kinds.c", lines + [
            "};", "", f"const size_t schema_kind_count = {len(self.kinds)};"])

    def write_types(self, out):
        lines = ["const struct schema_type schema_types[] = {"]
        lines += [f"\t{{ SCHEMA_{shape}, {of} }}," for shape, of in
                  self.types.at]
        values, sets = [], []
        for items in self.sets.at:
            sets.append("\t{ %d, %d }," % (len(values), len(items)))
            values += ["\t{ %d, %d, %d }, /* %s */" % (
                self.pool.at[text], first, last, text)
                for text, first, last in items]
        keys, key_sets = [], []
        for items in self.keys.at:
            key_sets.append("\t{ %d, %d }," % (len(keys), len(items)))
            keys += ["\t%d, /* %s */" % (self.pool.at[text], text)
                     for text in items]
        lines += ["};", "", "const struct schema_value schema_values[] = {"]
        lines += values
        lines += ["};", "", "const struct schema_range schema_sets[] = {"]
        lines += sets
        lines += ["};", "", "const uint16_t schema_keys[] = {"] + keys
        lines += ["};", "", "const struct schema_range schema_key_sets[] = {"]
        write(out, "types.c", lines + key_sets + ["};"])

    def write_names(self, out):
        write(out, "names.c", ["const char schema_names[] ="] +
              self.pool.lines()[:-1] + [self.pool.lines()[-1] + ";"])


def main():
    data, out = sys.argv[1:]
    defs, kinds = read_union(data)
    defs = reachable(defs, kinds)
    read_values(data, defs)
    read_own(defs)
    for rows in defs.values():
        spread_keys(rows)
    tables = Tables(defs, kinds)
    tables.write_fields(out)
    tables.write_kinds(out)
    tables.write_types(out)
    tables.write_names(out)


main()
