{{/* Not empty when a service is scaled by load: bridges, unless it is switched off for all or for this one. */}}
{{- define "trunkline.scales" -}}
{{- $root := index . 0 -}}{{- $service := index . 1 -}}
{{- $own := $service.autoscaling | default dict -}}
{{- $wanted := $root.Values.autoscaling.enabled -}}
{{- if hasKey $own "enabled" }}{{ $wanted = $own.enabled }}{{ end -}}
{{- if and $service.bridge $wanted (gt (int $service.replicas) 0) }}yes{{ end -}}
{{- end -}}
