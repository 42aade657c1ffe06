{{/* The name of something of this release: {{ include "trunkline.name" (list $ "bruin-bridge") }} */}}
{{- define "trunkline.name" -}}
{{- $root := index . 0 -}}
{{- printf "%s-%s" $root.Release.Name (index . 1) | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "trunkline.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/name: {{ index . 1 }}
{{- end -}}

{{/* Of pods: nothing that a new version of the chart changes, since other labels would make new pods, of brokers too. */}}
{{- define "trunkline.podLabels" -}}
{{ include "trunkline.selector" . }}
app.kubernetes.io/part-of: trunkline
{{- end -}}

{{- define "trunkline.labels" -}}
{{- $root := index . 0 -}}
{{ include "trunkline.podLabels" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ $root.Chart.Name }}-{{ $root.Chart.Version }}
{{- end -}}

{{- define "trunkline.image" -}}
{{- $image := .Values.image -}}
{{- if $image.digest -}}
{{ $image.repository }}@{{ $image.digest }}
{{- else -}}
{{ $image.repository }}:{{ $image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "trunkline.sandboxImage" -}}
{{ .Values.sandbox.image.repository }}:{{ .Values.sandbox.image.tag | default .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
