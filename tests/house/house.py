"""What the checks share: the files of a tree, C without its comments, and
how a breach is told.  A check is called with the tree, the build folder and
perhaps -v; it ends with 1 if there was a breach, with 77 if it cannot look."""

import os
import re
import sys

LAYERS = ("base", "model", "templates", "overlays", "lints", "compiler")
NOT_OURS = {".git", "build", "dist", "__pycache__"}

root = sys.argv[1] if len(sys.argv) > 1 else "."
build = sys.argv[2] if len(sys.argv) > 2 else "build"
verbose = "-v" in sys.argv
_breaches = set()


def files(*endings, under=LAYERS):
    """Paths relative to the tree, sorted; `under` "" is the whole tree."""
    found = []
    for top in under:
        for folder, folders, names in os.walk(os.path.join(root, top)):
            here = os.path.relpath(folder, root)
            folders[:] = sorted(
                f for f in folders
                if f not in NOT_OURS and (here, f) != ("tests/house", "bad"))
            found += [os.path.normpath(os.path.join(here, n)) for n in names]
    return sorted(f for f in found if not endings or f.endswith(endings))


def exists(path):
    return os.path.exists(os.path.join(root, path))


def text(path):
    with open(os.path.join(root, path), encoding="utf-8",
              errors="replace") as file:
        return file.read()


def is_generated(path):
    return "generated" in text(path).split("\n", 1)[0].lower()


def blank(match):
    """The same number of lines and columns, without content."""
    return re.sub(r"[^\n]", " ", match.group())


def code(path):
    """C text in which comments and the insides of strings are blank."""
    return re.sub(
        r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'',
        blank, text(path), flags=re.S)


def line_of(source, offset):
    return source.count("\n", 0, offset) + 1


def complain(path, line, message):
    _breaches.add((path, line, message))


def finish():
    for path, line, message in sorted(_breaches):
        print(f"{path}:{line}: {message}")
    sys.exit(1 if _breaches else 0)


def cannot_look(why):
    print(why)
    sys.exit(77)
