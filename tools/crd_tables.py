#!/usr/bin/env python3
"""Write the tables of well-known custom resources.

crd_tables.py DATA

DATA has crds.tsv (definitions of schemas, `make schemas` says how to get it)
and kinds.tsv (names, versions and pods of more kinds), over which
custom_kinds.tsv beside this file wins.  Definitions of
Kubernetes' own are numbers of rows in lints/schema/tables/definitions.c, so
schema_tables.py runs first.
"""
import os
import re
import sys

OUT = "lints/schema/tables"
DEFINITIONS = f"{OUT}/definitions.c"
SHAPES = {"any": "ANY", "string": "STRING", "bool": "BOOL", "int32": "INT32",
          "int64": "INT64", "double": "DOUBLE", "date-time": "DATE_TIME",
          "byte": "BYTE", "quantity": "QUANTITY",
          "int-or-string": "INT_OR_STRING", "object": "PRUNED",
          "resource": "RESOURCE"}
LISTS = {"M": 2, "S": 4}
REQUIRED = 1

# Enumerations that others add to where they install the definition: Flux
# Operator and the controller of Terraform make their own kinds known to those
# that alert, as the documentation of Flux has them do.
ADDED = {
    ('"ImageUpdateAutomation"', '"Kustomization"'):
        ["FluxInstance", "ResourceSet", "ResourceSetInputProvider",
         "Terraform"],
}


class Texts:
    """Texts behind one another, each once, with a number of its own."""

    def __init__(self, texts):
        self.items = sorted(set(texts) | {""})
        self.number = {text: at for at, text in enumerate(self.items)}
        self.at, size = {}, 0
        for text in self.items:
            self.at[text] = size
            size += len(text.encode()) + 1

    def chars(self, name):
        lines = [f"const char {name}[] ="]
        lines += [f'\t"{escaped(text)}\\0"' for text in self.items]
        lines[-1] += ";"
        return lines


def escaped(text):
    """As a C string; hexadecimal escapes would run on, octal ones do not."""
    out = ""
    for byte in text.encode():
        char = chr(byte)
        if char in '\\"':
            out += "\\" + char
        elif byte < 32 or byte > 126 or char == "?":
            out += f"\\{byte:03o}"
        else:
            out += char
    return out


class Interned:
    def __init__(self):
        self.at = {}

    def add(self, item):
        return self.at.setdefault(item, len(self.at))


def core_definitions():
    pattern = re.compile(r"^\t\{.*\}, /\* (\S+) \*/$")
    rows = [pattern.match(line) for line in open(DEFINITIONS)]
    names = [row.group(1) for row in rows if row]
    return {name: at for at, name in enumerate(names)}


def extended(text):
    """The limits of a field with what others add to its values."""
    for listed, more in ADDED.items():
        if text.startswith("enum=") and all(name in text for name in listed):
            names = "".join(f',"{name}"' for name in more)
            return re.sub(r"^(enum=\[[^\]]*)\]", rf"\1{names}]", text)
    return text


def read_crds(path):
    limits, defs, kinds = {"": ""}, {}, []
    for line in open(path):
        part = line.rstrip("\n").split("\t")
        if part[0] == "V":
            limits[part[1]] = extended("\t".join(part[2:]))
        elif part[0] == "D":
            fields = defs[part[1]] = (part[2:], [])
        elif part[0] == "G":
            kinds.append(part[1:])
        elif part[0] == "":
            fields[1].append((part[1:] + [""] * 5)[:5])
    return limits, defs, kinds


class Tables:
    def __init__(self, limits, defs, kinds):
        self.defs, self.kinds = defs, kinds
        self.core = core_definitions()
        self.order = {name: at for at, name in enumerate(defs)}
        self.types = Interned()
        self.type_of("any")
        self.limits = [text for text in limits.values()]
        self.limit_at = {name: at for at, name in enumerate(limits)}
        self.groups, self.keys = Interned(), Interned()
        self.groups.add("")
        self.keys.add("")
        texts = {row[0] for _, rows in defs.values() for row in rows}
        for kind in kinds:
            texts.update(kind[1:4])
        self.names = Texts(texts)
        self.texts = None

    def type_of(self, text):
        """Intern a type tree and return its number."""
        for head, shape in (("[", "LIST"), ("{", "MAP")):
            if text.startswith(head):
                end = text.index({"[": "]", "{": "}"}[head])
                limits = self.limit(text[1:end])
                return self.types.add(
                    (shape, self.type_of(text[end + 1:]), limits))
        name, _, limits = text.partition("!")
        limits = self.limit(limits)
        if name.startswith("@") and name[1].isalpha():
            if name[1:] not in self.core:
                sys.exit(f"{name}: not in {DEFINITIONS}")
            return self.types.add(("CORE", self.core[name[1:]], limits))
        if name.startswith("@"):
            return self.types.add(("OBJECT", self.order[name[1:]], limits))
        return self.types.add((SHAPES[name], 0, limits))

    def limit(self, name):
        return self.limit_at[name] if name else 0

    def build(self):
        """Rows as C, which interns what they refer to."""
        self.field_lines, self.def_lines, at = [], [], 0
        for name, (flags, rows) in self.defs.items():
            rows = sorted(rows, key=lambda row: row[0].encode())
            bits = 1 if "P" in flags else 0
            bits |= 2 if "K" in flags else 0
            groups = "\t".join(flag for flag in flags if "=" in flag)
            self.def_lines.append("\t{ %d, %d, %d, %d }," % (
                at, len(rows), self.groups.add(groups), bits))
            for field, kind, required, listed, keys in rows:
                mark = REQUIRED if required == "R" else 0
                mark |= LISTS.get(listed, 0)
                self.field_lines.append("\t{ %d, %d, %d, %d }," % (
                    self.names.number[field], self.type_of(kind), mark,
                    self.keys.add(",".join(keys.split(",")))))
            at += len(rows)
        if at > 0xffff or len(self.types.at) > 0xffff:
            sys.exit("too many rows for 16 bits")

    def kind_lines(self):
        order = sorted(self.kinds, key=lambda row: (row[1], row[3], row[2]))
        lines = []
        for name, group, version, kind, _, scope, flags, *_ in order:
            bits = 1 if scope == "Cluster" else 0
            bits |= 2 if "u" in flags else 0
            bits |= 4 if "d" in flags else 0
            lines.append("\t{ %d, %d, %d, %d, %d }, /* %s */" % (
                self.names.number[group], self.names.number[kind],
                self.names.number[version],
                0xffff if name == "-" else self.order[name], bits, kind))
        return lines


