"""What bench measures with, the same bytes each time: a stream of manifests,
a chart, an overlay.  Each function writes a folder and says how much is in it.
"""
import os


def write(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-{n}
  labels: {{app.kubernetes.io/name: web, app.kubernetes.io/instance: w{n}}}
spec:
  replicas: {replicas}
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
      serviceAccountName: account-{group}
      containers:
        - name: app
          image: "registry.example/web:1.4.{n}"
          ports:
            - containerPort: 8080
              name: http
          env:
            - name: NUMBER
              value: "{n}"
            - name: MODE
              valueFrom:
                configMapKeyRef: {{name: shared-{group}, key: mode}}
          envFrom:
            - configMapRef: {{name: settings-{n}}}
          resources:
            requests: {{cpu: 100m, memory: 64Mi}}
            limits: {{memory: 64Mi}}
"""

SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: web-{n}
spec:
  selector:
    app.kubernetes.io/name: web
    app.kubernetes.io/instance: w{n}
  ports:
    - name: http
      port: 80
      targetPort: http
"""

CONFIG = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings-{n}
data:
  level: "{replicas}"
  address: https://web-{n}.example:8443/
  settings.ini: |
    [web]
    number = {n}
    group = {group}
"""


def one(i):
    """Object i: a Deployment, its Service, its ConfigMap, and so on."""
    n = i // 3
    text = (DEPLOYMENT, SERVICE, CONFIG)[i % 3]
    return text.format(n=n, group=n % 5, replicas=2 + n % 3)


def stream(path, count):
    write(path, "---\n".join(one(i) for i in range(count)))
    return os.path.getsize(path)


SOUND = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
  namespace: {space}
  labels:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/instance: {name}
    app.kubernetes.io/version: "1.{n}.0"
    app.kubernetes.io/managed-by: platform
spec:
  replicas: 3
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      app.kubernetes.io/name: {name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: {name}
        app.kubernetes.io/instance: {name}
        app.kubernetes.io/version: "1.{n}.0"
        app.kubernetes.io/managed-by: platform
    spec:
      serviceAccountName: {name}
      automountServiceAccountToken: false
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app.kubernetes.io/name: {name}
      securityContext:
        runAsNonRoot: true
        runAsUser: 10000
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: app
          image: registry.example.com/shop/{name}:1.{n}.0
          args:
            - --listen=:8080
            - --log-level=info
          ports:
            - name: http
              containerPort: 8080
              protocol: TCP
          env:
            - name: POOL_SIZE
              value: "8"
          envFrom:
            - configMapRef:
                name: {name}
          resources:
            requests:
              cpu: 50m
              memory: 64Mi
            limits:
              memory: 128Mi
          livenessProbe:
            httpGet:
              path: /live
              port: http
          readinessProbe:
            httpGet:
              path: /ready
              port: http
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop:
                - ALL
---
apiVersion: v1
kind: Service
metadata:
  name: {name}
  namespace: {space}
  labels:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/managed-by: platform
spec:
  selector:
    app.kubernetes.io/name: {name}
  ports:
    - name: http
      port: 80
      targetPort: http
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {name}
  namespace: {space}
  labels:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/managed-by: platform
data:
  settings.yaml: |
    name: {name}
    retries: 3
    upstream:
      - http://a.{space}.svc.cluster.local
      - http://b.{space}.svc.cluster.local
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {name}
  namespace: {space}
  labels:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/managed-by: platform
automountServiceAccountToken: false
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {name}
  namespace: {space}
  labels:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/managed-by: platform
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: {name}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {name}
  namespace: {space}
  labels:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/managed-by: platform
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: {name}
  policyTypes:
    - Ingress
  ingress:
    - ports:
        - port: http
          protocol: TCP
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {name}
  namespace: {space}
  labels:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/managed-by: platform
spec:
  ingressClassName: nginx
  rules:
    - host: {name}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: {name}
                port:
                  name: http
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: {name}
  namespace: {space}
  labels:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/managed-by: platform
rules:
  - apiGroups: [""]
    resources: [configmaps]
    resourceNames: [{name}]
    verbs: [get, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: {name}
  namespace: {space}
  labels:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/managed-by: platform
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {name}
subjects:
  - kind: ServiceAccount
    name: {name}
    namespace: {space}
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: {name}-tidy
  namespace: {space}
  labels:
    app.kubernetes.io/name: {name}-tidy
    app.kubernetes.io/managed-by: platform
spec:
  schedule: "17 3 * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 2
      ttlSecondsAfterFinished: 3600
      template:
        metadata:
          labels:
            app.kubernetes.io/name: {name}-tidy
        spec:
          serviceAccountName: {name}
          automountServiceAccountToken: false
          restartPolicy: Never
          securityContext:
            runAsNonRoot: true
            runAsUser: 10000
            seccompProfile:
              type: RuntimeDefault
          containers:
            - name: tidy
              image: registry.example.com/shop/{name}:1.{n}.0
              command: [tidy, --older-than=24h]
              resources:
                requests:
                  cpu: 50m
                  memory: 64Mi
                limits:
                  memory: 128Mi
              securityContext:
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
                capabilities:
                  drop:
                    - ALL
"""


def sound_stream(path, count):
    """Objects as a careful team writes them: little is found in them."""
    write(path, "---\n".join(SOUND.format(name=f"shop-pricing-{n:05}",
                                          space=f"team-{n % 40:02}", n=n)
                             for n in range(count // 10)))
    return os.path.getsize(path)


POLICY = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: policy-{n}}}
spec:
  podSelector: {{matchLabels: {{app.kubernetes.io/name: web}}}}
  policyTypes: [Ingress]
  ingress: [{{ports: [{{port: {port}}}]}}]
---
apiVersion: v1
kind: Service
metadata: {{name: service-{n}}}
spec:
  selector: {{app.kubernetes.io/name: web}}
  ports: [{{port: {port}, targetPort: http}}]
"""


def selectors(path, count):
    """Policies and Services that all select all pods, which all differ."""
    write(path, "---\n".join(
        DEPLOYMENT.format(n=n, group=n % 5, replicas=2) + "---\n" +
        POLICY.format(n=n, port=1000 + n) for n in range(count)))


def big_stream(path, size):
    """Deployments up to a size in bytes."""
    parts, total = [], 0
    while total < size:
        parts.append(one(3 * len(parts)))
        total += len(parts[-1]) + 4
    write(path, "---\n".join(parts))
    return len(parts)


OVERLAY = """\
resources: [../base]
namePrefix: prod-
namespace: shop
labels:
  - pairs: {team: shop, tier: front}
    includeSelectors: true
  - pairs: {revision: "7"}
    includeTemplates: true
commonAnnotations: {contact: shop.example}
images:
  - name: registry.example/web
    newName: mirror.example/web
    newTag: "2.0"
replicas:
  - {name: web-1, count: 7}
configMapGenerator:
"""

PATCH = """\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web-{n}}}
spec:
  template:
    spec:
      containers:
        - name: app
          env: [{{name: PATCHED, value: "{n}"}}]
        - name: sidecar
          image: registry.example/sidecar:1.0
