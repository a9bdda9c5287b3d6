#!/usr/bin/env python3
"""Build random kustomizations with two programs and compare.

    kustomize_fuzz.py PLIMSOLL KUSTOMIZE [ROUNDS [SEED]]

Each round writes a base, an overlay and sometimes a component of its own, and
both programs build the overlay: what is printed has to be the same, and so has
whether it is refused.  A round is the same tree for the same seed.  The tree
of the first difference is kept in compat/fuzz beside PLIMSOLL.
"""
import os
import random
import shutil
import subprocess
import sys

NAMES = ['web', 'db', 'api', 'cache-1', '"1"']
SCALARS = ['a', '"b c"', '1', '"1"', '0644', '1.50', '1e3', 'yes', '"no"',
           'null', '~', 'true', '2020-01-01', "'it''s'", '"é"', '"a: b"',
           '"- x"', '""', '"tr "', '12:30:45', '0x1F', '"two\\nlines\\n"']
IMAGES = ['nginx', 'nginx:1.7', 'reg.io:5000/team/app:v1', 'app@sha256:00ff']


def write(value, indent=0):
    """Block YAML of dicts and lists; a string is the text of a scalar."""
    if isinstance(value, str) or not value:
        return ' ' + (value if isinstance(value, str) else
                      '{}' if isinstance(value, dict) else '[]') + '\n'
    out = '\n'
    for item in value:
        out += '  ' * indent
        if isinstance(value, dict):
            out += item + ':' + write(value[item], indent + 1)
        else:
            out += '-' + write(item, indent + 1)
    return out


