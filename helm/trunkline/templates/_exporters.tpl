{{/*
Every exporter that is to run, as YAML by name: what it is to Prometheus (job), how it is started, and whom it asks. There
is one for all servers of NATS and one for each Redis, apart from the brokers, so that a new exporter restarts no broker.
*/}}
{{- define "trunkline.exporters" -}}
{{- $root := . -}}
{{- $exporters := .Values.monitoring.exporters -}}
{{- if $exporters.enabled }}
{{- with include "trunkline.natsMonitors" . | fromYamlArray }}
nats-exporter:
  job: nats-exporter
  image: {{ $exporters.nats.image }}
  port: 7777
  # Its numbers of -varz stay when a server is gone; -healthz tells who answers.
  args: {{- concat (list "-varz" "-healthz" "-jsz=all") . | toYaml | nindent 4 }}
  env: []
  asks: { name: nats, port: monitor, own: {{ $root.Values.nats.enabled }} }
{{- end }}
{{- range $role := include "trunkline.redisRoles" . | fromYamlArray }}
{{- $redis := include "trunkline.redisName" $role }}
{{ $redis }}-exporter:
  job: redis-exporter
  image: {{ $exporters.redis.image }}
  port: 9121
  args: []
  env:
    - { name: REDIS_ADDR, value: {{ include "trunkline.redisUrl" (list $root $role) | quote }} }
    - { name: REDIS_USER, value: exporter }
    - name: REDIS_PASSWORD
      valueFrom:
        secretKeyRef:
          {{- if $root.Values.redis.enabled }}
          name: {{ include "trunkline.name" (list $root "redis-users") }}
          key: REDIS_PASSWORD_EXPORTER
          {{- else }}
          name: {{ include "trunkline.name" (list $root "redis-exporter") }}
          key: REDIS_PASSWORD
          {{- end }}
    {{- if $root.Values.brokerAuthority.secret }}
    - { name: REDIS_EXPORTER_TLS_CA_CERT_FILE, value: /run/brokers/ca.pem }
    {{- end }}
  asks: { name: {{ $redis }}, port: redis, own: {{ $root.Values.redis.enabled }} }
{{- end }}
{{- end }}
{{- end -}}

{{/* Where each server of NATS tells about itself: our own by their names, others' as the values say. */}}
{{- define "trunkline.natsMonitors" -}}
{{- if .Values.nats.enabled }}
{{- $name := include "trunkline.name" (list . "nats") }}
{{- range $index := until (int .Values.nats.replicas) }}
- http://{{ $name }}-{{ $index }}.{{ $name }}-peers:8222
{{- end }}
{{- else }}
{{- .Values.monitoring.exporters.nats.monitors | toYaml }}
{{- end }}
{{- end -}}

{{/* With an authority a Redis is spoken to over TLS only, whatever its address says. */}}
{{- define "trunkline.redisUrl" -}}
{{- $root := index . 0 -}}
{{- $scheme := ternary "rediss://" "redis://" (not (empty $root.Values.brokerAuthority.secret)) -}}
{{- $address := include "trunkline.redisAddress" . -}}
{{- if hasPrefix "rediss://" $address }}{{ $address }}{{ else }}{{ $scheme }}{{ trimPrefix "redis://" $address }}{{ end -}}
{{- end -}}