"""

OPERATION = """\
  - target: {{kind: Deployment, name: web-{n}}}
    patch: |-
      - {{op: replace, path: /spec/replicas, value: {n}}}
"""


def one_object(folder):
    """One ConfigMap under a prefix; one Deployment under a patch."""
    write(f"{folder}/plain/r.yaml", one(2))
    write(f"{folder}/plain/kustomization.yaml",
          "resources: [r.yaml]\nnamePrefix: a-\n")
    write(f"{folder}/patched/r.yaml", one(0))
    write(f"{folder}/patched/p.yaml", PATCH.format(n=0))
    write(f"{folder}/patched/kustomization.yaml",
          "resources: [r.yaml]\npatches: [{path: p.yaml}]\n")


def keyed_list(folder, count):
    """A container with many variables, and a patch of every second."""
    head = ("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n"
            "spec:\n  template:\n    spec:\n      containers:\n"
            "      - name: c\n        env:\n")
    for name, step in ("r.yaml", 1), ("p.yaml", 2):
        write(f"{folder}/{name}", head + "".join(
            f"        - {{name: E{n}, value: \"{step}\"}}\n"
            for n in range(0, count, step)))
    write(f"{folder}/kustomization.yaml",
          "resources: [r.yaml]\npatches: [{path: p.yaml}]\n")


DEFINITION = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {{name: things{n}.example.org}}
spec:
  group: example.org
  scope: Namespaced
  names: {{kind: Thing{n}, plural: things{n}}}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties:
"""

