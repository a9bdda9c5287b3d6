#!/usr/bin/env python3
"""run.py PLIMSOLL READ: times of whole runs beside their goals.

The inputs are written here, the same ones each time: a stream of 10 MB, a
chart of 20 templates, an overlay over 1,000 objects.  The median of some runs
counts; a gate that is not kept ends with status 1.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

plimsoll, read = (os.path.abspath(p) for p in sys.argv[1:3])
missed = 0

OBJECT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-{n}
  namespace: shop
  labels: {{app.kubernetes.io/name: web, app.kubernetes.io/instance: w{n}}}
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: web
      app.kubernetes.io/instance: w{n}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: web
        app.kubernetes.io/instance: w{n}
    spec:
      containers:
        - name: app
          image: "registry.example/web:1.4.{n}"
          ports:
            - containerPort: 8080
              name: http
          env:
            - name: NUMBER
              value: "{n}"
          resources:
            requests: {{cpu: 100m, memory: 64Mi}}
            limits: {{memory: 64Mi}}
"""

TEMPLATE = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "bench.name" . }}-{n}
  labels:
    {{- include "bench.labels" . | nindent 4 }}
data:
  {{- range $key, $value := .Values.settings }}
  {{ $key }}: {{ $value | quote }}
  {{- end }}
  number: {{ mul {n} .Values.factor | quote }}
"""

HELPERS = """\
{{- define "bench.name" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end }}
{{- define "bench.labels" -}}
app.kubernetes.io/name: {{ include "bench.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
"""


def write(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def stream(bytes_wanted):
    parts = []
    size = n = 0
    while size < bytes_wanted:
        parts.append(OBJECT.format(n=n))
        size += len(parts[-1]) + 4
        n += 1
    return "---\n".join(parts), n


def write_inputs():
    text, count = stream(10 << 20)
    write("stream.yaml", text)
    write("chart/Chart.yaml",
          "apiVersion: v2\nname: bench\nversion: 1.0.0\n")
    write("chart/values.yaml", "factor: 3\nsettings:\n"
          + "".join(f"  key{i}: value {i}\n" for i in range(20)))
    write("chart/templates/_helpers.tpl", HELPERS)
    for n in range(20):
        write(f"chart/templates/map{n}.yaml", TEMPLATE.replace("{n}", str(n)))
    write("overlay/objects.yaml",
          "---\n".join(OBJECT.format(n=n) for n in range(1000)))
    write("overlay/kustomization.yaml",
          "resources: [objects.yaml]\nnamePrefix: pre-\n"
          "labels:\n  - pairs: {team: shop}\n    includeSelectors: true\n"
          "images:\n  - name: registry.example/web\n    newTag: '2.0'\n")
    return count


def once(words, statuses):
    """Milliseconds and peak bytes of one run."""
    start = time.perf_counter()
    child = subprocess.Popen([plimsoll, *words], stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    took = (time.perf_counter() - start) * 1e3
    if child.returncode not in statuses:
        sys.exit(f"bench: plimsoll {' '.join(words)}: "
                 f"status {child.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return took, usage.ru_maxrss * unit


def measure(what, words, rounds, gate, statuses=(0,)):
    global missed
    runs = [once(words, statuses) for _ in range(rounds)]
    took = statistics.median(r[0] for r in runs)
    kept = gate is None or took <= gate
    missed += not kept
    peak = max(r[1] for r in runs) >> 20
    # What is small is hidden behind the memory of this script.
    print(f"{what:44} {took:9.1f} ms  "
          + (f"{peak:5} MB" if peak > 64 else "        ")
          + (f"  gate {gate:g} ms" if gate else "")
          + ("" if kept else "  MISSED"))
    return took


with tempfile.TemporaryDirectory() as work:
    os.chdir(work)
    objects = write_inputs()
    measure("version", ["version"], 50, 5)
    run = subprocess.run([read, "stream.yaml"], stdout=subprocess.PIPE,
                         text=True)
    print(run.stdout, end="")
    missed += run.returncode != 0
    measure("helm template: 20 templates",
            ["helm", "template", "r", "chart"], 20, 20)
    measure("kustomize build: 1,000 objects",
            ["kustomize", "build", "overlay"], 5, None)
    took = measure(f"lint: {objects:,} objects in 10 MB",
                   ["lint", "stream.yaml"], 3, None, (0, 1))
    print(f"{'of it, an object':44} {took * 1e3 / objects:9.1f} us")
sys.exit(1 if missed else 0)
