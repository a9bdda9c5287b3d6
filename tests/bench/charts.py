"""Charts as large catalogues have them: a library of helpers that take maps,
long commented values, pages that stand under conditions, texts of values that
are templates themselves, a schema, a README, custom resources, subcharts with
a copy of the library each.
"""
from inputs import write

LIBRARY = {
    "_names.tpl": """\
{{/* A name of at most 63 characters. */}}
{{- define "lib.names.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "lib.names.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- $release := regexReplaceAll "(-?[^a-z\\\\d\\\\-])+-?" (lower .Release.Name) "-" -}}
{{- if contains $name $release -}}
{{- $release | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" $release $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "lib.names.namespace" -}}
{{- default .Release.Namespace .Values.namespaceOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}
""",
    "_labels.tpl": """\
{{/* {{ include "lib.labels" (dict "more" .Values.commonLabels "context" $) }} */}}
{{- define "lib.labels" -}}
{{- if and (hasKey . "more") (hasKey . "context") -}}
{{- $usual := dict "app.kubernetes.io/name" (include "lib.names.name" .context) "helm.sh/chart" (printf "%s-%s" .context.Chart.Name .context.Chart.Version | replace "+" "_") "app.kubernetes.io/instance" .context.Release.Name "app.kubernetes.io/managed-by" .context.Release.Service -}}
{{- with .context.Chart.AppVersion -}}
{{- $_ := set $usual "app.kubernetes.io/version" . -}}
{{- end -}}
{{ template "lib.render" (dict "value" (mergeOverwrite $usual (default (dict) .more)) "context" .context) }}
{{- else -}}
app.kubernetes.io/name: {{ include "lib.names.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
{{- end -}}

{{- define "lib.selector" -}}
{{ merge (pick (default (dict) .more) "app.kubernetes.io/name") (dict "app.kubernetes.io/name" (include "lib.names.name" .context) "app.kubernetes.io/instance" .context.Release.Name) | toYaml }}
{{- end -}}
""",
    "_render.tpl": """\
{{/* A value with templates in it. */}}
{{- define "lib.render" -}}
{{- $value := typeIs "string" .value | ternary .value (.value | toYaml) }}
{{- if contains "{{" (toJson .value) }}
  {{- if .scope }}
    {{- tpl (cat "{{- with $.RelativeScope -}}" $value "{{- end }}") (merge (dict "RelativeScope" .scope) .context) }}
  {{- else }}
    {{- tpl $value .context }}
  {{- end }}
{{- else }}
  {{- $value }}
{{- end }}
{{- end -}}

{{- define "lib.merge" -}}
{{- $result := dict -}}
{{- range .values -}}
{{- $result = include "lib.render" (dict "value" . "context" $.context) | fromYaml | merge $result -}}
{{- end -}}
{{ $result | toYaml }}
{{- end -}}
""",
    "_images.tpl": """\
{{- define "lib.image" -}}
{{- $registry := default .image.registry ((.global).imageRegistry) -}}
{{- $end := ternary (printf "@%s" .image.digest) (printf ":%s" (toString .image.tag)) (not (empty .image.digest)) -}}
{{- if $registry -}}
{{- printf "%s/%s%s" $registry .image.repository $end -}}
{{- else -}}
{{- printf "%s%s" .image.repository $end -}}
{{- end -}}
{{- end -}}

{{- define "lib.pullSecrets" -}}
{{- $names := list }}
{{- range ((.global).imagePullSecrets) -}}
{{- $names = append $names (kindIs "map" . | ternary .name .) -}}
{{- end -}}
{{- range .images -}}
{{- range .pullSecrets -}}
{{- $names = append $names (kindIs "map" . | ternary .name .) -}}
{{- end -}}
{{- end -}}
{{- if $names }}
imagePullSecrets:
  {{- range $names | uniq }}
  - name: {{ . }}
  {{- end }}
{{- end -}}
{{- end -}}
""",
    "_capabilities.tpl": """\
{{- define "lib.kubeVersion" -}}
{{- default (default .Capabilities.KubeVersion.Version .Values.kubeVersion) ((.Values.global).kubeVersion) -}}
{{- end -}}
""" + "".join("""
{{- define "lib.apiVersion.@" -}}
{{- $version := include "lib.kubeVersion" . -}}
{{- if and (not (empty $version)) (semverCompare "<1.##-0" $version) -}}
{{- print "$$/v1beta1" -}}
{{- else -}}
{{- print "$$/v1" -}}
{{- end -}}
{{- end -}}
""".replace("@", kind).replace("##", minor).replace("$$", group)
                      for kind, minor, group in (
    ("ingress", "19", "networking.k8s.io"),
    ("policy", "21", "policy"), ("cronjob", "21", "batch"),
    ("networkPolicy", "7", "networking.k8s.io"),
    ("rbac", "17", "rbac.authorization.k8s.io"),
    ("scaling", "23", "autoscaling"), ("crd", "19", "apiextensions.k8s.io"),
    ("webhook", "16", "admissionregistration.k8s.io"),
    ("storage", "14", "storage.k8s.io"), ("event", "19", "events.k8s.io"))),
    "_affinity.tpl": "".join("""\
{{- define "lib.affinity.@" -}}
{{- if eq .type "soft" }}
preferredDuringSchedulingIgnoredDuringExecution:
  - podAffinityTerm:
      labelSelector:
        matchLabels: {{- (include "lib.selector" (dict "more" .more "context" .context)) | nindent 10 }}
          {{- if not (empty .component) }}
          app.kubernetes.io/component: {{ .component }}
          {{- end }}
      topologyKey: {{ .topology | default "kubernetes.io/hostname" }}
    weight: 1
{{- else if eq .type "hard" }}
requiredDuringSchedulingIgnoredDuringExecution:
  - labelSelector:
      matchLabels: {{- (include "lib.selector" (dict "more" .more "context" .context)) | nindent 8 }}
        {{- range $key, $value := .extra }}
        {{ $key }}: {{ $value | quote }}
        {{- end }}
    topologyKey: {{ .topology | default "kubernetes.io/hostname" }}
{{- end -}}
{{- end -}}

""".replace("@", kind) for kind in ("pods", "nodes", "zones", "racks")),
    "_resources.tpl": """\
{{- define "lib.resources" -}}
{{- $presets := dict
  "nano" (dict "requests" (dict "cpu" "100m" "memory" "128Mi") "limits" (dict "cpu" "150m" "memory" "192Mi"))
  "micro" (dict "requests" (dict "cpu" "250m" "memory" "256Mi") "limits" (dict "cpu" "375m" "memory" "384Mi"))
  "small" (dict "requests" (dict "cpu" "500m" "memory" "512Mi") "limits" (dict "cpu" "750m" "memory" "768Mi"))
  "large" (dict "requests" (dict "cpu" "1.0" "memory" "2048Mi") "limits" (dict "cpu" "1.5" "memory" "3072Mi"))
}}
{{- if hasKey $presets .type -}}
{{- index $presets .type | toYaml -}}
{{- else -}}
{{- printf "ERROR: preset '%s' is none of %s" .type (join "," (keys $presets | sortAlpha)) | fail -}}
{{- end -}}
{{- end -}}
""",
    "_checks.tpl": "".join("""\
{{- define "lib.check.@" -}}
{{- $empty := list -}}
{{- range .required -}}
{{- $value := $.context.Values -}}
{{- range splitList "." .field -}}
{{- $value = ternary (index (default (dict) $value) .) "" (kindIs "map" $value) -}}
{{- end -}}
{{- if not $value -}}
{{- $empty = append $empty (printf "    '%s' must not be empty" .field) -}}
{{- end -}}
{{- end -}}
{{- if $empty -}}
{{- printf "\\nVALUES VALIDATION:\\n%s" (join "\\n" $empty) | fail -}}
{{- end -}}
{{- end -}}

""".replace("@", kind) for kind in ("database", "cache", "queue", "search",
                                    "storage", "mail", "login", "proxy")),
}