PROPERTY = """\
              field{i}:
                description: Field {i} of the thing, as long as they are.
                type: array
                items: {{type: string, maxLength: {i}}}
"""

LAYER = """\
resources: [../base]
namePrefix: app{n}-
namespace: space{n}
labels: [{{pairs: {{app: app{n}}}, includeSelectors: true}}]
images: [{{name: registry.example/web, newTag: "2.{n}"}}]
configMapGenerator: [{{name: made, literals: [number={n}]}}]
patches:
- path: patch.yaml
"""


def platform(folder, count):
    """Applications with a definition, a base and an overlay each, all under
    one kustomization."""
    for n in range(count):
        app = f"{folder}/app{n}"
        write(f"{app}/base/all.yaml",
              "---\n".join(one(3 * n + i) for i in range(3)))
        write(f"{app}/base/crd.yaml", DEFINITION.format(n=n) + "".join(
            PROPERTY.format(i=i) for i in range(200)))
        write(f"{app}/base/kustomization.yaml",
              "resources: [all.yaml, crd.yaml]\n")
        write(f"{app}/overlay/patch.yaml", PATCH.format(n=n))
        write(f"{app}/overlay/kustomization.yaml", LAYER.format(n=n))
    write(f"{folder}/kustomization.yaml", "resources:\n" + "".join(
        f"- app{n}/overlay\n" for n in range(count)))


def overlay(folder, count):
    """base/ with files of 100 objects, overlay/ over all of them."""
    generated = 5
    plain = count - 2 * generated
    files = []
    for begin in range(0, plain, 100):
        files.append(f"objects-{begin // 100:03}.yaml")
        write(f"{folder}/base/{files[-1]}", "---\n".join(
            one(i) for i in range(begin, min(begin + 100, plain))))
    accounts = "---\n".join(
        "apiVersion: v1\nkind: ServiceAccount\nmetadata: "
        f"{{name: account-{g}}}\n" for g in range(generated))
    write(f"{folder}/base/accounts.yaml", accounts)
    write(f"{folder}/base/kustomization.yaml",
          "resources:\n" + "".join(f"  - {f}\n"
                                   for f in files + ["accounts.yaml"]))
    text = OVERLAY
    for g in range(generated):
        text += f"  - {{name: shared-{g}, literals: [mode=m{g}, level={g}]}}\n"
    text += "patches:\n"
    step = plain // 3 // 8
    for n in range(0, 8 * step, step):
        write(f"{folder}/overlay/patch-{n}.yaml", PATCH.format(n=n))
        text += f"  - path: patch-{n}.yaml\n" + OPERATION.format(n=n + 2)
    write(f"{folder}/overlay/kustomization.yaml", text)


HELPERS = """\
{{- define "big.fullname" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 53 | trimSuffix "-" -}}
{{- end }}

{{- define "big.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{ include "big.selector" . }}
{{- end }}

{{- define "big.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
"""

TEMPLATE = """\
{{- $top := . }}
{{- range $index, $service := .Values.services }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "big.fullname" $top }}-@-{{ $service.name }}
  labels:
    {{- include "big.labels" $top | nindent 4 }}
spec:
  replicas: {{ $service.replicas | default 2 }}
  selector:
    matchLabels:
      {{- include "big.selector" $top | nindent 6 }}
      part: {{ $service.name | quote }}
  template:
    metadata:
      annotations:
        checksum: {{ toJson $service | sha256sum }}
      labels:
        {{- include "big.selector" $top | nindent 8 }}
        part: {{ $service.name | quote }}
    spec:
      containers:
        - name: {{ $service.name }}
          image: "{{ $top.Values.image.repository }}:{{ $service.tag }}"
          {{- with $service.env }}
          env:
            {{- range $name, $value := . }}
            - name: {{ $name | upper }}
              value: {{ tpl $value $top | quote }}
            {{- end }}
          {{- end }}
          resources:
            {{- toYaml $top.Values.resources | nindent 12 }}
{{- if $service.port }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "big.fullname" $top }}-@-{{ $service.name }}
  labels:
    {{- include "big.labels" $top | nindent 4 }}
spec:
  selector:
    {{- include "big.selector" $top | nindent 4 }}
    part: {{ $service.name | quote }}
  ports:
    - port: {{ $service.port }}
      targetPort: {{ add 8000 $index }}
{{- end }}
{{- end }}
"""


