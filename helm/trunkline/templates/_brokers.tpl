{{- define "trunkline.natsUrl" -}}
{{- if .Values.nats.enabled -}}
nats://{{ include "trunkline.name" (list . "nats") }}:4222
{{- else -}}
{{ required "nats.url is missing: with nats.enabled=false it says where NATS is" .Values.nats.url }}
{{- end -}}
{{- end -}}

{{/* A stream needs an odd number of servers, five at most. */}}
{{- define "trunkline.streamReplicas" -}}
{{- $servers := ternary .Values.nats.replicas .Values.nats.streamReplicas .Values.nats.enabled | int -}}
{{- if ge $servers 5 }}5{{ else if ge $servers 3 }}3{{ else }}1{{ end -}}
{{- end -}}

{{/* The address of one role's Redis: (list $ "customer-cache") */}}
{{- define "trunkline.redisAddress" -}}
{{- $root := index . 0 -}}{{- $role := index . 1 -}}
{{- if $root.Values.redis.enabled -}}
{{ include "trunkline.name" (list $root (include "trunkline.redisName" $role)) }}:6379
{{- else -}}
{{ required (printf "redis.addresses.%s is missing: with redis.enabled=false it says where that Redis is" $role) (get $root.Values.redis.addresses $role) }}
{{- end -}}
{{- end -}}

{{- define "trunkline.redisName" -}}
{{ ternary "redis" (printf "redis-%s" .) (eq . "main") }}
{{- end -}}

{{- define "trunkline.redisVariable" -}}
{{ ternary "REDIS_HOSTNAME" (printf "REDIS_%s_HOSTNAME" (. | upper | replace "-" "_")) (eq . "main") }}
{{- end -}}

{{/* Every Redis role that some service uses. */}}
{{- define "trunkline.redisRoles" -}}
{{- $roles := list }}
{{- range (.Files.Get "files/services.yaml" | fromYaml) }}{{ $roles = concat $roles .redis }}{{ end }}
{{- $roles | uniq | sortAlpha | toYaml }}
{{- end -}}