HEAD = """\
metadata:
  name: {{ include "lib.names.fullname" . }}-@
  namespace: {{ include "lib.names.namespace" . | quote }}
  labels: {{- include "lib.labels" (dict "more" .Values.commonLabels "context" $) | nindent 4 }}
    app.kubernetes.io/component: @
  {{- if or .Values.@.annotations .Values.commonAnnotations }}
  {{- $annotations := include "lib.merge" (dict "values" (list .Values.@.annotations .Values.commonAnnotations) "context" .) | fromYaml }}
  annotations: {{- include "lib.render" (dict "value" $annotations "context" $) | nindent 4 }}
  {{- end }}
"""

PAGES = {
    "deployment": """\
apiVersion: apps/v1
kind: {{ .Values.@.kind }}
""" + HEAD + """\
spec:
  {{- if not .Values.@.autoscaling.enabled }}
  replicas: {{ .Values.@.replicas }}
  {{- end }}
  {{- $podLabels := include "lib.merge" (dict "values" (list .Values.@.podLabels .Values.commonLabels) "context" .) | fromYaml }}
  selector:
    matchLabels: {{- include "lib.selector" (dict "more" $podLabels "context" $) | nindent 6 }}
      app.kubernetes.io/component: @
  template:
    metadata:
      annotations:
        checksum/config: {{ include (print $.Template.BasePath "/@-config.yaml") . | sha256sum }}
        {{- if .Values.@.podAnnotations }}
        {{- include "lib.render" (dict "value" .Values.@.podAnnotations "context" $) | nindent 8 }}
        {{- end }}
      labels: {{- include "lib.labels" (dict "more" .Values.commonLabels "context" $) | nindent 8 }}
        app.kubernetes.io/component: @
    spec:
      {{- include "lib.pullSecrets" (dict "images" (list .Values.@.image) "global" .Values.global) | nindent 6 }}
      serviceAccountName: {{ include "lib.names.fullname" . }}-@
      {{- if .Values.@.affinity }}
      affinity: {{- include "lib.render" (dict "value" .Values.@.affinity "context" $) | nindent 8 }}
      {{- else }}
      affinity:
        podAntiAffinity: {{- include "lib.affinity.pods" (dict "type" .Values.@.antiAffinity "component" "@" "more" .Values.commonLabels "context" $) | nindent 10 }}
      {{- end }}
      {{- with .Values.@.nodeSelector }}
      nodeSelector: {{- include "lib.render" (dict "value" . "context" $) | nindent 8 }}
      {{- end }}
      {{- if .Values.@.podSecurity.enabled }}
      securityContext: {{- omit .Values.@.podSecurity "enabled" | toYaml | nindent 8 }}
      {{- end }}
      containers:
        - name: @
          image: {{ include "lib.image" (dict "image" .Values.@.image "global" .Values.global) }}
          imagePullPolicy: {{ .Values.@.image.pullPolicy | quote }}
          {{- if .Values.@.security.enabled }}
          securityContext: {{- omit .Values.@.security "enabled" | toYaml | nindent 12 }}
          {{- end }}
          {{- if .Values.@.command }}
          command: {{- include "lib.render" (dict "value" .Values.@.command "context" $) | nindent 12 }}
          {{- end }}
          env:
            - name: COMPONENT
              value: {{ printf "%s/%s" (include "lib.names.fullname" .) "@" | quote }}
            {{- if .Values.@.env }}
            {{- include "lib.render" (dict "value" .Values.@.env "context" $) | nindent 12 }}
            {{- end }}
          ports:
            {{- range $name, $port := .Values.@.ports }}
            - name: {{ $name }}
              containerPort: {{ $port }}
            {{- end }}
          {{- range $probe := list "liveness" "readiness" "startup" }}
          {{- $probes := index $.Values.@ $probe }}
          {{- if $probes.enabled }}
          {{ $probe }}Probe: {{- include "lib.render" (dict "value" (omit $probes "enabled") "context" $) | nindent 12 }}
            httpGet: {path: /{{ $probe }}, port: http}
          {{- end }}
          {{- end }}
          {{- if .Values.@.resources }}
          resources: {{- toYaml .Values.@.resources | nindent 12 }}
          {{- else if ne .Values.@.preset "none" }}
          resources: {{- include "lib.resources" (dict "type" .Values.@.preset) | nindent 12 }}
          {{- end }}
          volumeMounts:
            - {name: config, mountPath: /etc/@}
            {{- if .Values.@.mounts }}
            {{- include "lib.render" (dict "value" .Values.@.mounts "context" $) | nindent 12 }}
            {{- end }}
      volumes:
        - name: config
          configMap: {name: {{ include "lib.names.fullname" . }}-@}
""",
    "config": """\
apiVersion: v1
kind: ConfigMap
""" + HEAD + """\
data:
  {{- range $file, $text := .Values.@.files }}
  {{ $file }}: |
    {{- include "lib.render" (dict "value" $text "context" $) | nindent 4 }}
  {{- end }}
""",
    "service": """\
apiVersion: v1
kind: Service
""" + HEAD + """\
spec:
  type: {{ .Values.@.service.type }}
  {{- if and (eq .Values.@.service.type "LoadBalancer") (not (empty .Values.@.service.address)) }}
  loadBalancerIP: {{ .Values.@.service.address }}
  {{- end }}
  ports:
    {{- range $name, $port := .Values.@.service.ports }}
    - name: {{ $name }}
      port: {{ $port }}
      targetPort: {{ $name }}
      {{- if eq $.Values.@.service.type "ClusterIP" }}
      nodePort: null
      {{- end }}
    {{- end }}
  selector: {{- include "lib.selector" (dict "more" .Values.commonLabels "context" $) | nindent 4 }}
    app.kubernetes.io/component: @
""",
    "account": """\
{{- if .Values.@.account.create }}
apiVersion: v1
kind: ServiceAccount
""" + HEAD + """\
automountServiceAccountToken: {{ .Values.@.account.automount }}
{{- end }}
""",
    "ingress": """\
{{- if .Values.@.ingress.enabled }}
apiVersion: {{ include "lib.apiVersion.ingress" . }}
kind: Ingress
""" + HEAD + """\
spec:
  rules:
    - host: {{ tpl .Values.@.ingress.host . | quote }}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service: {name: {{ include "lib.names.fullname" . }}-@, port: {name: http}}
  {{- if .Values.@.ingress.tls }}
  tls:
    - hosts: [{{ tpl .Values.@.ingress.host . | quote }}]
      secretName: {{ printf "%s-tls" (tpl .Values.@.ingress.host .) | quote }}
  {{- end }}
{{- end }}
""",
    "policy": """\
{{- if .Values.@.networkPolicy.enabled }}
apiVersion: {{ include "lib.apiVersion.networkPolicy" . }}
kind: NetworkPolicy
""" + HEAD + """\
spec:
  podSelector:
    matchLabels: {{- include "lib.selector" (dict "more" .Values.commonLabels "context" $) | nindent 6 }}
  policyTypes: [Ingress, Egress]
  {{- if .Values.@.networkPolicy.allowOut }}
  egress: [{}]
  {{- end }}
  ingress:
    - ports:
        {{- range .Values.@.ports }}
        - port: {{ . }}
        {{- end }}
{{- end }}
""",
    "scaling": """\
{{- if .Values.@.autoscaling.enabled }}
apiVersion: {{ include "lib.apiVersion.scaling" . }}
kind: HorizontalPodAutoscaler
""" + HEAD + """\
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: {{ include "lib.names.fullname" . }}-@}
  minReplicas: {{ .Values.@.autoscaling.least }}
  maxReplicas: {{ .Values.@.autoscaling.most }}
{{- end }}
""",
    "budget": """\
{{- if .Values.@.budget.create }}
apiVersion: {{ include "lib.apiVersion.policy" . }}
kind: PodDisruptionBudget
""" + HEAD + """\
spec:
  maxUnavailable: {{ .Values.@.budget.most | default 1 }}
  selector:
    matchLabels: {{- include "lib.selector" (dict "more" .Values.commonLabels "context" $) | nindent 6 }}
      app.kubernetes.io/component: @
{{- end }}
""",
    "role": """\
{{- if .Values.@.account.create }}
apiVersion: {{ include "lib.apiVersion.rbac" . }}
kind: Role
""" + HEAD + """\
rules:
  {{- range .Values.@.rules }}
  - {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
""",
    "monitor": """\
{{- if and .Values.@.metrics.enabled .Values.@.metrics.monitor }}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
""" + HEAD + """\
spec:
  endpoints:
    - port: metrics
      {{- with .Values.@.metrics.interval }}
      interval: {{ . }}
      {{- end }}
{{- end }}
""",
}

