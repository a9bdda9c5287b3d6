{{- define "extras.labels" -}}
app.kubernetes.io/part-of: shop
environment: {{ .Values.environment }}
{{- end -}}