def chart(folder, templates, services):
    """A Deployment and a Service for each template and service."""
    write(f"{folder}/Chart.yaml",
          "apiVersion: v2\nname: big\nversion: 1.2.3\n")
    values = "image: {repository: registry.example/big}\nresources:\n" \
             "  requests: {cpu: 100m, memory: 64Mi}\n" \
             "  limits: {memory: 64Mi}\nservices:\n"
    for n in range(services):
        values += f"  - name: part{n}\n    tag: 1.{n}.0\n" \
                  f"    replicas: {n % 4}\n    port: {8080 + n}\n" \
                  "    env: {place: '{{ .Release.Namespace }}', " \
                  f"number: \"{n}\"}}\n"
    write(f"{folder}/values.yaml", values)
    write(f"{folder}/templates/_helpers.tpl", HELPERS)
    for n in range(templates):
        write(f"{folder}/templates/part{n}.yaml",
              TEMPLATE.replace("@", str(n)))
    return 2 * templates * services


SUBCHART = """\
{{- define "@.labels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
"""

SUBCHART_VALUES = """\
global: {registry: registry.example}
replicas: 2
image: {repository: shop/@, tag: 1.2.3}
service: {type: ClusterIP, port: 8080}
resources:
  requests: {cpu: 100m, memory: 64Mi}
  limits: {memory: 64Mi}
env: {MODE: plain, PLACE: "{{ .Release.Namespace }}"}
"""

SUBCHART_TEMPLATES = {
    "deployment.yaml": """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-@
  labels: {{- include "@.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels: {{- include "@.labels" . | nindent 6 }}
  template:
    metadata:
      annotations:
        checksum: {{ include (print $.Template.BasePath "/config.yaml") . |
                     sha256sum }}
      labels: {{- include "@.labels" . | nindent 8 }}
    spec:
      containers:
        - name: {{ .Chart.Name }}
          {{- with .Values.image }}
          image: {{ printf "%s/%s:%s" $.Values.global.registry .repository
                    .tag | quote }}
          {{- end }}
          resources: {{- toYaml .Values.resources | nindent 12 }}
""",
    "config.yaml": """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-@
data:
  {{- range $name, $value := .Values.env }}
  {{ $name }}: {{ tpl $value $ | quote }}
  {{- end }}
""",
    "service.yaml": """\
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}-@
spec:
  type: {{ .Values.service.type }}
  selector: {{- include "@.labels" . | nindent 4 }}
  ports:
    - port: {{ .Values.service.port }}
""",
}


def umbrella(folder, count):
    """A chart of subcharts, half of them under conditions; its objects."""
    listed = "apiVersion: v2\nname: umbrella\nversion: 1.0.0\ndependencies:\n"
    values = "global: {registry: mirror.example}\n"
    for n in range(count):
        name = f"part{n}"
        listed += f"  - {{name: {name}, version: 1.x.x, tags: [parts]" + \
            (f", condition: {name}.enabled}}\n" if n % 2 else "}\n")
        values += f"{name}: {{enabled: true, replicas: {n % 4}}}\n"
        below = f"{folder}/charts/{name}"
        write(f"{below}/Chart.yaml",
              f"apiVersion: v2\nname: {name}\nversion: 1.2.{n}\n")
        write(f"{below}/values.yaml", SUBCHART_VALUES.replace("@", name))
        write(f"{below}/templates/_helpers.tpl",
              SUBCHART.replace("@", name))
        for file, text in SUBCHART_TEMPLATES.items():
            write(f"{below}/templates/{file}", text.replace("@", name))
    write(f"{folder}/Chart.yaml", listed)
    write(f"{folder}/values.yaml", values)
    return count * len(SUBCHART_TEMPLATES)


COMPONENT = """\
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
labels: [{{pairs: {{tier: t{n}}}}}]
"""