VALUES_HEAD = """\
## @section Global parameters
## Values here are seen by all subcharts.
## @param global.imageRegistry The registry of all images
##
global:
  imageRegistry: ""
  ## E.g.
  ## imagePullSecrets:
  ##   - myRegistryKeySecretName
  ##
  imagePullSecrets: []
kubeVersion: ""
nameOverride: ""
fullnameOverride: ""
namespaceOverride: ""
commonLabels: {team: shop}
commonAnnotations: {}
"""

VALUES = """\
## @section Parameters of @
##
@:
  ## @param @.kind Deployment or StatefulSet
  ## @param @.replicas How many of them; no more than the nodes can carry,
  ## and at least two where the service has to survive the loss of one
  ##
  kind: Deployment
  replicas: 2
  ## An image of our own. The digest wins over the tag.
  ## @param @.image.registry [default: registry.example] The registry
  ## @param @.image.pullPolicy Always, IfNotPresent or Never
  ##
  image:
    registry: registry.example
    repository: shop/@
    tag: 1.2.3-r4
    digest: ""
    pullPolicy: IfNotPresent
    pullSecrets: []
  ## Labels and annotations of the pods, and where they run.
  ## ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/
  ##
  annotations: {}
  podLabels: {}
  podAnnotations:
    shop.example/release: "{{ .Release.Name }}"
  affinity: {}
  antiAffinity: soft
  nodeSelector: {}
  ## @param @.podSecurity.enabled Whether the pods have a security context
  ##
  podSecurity:
    enabled: true
    fsGroup: 1001
    sysctls: []
    supplementalGroups: []
  security:
    enabled: true
    runAsUser: 1001
    runAsNonRoot: true
    allowPrivilegeEscalation: false
    readOnlyRootFilesystem: true
    capabilities:
      drop: ["ALL"]
    seccompProfile:
      type: "RuntimeDefault"
  command: []
  env:
    - name: PLACE
      value: "{{ .Release.Namespace }}"
    - name: LEVEL
      value: info
  ports: {http: 8080, metrics: 9090}
  ## Probes: seconds and numbers of attempts.
  ##
  liveness: {enabled: true, initialDelaySeconds: 30, periodSeconds: 10, failureThreshold: 6}
  readiness: {enabled: true, initialDelaySeconds: 5, periodSeconds: 10, failureThreshold: 6}
  startup: {enabled: false, periodSeconds: 10}
  ## @param @.preset none, nano, micro, small or large; see the templates
  ## of the library for what they mean. Not for production.
  ##
  preset: nano
  resources: {}
  mounts: []
  files:
    settings.ini: |
      [server]
      name = {{ include "lib.names.fullname" . }}
      port = 8080
    plain.txt: |
      nothing to be rendered here
      and a second line
  service:
    type: ClusterIP
    address: ""
    ports: {http: 80, metrics: 9090}
  account: {create: true, automount: false}
  rules:
    - apiGroups: [""]
      resources: [configmaps]
      verbs: [get, list, watch]
  ## @param @.ingress.host A host name, may be a template
  ##
  ingress: {enabled: false, host: "@.{{ .Release.Namespace }}.example", tls: false}
  networkPolicy: {enabled: true, allowOut: true}
  autoscaling: {enabled: false, least: 1, most: 11}
  budget: {create: true, most: ""}
  metrics: {enabled: false, monitor: false, interval: ""}
"""

