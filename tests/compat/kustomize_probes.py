#!/usr/bin/env python3
"""Turn Kustomize probe files into case files.

    kustomize_probes.py OUT FILE...

A probe holds the bytes that kustomize printed for a small tree.  Probes whose
names begin with the same word become the cases of one file OUT/WORD.test;
those named after a transformer go to that transformer's file.
"""
import os
import re
import sys

SECTION = re.compile(r'^-- (\S+)(?: (base64|chomp|stdout|stderr))? --\n', re.M)

FILES = {
    'common-labels-annotations': 'common_labels',
    'labels': 'labels', 'labels-claim-templates': 'labels',
    'prefix-suffix': 'name_prefix', 'patch-psm-no-target':
    'patches_strategic_merge', 'decode-deprecated-warnings': 'patches_json',
    'managed-by-label': 'build_metadata', 'build-metadata': 'build_metadata',
    'order-of-steps': 'order', 'order-local-config': 'order',
    'json-patch-': 'json_patch', 'patch-sm-': 'strategic_merge',
    'patch-': 'patches', 'namerefs': 'name_references',
    'namespace': 'namespace', 'replacements': 'replacements',
    'replicas': 'replicas', 'images': 'images', 'gen-': 'generators',
    'load-': 'load', 'decode-': 'decode', 'emit-': 'emit', 'sort-': 'sort',
    'plugin-': 'plugins', 'helm-': 'helm_charts', 'vars': 'vars',
    'component': 'components', 'kustomization-as-component': 'components',
    'fieldspec-conflict': 'labels', 'crds-definitions': 'crds',
    'openapi-merge-key': 'openapi',
}


def file_of(name):
    best = max((k for k in FILES if name.startswith(k)), key=len, default='')
    return FILES.get(best, name.split('-')[0])


def case_of(text):
    cuts = list(SECTION.finditer(text))
    head = text[:cuts[0].start()]
    out = []
    for line in head.splitlines():
        if line.startswith('spec: '):
            continue
        if line.startswith('run: '):
            line = line.replace('--helm-command $HELM', '--helm-command helm')
        out.append(line)
    for cut, following in zip(cuts, cuts[1:] + [None]):
        body = text[cut.end():following.start() if following else len(text)]
        name, mark = cut.group(1), cut.group(2)
        if name == 'want':
            # What kustomize prints there is an address.
            body = body.replace('0xPTR', '0xc000000000')
            out.append('-- want %s --' % mark)
        elif mark == 'base64':
            out.append('-- %s (base64) --' % name)
        elif mark == 'chomp':
            out.append('-- %s (no newline) --' % name)
        else:
            out.append('-- %s --' % name)
        if body:
            out.append(body[:-1] if body.endswith('\n') else body)
    return '\n'.join(out) + '\n'


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    files = {}
    for path in sorted(sys.argv[2:]):
        name = os.path.basename(path)[:-len('.txt')]
        with open(path, encoding='utf-8', newline='') as probe:
            files.setdefault(file_of(name), []).append(case_of(probe.read()))
    os.makedirs(sys.argv[1], exist_ok=True)
    for name, cases in files.items():
        path = os.path.join(sys.argv[1], name + '.test')
        with open(path, 'w', encoding='utf-8', newline='') as out:
            out.write('\n'.join(cases))


main()