ROOT = """\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../../bases/base{base}, config.yaml]
components: [../../parts/part{part}]
namePrefix: app{n}-
namespace: team-{team}
patches: [{{path: patch.yaml}}]
"""

BASE_PATCH = """\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web-{n}}}
spec: {{replicas: {replicas}}}
"""


def monorepo(folder, roots=500, charts=200, objects=20000, files=50000):
    """What a platform team keeps: `roots` kustomizations over as many bases
    and Components, charts, plain manifests, and files that are none."""
    bases = roots * 4 // 5
    written = 0

    def put(path, text):
        nonlocal written
        write(f"{folder}/{path}", text)
        written += 1

    share = 20
    for n in range(bases):
        names = [f"object{i}.yaml" for i in range(share)]
        for i, name in enumerate(names):
            put(f"bases/base{n}/{name}", one(3 * share * n + i))
        put(f"bases/base{n}/kustomization.yaml",
            "resources: [" + ", ".join(names) + "]\n")
    for n in range(roots - bases):
        put(f"parts/part{n}/kustomization.yaml", COMPONENT.format(n=n))
    for n in range(roots):
        base = n % bases
        put(f"apps/app{n}/kustomization.yaml", ROOT.format(
            base=base, part=n % (roots - bases), n=n, team=n % 20))
        put(f"apps/app{n}/config.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: own}\n")
        put(f"apps/app{n}/patch.yaml", BASE_PATCH.format(
            n=share * base, replicas=n % 5 + 1))
    for n in range(charts):
        below = f"charts/chart{n}"
        put(f"{below}/Chart.yaml",
            f"apiVersion: v2\nname: chart{n}\nversion: 1.0.0\n")
        put(f"{below}/values.yaml", SUBCHART_VALUES.replace("@", f"c{n}"))
        put(f"{below}/values-prod.yaml", "replicas: 3\n")
        put(f"{below}/templates/_helpers.tpl", SUBCHART.replace("@", "c"))
        for name, text in SUBCHART_TEMPLATES.items():
            put(f"{below}/templates/{name}", text.replace("@", "c"))
    left = objects - roots * (share + 1) - charts * 6
    for n in range(left // 10):
        put(f"plain/set{n // 5}/part{n}.yaml",
            "---\n".join(one(10 * n + i) for i in range(10)))
    for n in range(files - written):
        kind = n % 4
        if kind == 0:
            put(f"tools/t{n // 200}/values{n}.yaml", f"size: {n}\n")
        elif kind == 1:
            put(f"docs/d{n // 200}/page{n}.md", f"# Page {n}\n")
        else:
            put(f"src/s{n // 200}/file{n}.go", f"package s // {n}\n")


ENVIRONMENTS = ("dev", "staging", "prod")


def targets(folder, count=500, templates=5):
    """A project of `count` charts, each with values for three environments."""
    names = [f"app{i}" for i in range(count)]
    for name in names:
        write(f"{folder}/charts/{name}/Chart.yaml",
              f"apiVersion: v2\nname: {name}\nversion: 1.0.0\n")
        write(f"{folder}/charts/{name}/values.yaml",
              "replicas: 2\nimage: registry.example/app\ntag: '1.0'\n")
        for i in range(templates):
            write(f"{folder}/charts/{name}/templates/d{i}.yaml", DEPLOYED % i)
        for environment in ENVIRONMENTS:
            write(f"{folder}/values/{name}/{environment}.yaml",
                  "tag: '1.1'\n")
    write(f"{folder}/plimsoll.yaml",
          "apiVersion: plimsoll/v1\nkind: Project\n"
          f"environments: {{ {', '.join(e + ': {}' for e in ENVIRONMENTS)} }}"
          "\ntargets:\n" + "".join(
              f'  {name}: {{ chart: charts/{name}, values: '
              f'["values/{name}/${{env}}.yaml"] }}\n' for name in names))


DEPLOYED = """apiVersion: apps/v1
kind: Deployment
metadata: { name: {{ .Release.Name }}-%d, labels: { app: {{ .Release.Name }} } }
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: {{ .Release.Name }} } }
  template:
    metadata: { labels: { app: {{ .Release.Name }} } }
    spec:
      containers:
        - name: app
          image: {{ .Values.image }}:{{ .Values.tag }}
"""