SCHEMA_PART = """\
    "@": {"type": "object", "properties": {
      "kind": {"type": "string", "enum": ["Deployment", "StatefulSet"]},
      "replicas": {"type": "integer", "minimum": 0},
      "image": {"$ref": "#/definitions/image"},
      "ports": {"type": "object", "additionalProperties": {"type": "integer"}},
      "rules": {"type": "array", "items": {"type": "object"}},
      "service": {"type": "object", "required": ["type"],
        "properties": {"type": {"type": "string"}}}}}"""

SCHEMA = """\
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "type": "object",
  "definitions": {"image": {"type": "object", "properties": {
    "registry": {"type": "string"}, "repository": {"type": "string"},
    "tag": {"type": "string"}, "pullSecrets": {"type": "array"}}}},
  "properties": {
@
  }
}
"""

CRD_FIELD = """\
                field@:
                  description: |-
                    What the field does, in some words, as the programs that
                    write such files copy it from comments in the source.

                    It is not set as a rule.
                  type: object
                  properties:
                    name:
                      description: A name.
                      type: string
                    weight:
                      format: int32
                      type: integer
                      maximum: 100
                  required:
                  - name
"""

CRD = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: parts@.shop.example
spec:
  group: shop.example
  names: {kind: Part@, plural: parts@}
  scope: Namespaced
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


