{{/*
Every service that is to run, as YAML: what its definition says (files/services.yaml) with what the values change.
Refuses services and variables that do not exist, and required variables that nobody set.
*/}}
{{- define "trunkline.services" -}}
{{- $root := . -}}
{{- $known := .Files.Get "files/services.yaml" | fromYaml -}}
{{- range $name, $_ := .Values.services }}
{{- if not (hasKey $known $name) }}
{{- fail (printf "services.%s: there is no such service; there are %s" $name (keys $known | sortAlpha | join ", ")) }}
{{- end }}
{{- end }}
{{- $everywhere := dict }}
{{- range $known }}{{ $everywhere = merge $everywhere .variables .secrets }}{{ end }}
{{- range $variable, $_ := .Values.settings }}
{{- if not (hasKey $everywhere $variable) }}
{{- fail (printf "settings.%s: no service reads this variable" $variable) }}
{{- end }}
{{- end }}
{{- range $name, $definition := $known }}
{{- $given := get $root.Values.services $name | default dict }}
{{- if ne (get $given "enabled" | toString) "false" }}
{{- $settings := include "trunkline.settings" (list $root $name $definition $given) | fromYaml }}
{{- $secrets := include "trunkline.secretNames" (list $name $definition $given) | fromYamlArray }}
{{- $merged := mustMergeOverwrite (dict "replicas" $root.Values.replicas) (deepCopy $definition) (omit $given "settings" "secrets") (dict "settings" $settings "secretNames" $secrets) }}
{{ dict $name $merged | toYaml }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The variables of one service that are no secrets, as they are set. */}}
{{- define "trunkline.settings" -}}
{{- $root := index . 0 -}}{{- $name := index . 1 -}}{{- $definition := index . 2 -}}{{- $given := index . 3 -}}
{{- $settings := dict }}
{{- range $variable, $value := $given.settings }}
{{- if hasKey $definition.secrets $variable }}
{{- fail (printf "services.%s.settings.%s: a secret does not belong into values; see `secrets`" $name $variable) }}
{{- else if not (hasKey $definition.variables $variable) }}
{{- fail (printf "services.%s.settings.%s: the service does not read this variable" $name $variable) }}
{{- end }}
{{- end }}
{{- range $variable, $need := $definition.variables }}
{{- $value := get ($given.settings | default dict) $variable | default (get $root.Values.settings $variable) }}
{{- if kindIs "invalid" $value }}{{ $value = "" }}{{ end }}
{{- if kindIs "float64" $value }}{{ $value = ternary (int64 $value) $value (eq (floor $value) $value) }}{{ end }}
{{- if or (kindIs "slice" $value) (kindIs "map" $value) }}{{ $value = ternary "" (toJson $value) (empty $value) }}{{ end }}
{{- if ne (toString $value) "" }}
{{- $_ := set $settings $variable (toString $value) }}
{{- else if eq $need "required" }}
{{- fail (printf "settings.%s is missing: %s cannot start without it" $variable $name) }}
{{- end }}
{{- end }}
{{ toYaml $settings }}
{{- end -}}

{{/* The secret variables of one service that are there: those that it needs, and those that the values name. */}}
{{- define "trunkline.secretNames" -}}
{{- $name := index . 0 -}}{{- $definition := index . 1 -}}{{- $given := index . 2 -}}
{{- $names := list "NATS_PASSWORD" "REDIS_PASSWORD" }}
{{- range $variable, $need := $definition.secrets }}
{{- if or (eq $need "required") (has $variable ($given.secrets | default list)) }}{{ $names = append $names $variable }}{{ end }}
{{- end }}
{{- range ($given.secrets | default list) }}
{{- if not (hasKey $definition.secrets .) }}
{{- fail (printf "services.%s.secrets: %s is no secret variable of this service" $name .) }}
{{- end }}
{{- end }}
{{ toYaml $names }}
{{- end -}}
