#!/usr/bin/env python3
"""Turn Helm probe files into case files.

    probes.py [--without TEXT] OUT FILE...

A probe holds the bytes that helm 3 and, where they differ, helm 4 printed for
a small chart.  Each becomes a case below OUT/NAME.test; where helm 4 differs
a second case with --compat helm4 follows.  Probes with TEXT in their title
are left out: --post-renderer, for no other program is ever run.
"""
import os
import re
import sys

HEAD = re.compile(r'-- (.+?)( \(no final newline\))? --$')


def split_probes(lines):
    starts = [i for i, line in enumerate(lines) if line.startswith('=== ')]
    return [lines[a:b] for a, b in zip(starts, starts[1:] + [len(lines)])]


class Probe:
    def __init__(self, lines):
        self.title = lines[0][4:]
        self.remarks, self.fields, self.sections = [], {}, []
        body = None
        for line in lines[1:]:
            head = HEAD.match(line)
            if head:
                body = []
                self.sections.append((head.group(1), bool(head.group(2)), body))
            elif body is not None:
                body.append(line)
            elif line.startswith('#'):
                self.remarks.append(line)
            elif ': ' in line:
                key, value = line.split(': ', 1)
                self.fields[key] = value

    def want(self, what):
        return next((s for s in self.sections if s[0] == what), None)

    def differs(self):
        return 'exit v4' in self.fields or any(
            name.endswith(' v4') for name, _, _ in self.sections)

    def text(self, four):
        """The case for helm 3, or for helm 4."""
        run = self.fields['run']
        status = self.fields.get('exit', '0')
        title = self.title
        if four:
            run = '--compat helm4 ' + run
            status = self.fields.get('exit v4', status)
            title += ' (helm 4)'
        out = ['=== ' + title] + self.remarks
        out += ['run: helm ' + run, 'env: TZ=UTC', 'exit: ' + status]
        for name, cut, body in self.sections:
            if name.startswith('want '):
                continue
            out += self.section(name, cut, body)
        for what in ('want stdout', 'want stderr'):
            want = (four and self.want(what + ' v4')) or self.want(what)
            if want and (what == 'want stdout' or status != '0'):
                out += self.section(what, want[1], want[2])
        return '\n'.join(out) + '\n\n'

    @staticmethod
    def section(name, cut, body):
        return ['-- %s%s --' % (name, ' (no newline)' if cut else '')] + body


def convert(path, out, without):
    with open(path, encoding='utf-8', newline='') as f:
        lines = f.read().split('\n')
    if lines and lines[-1] == '':
        lines.pop()
    text = ''
    for lines in split_probes(lines):
        probe = Probe(lines)
        if without and without in probe.title:
            continue
        text += probe.text(False)
        if probe.differs():
            text += probe.text(True)
    name = os.path.basename(path).rsplit('.', 1)[0].replace('-', '_')
    with open(os.path.join(out, name + '.test'), 'w', encoding='utf-8',
              newline='') as f:
        f.write(text[:-1])


def main():
    words = sys.argv[1:]
    without = None
    if words[:1] == ['--without'] and len(words) > 1:
        without = words[1]
        words = words[2:]
    if len(words) < 2:
        sys.exit(__doc__)
    for path in words[1:]:
        convert(path, words[0], without)


if __name__ == '__main__':
    main()