def library(folder):
    write(f"{folder}/Chart.yaml", "apiVersion: v2\nname: lib\ntype: library\n"
          "version: 2.3.4\n")
    write(f"{folder}/values.yaml", "exampleValue: lib\n")
    for name, text in LIBRARY.items():
        write(f"{folder}/templates/{name}", text)


def catalogue(folder, parts, children=0, schema=False, crds=0):
    """A chart with some components; its subcharts have two each."""
    name = folder.rsplit("/", 1)[-1]
    below = [f"{name}x{n}" for n in range(children)]
    write(f"{folder}/Chart.yaml",
          f"apiVersion: v2\nname: {name}\nversion: 3.2.1\n"
          "appVersion: 1.2.3\ndependencies:\n"
          "  - {name: lib, version: 2.x.x, tags: [lib-common]}\n"
          + "".join(f"  - {{name: {child}, version: 3.x.x, "
                    f"condition: {child}.enabled}}\n" for child in below))
    library(f"{folder}/charts/lib")
    names = [f"part{n}" for n in range(parts)]
    write(f"{folder}/values.yaml", VALUES_HEAD
          + "".join(f"{child}: {{enabled: true}}\n" for child in below)
          + "".join(VALUES.replace("@", part) for part in names))
    write(f"{folder}/README.md", "# A chart\n\n" + "Words about it.\n" * 2000)
    write(f"{folder}/.helmignore", ".git/\n*.bak\n.vscode/\n*.tmproj\n")
    for part in names:
        for kind, text in PAGES.items():
            write(f"{folder}/templates/{part}-{kind}.yaml",
                  text.replace("@", part))
    for n in range(crds):
        write(f"{folder}/templates/crd{n}.yaml",
              CRD.replace("@", str(n))
              + "".join(CRD_FIELD.replace("@", str(i)) for i in range(400)))
    if schema:
        write(f"{folder}/values.schema.json", SCHEMA.replace("@", ",\n".join(
            SCHEMA_PART.replace("@", part) for part in names)))
    for child in below:
        catalogue(f"{folder}/charts/{child}", 2)