class Tree:
    def __init__(self, seed, number):
        self.random = random.Random('%s/%s' % (seed, number))
        self.files = {}
        self.names = NAMES[:]
        self.random.shuffle(self.names)
        base = [self.workload(), self.workload(), self.config(),
                self.service(), self.widget()]
        self.objects = [x for x in base if self.some(0.8)] or base[:1]
        self.files['base/all.yaml'] = '---'.join(
            write(x) for x in self.objects)
        self.layer('base', {'resources': ['all.yaml']})
        overlay = {'resources': ['../base']}
        if self.some(0.3):
            overlay['components'] = ['../part']
            self.layer('part', {'kind': 'Component',
                                'apiVersion':
                                'kustomize.config.k8s.io/v1alpha1'})
        self.layer('overlay', overlay)

    def some(self, chance=0.5):
        return self.random.random() < chance

    def pick(self, items):
        return self.random.choice(items)

    def text(self):
        return self.pick(['a', 'b-c', '"1"', '"true"', 'v1.2', '"x y"'])

    def pairs(self):
        return {k: self.text() for k in self.random.sample(
            ['app', 'tier', 'team', 'a.b/c'], self.random.randint(1, 3))}

    def metadata(self):
        out = {'name': self.names.pop()}
        if self.some(0.3):
            out['namespace'] = self.pick(['one', 'two'])
        if self.some():
            out['labels'] = self.pairs()
        if self.some(0.3):
            out['annotations'] = {k: self.pick(SCALARS) for k in 'pq'}
        return out

    def container(self, name):
        out = {'name': name, 'image': '"%s"' % self.pick(IMAGES)}
        if self.some():
            out['env'] = [{'name': n, 'value': '"%d"' % i} for i, n in
                          enumerate(self.random.sample('ABCD', 2))]
        if self.some(0.4):
            out['envFrom'] = [{'configMapRef': {'name': self.pick(NAMES)}}]
        if self.some():
            out['ports'] = [{'containerPort': p} for p in
                            self.random.sample(['80', '443', '8080'], 2)]
        if self.some(0.3):
            out['args'] = [self.pick(SCALARS) for _ in range(3)]
        return out

    def workload(self):
        labels = self.pairs()
        spec = {'selector': {'matchLabels': labels},
                'template': {'metadata': {'labels': labels},
                             'spec': {'containers': [
                                 self.container(x) for x in 'mn']}}}
        if self.some():
            spec['replicas'] = '2'
        return {'apiVersion': 'apps/v1',
                'kind': self.pick(['Deployment', 'StatefulSet']),
                'metadata': self.metadata(), 'spec': spec}

    def config(self):
        return {'apiVersion': 'v1', 'kind': 'ConfigMap',
                'metadata': self.metadata(),
                'data': {k: self.pick(SCALARS) for k in ('a', 'b.c', '"1"')}}

    def service(self):
        return {'apiVersion': 'v1', 'kind': 'Service',
                'metadata': self.metadata(),
                'spec': {'selector': self.pairs(),
                         'ports': [{'port': '80', 'targetPort': 'http'}]}}

    def widget(self):
        return {'apiVersion': 'example.org/v1', 'kind': 'Widget',
                'metadata': self.metadata(),
                'spec': {'any': [self.pick(SCALARS) for _ in range(4)],
                         'deep': {'x': self.pick(SCALARS), 'y': {}}}}

    def merge(self):
        target = self.pick(self.objects)
        same = {k: target['metadata'][k] for k in ('name', 'namespace')
                if k in target['metadata']}
        patch = {'apiVersion': target['apiVersion'], 'kind': target['kind'],
                 'metadata': dict(same, labels={'new': self.text()})}
        if 'data' in target:
            patch['data'] = {'a': self.pick(SCALARS), 'z': '"new"'}
        elif 'template' in target['spec']:
            patch['spec'] = {'template': {'spec': {'containers': [
                self.container(self.pick('mno'))]}}}
            if self.some(0.3):
                patch['spec']['replicas'] = 'null'
        else:
            patch['spec'] = self.pick([
                {'added': self.pick(SCALARS)}, {'ports': []},
                {'selector': {'$patch': 'replace', 'only': 'this'}}])
        return {'patch': '|\n' + write(patch, 3).lstrip('\n')}

    def operations(self):
        target = self.pick(self.objects)
        paths = ['/metadata/annotations', '/more'] + {
            'ConfigMap': ['/data/a', '/data/new'],
            'Service': ['/spec/ports/0/port', '/spec/ports/-'],
            'Widget': ['/spec/any/0', '/spec/any/-', '/spec/deep/y'],
        }.get(target['kind'], ['/spec/replicas'])
        out = []
        for _ in range(self.random.randint(1, 2)):
            path = self.pick(paths)
            out.append({'op': 'replace' if self.some(0.2) else 'add',
                        'path': path, 'value': {'k': '"v"'}
                        if 'annotations' in path else self.pick(SCALARS)})
        return {'target': {'kind': target['kind']},
                'patch': '|\n' + write(out, 3).lstrip('\n')}

    def replacement(self):
        source = self.pick(self.objects)
        return {'source': {'kind': source['kind'],
                           'name': source['metadata']['name'],
                           'fieldPath': 'data.a' if 'data' in source
                           else 'metadata.name'},
                'targets': [{'select': {'kind':
                                        self.pick(self.objects)['kind']},
                             'fieldPaths': [self.pick(
                                 ['metadata.annotations.set',
                                  'spec.deep.x', 'data.[b.c]'])],
                             'options': {'create': 'true'}}]}

    def layer(self, name, fields):
        made = {
            'namePrefix': lambda: 'p-', 'nameSuffix': lambda: '-s',
            'namespace': lambda: self.pick(['one', 'three']),
            'labels': lambda: [{'pairs': self.pairs(), self.pick(
                ['includeSelectors', 'includeTemplates']): 'true'}],
            'commonAnnotations': self.pairs,
            'images': lambda: [{'name': 'nginx', self.pick(
                ['newTag', 'newName', 'digest']): '"x1"'}],
            'replicas': lambda: [{'name': self.pick(NAMES), 'count': '5'}],
            'patches': lambda: [self.pick([self.merge, self.operations])()
                                for _ in range(self.random.randint(1, 2))],
            'configMapGenerator': lambda: [{
                'name': 'made-' + name,
                'literals': ['a=%d' % self.random.randint(0, 9),
                             '"b=- x"', '"c=l1\\nl2"']}],
            'secretGenerator': lambda: [{'name': 'hidden-' + name,
                                         'literals': ['k=v']}],
            'replacements': lambda: [self.replacement()],
        }
        for field in made:
            if self.some(0.3):
                fields[field] = made[field]()
        self.files[name + '/kustomization.yaml'] = write(fields).lstrip('\n')

    def put(self, root):
        shutil.rmtree(root, ignore_errors=True)
        for path, text in self.files.items():
            path = os.path.join(root, path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'w', encoding='utf-8') as out:
                out.write(text)


def build(command, root):
    done = subprocess.run(command + [os.path.join(root, 'overlay')],
                          stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=60)
    return (min(done.returncode, 1), done.stdout, done.returncode)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    ours = [sys.argv[1], 'kustomize', 'build']
    theirs = [sys.argv[2], 'build']
    kept = os.path.join(os.path.dirname(sys.argv[1]), 'compat', 'fuzz')
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    seed = sys.argv[4] if len(sys.argv) > 4 else '1'
    built = 0
    for number in range(rounds):
        Tree(seed, number).put(kept)
        real, own = build(theirs, kept), build(ours, kept)
        # It may crash, or order keys in two ways: nothing is to be had there.
        if real[2] > 1 or real[:2] != build(theirs, kept)[:2]:
            continue
        if real[:2] != own[:2]:
            print('kustomize fuzz: seed %s, round %d differs; it is kept in '
                  '%s' % (seed, number, kept))
            sys.exit(1)
        built += not real[0]
    shutil.rmtree(kept, ignore_errors=True)
    print('kustomize fuzz: %d trees agree, %d of them are built' %
          (rounds, built))


main()