def array(kind, name, lines):
    return ["", f"const {kind} {name}[] = {{"] + lines + ["};"]


def text_table(name, texts):
    """Texts by number: those of limits, of groups of fields, of keys."""
    pool = Texts(texts)
    return [""] + pool.chars(
        f"{name}_text") + array("uint32_t", f"{name}_at", [
            f"\t{pool.at[text]}," for text in texts])


def write(path, include, lines):
    with open(path, "w") as file:
        file.write("\n".join([
            "/* Generated by tools/crd_tables.py; do not edit. */",
            f'#include "{include}"', ""] + lines) + "\n")


def write_schemas(data):
    tables = Tables(*read_crds(f"{data}/crds.tsv"))
    tables.build()
    include = "lints/schema/custom_tables.h"
    names = tables.names
    write(f"{OUT}/custom_names.c", include, names.chars("custom_names") +
          array("uint32_t", "custom_name_at",
                [f"\t{names.at[text]}," for text in names.items]))
    write(f"{OUT}/custom_fields.c", include,
          array("struct custom_field", "custom_fields",
                tables.field_lines)[1:])
    types = ["\t{ CUSTOM_%s, %d, %d }," % item for item in tables.types.at]
    kinds = tables.kind_lines()
    write(f"{OUT}/custom_types.c", include,
          array("struct custom_def", "custom_defs", tables.def_lines)[1:] +
          array("struct custom_type", "custom_types", types) +
          array("struct custom_row", "custom_rows", kinds) +
          ["", f"const size_t custom_type_count = {len(types)};",
           f"const size_t custom_row_count = {len(kinds)};"])
    write(f"{OUT}/custom_limits.c", include,
          text_table("custom_limit", tables.limits)[1:] +
          text_table("custom_group", list(tables.groups.at)) +
          text_table("custom_key", list(tables.keys.at)))


def write_kinds(data):
    rows = [(line.rstrip("\n").split("\t") + [""] * 8)[:8]
            for line in open(f"{data}/kinds.tsv")]
    rows = {(row[0], row[1].lower()): row for row in rows if "." in row[0]}
    here = os.path.dirname(os.path.abspath(__file__))
    for line in open(f"{here}/custom_kinds.tsv"):
        if not line.startswith("#"):
            row = (line.rstrip("\n").split("\t") + [""] * 8)[:8]
            rows[row[0], row[1].lower()] = row
    rows = list(rows.values())
    rows.sort(key=lambda row: (row[0], row[1].lower()))
    groups = Texts(row[0] for row in rows)
    kinds = Texts(row[1] for row in rows)
    shared = [Interned() for _ in range(4)]
    for table in shared:
        table.add("")
    lines = []
    for group, kind, _, scope, versions, pods, selector, replicas in rows:
        lines.append("\t{ %d, %d, %d, %d, %d, %d, %d }, /* %s %s */" % (
            groups.number[group], kinds.at[kind], shared[0].add(versions),
            shared[1].add(pods), shared[2].add(selector),
            shared[3].add(replicas),
            {"": 0, "Namespaced": 1, "Cluster": 2}[scope], group, kind))
    if any(len(table.at) > 0xff for table in shared[1:]):
        sys.exit("too many paths for 8 bits")
    out = groups.chars("kind_group_text") + array(
        "uint16_t", "kind_group_at",
        [f"\t{groups.at[text]}," for text in groups.items])
    out += [""] + kinds.chars("kind_names")
    for table, name in zip(shared, ("version", "pods", "selector",
                                    "replicas")):
        out += text_table(f"kind_{name}", list(table.at))
    out += array("struct kind_row", "kind_rows", lines)
    out += ["", f"const size_t kind_row_count = {len(lines)};"]
    write("model/custom_kinds_table.c", "model/custom_kinds_table.h", out)


def main():
    data, = sys.argv[1:]
    write_schemas(data)
    write_kinds(data)


main()
