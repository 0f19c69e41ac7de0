{{- define "guard.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "guard.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "guard.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "guard.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "guard.serviceAccountName" -}}
{{- default (include "guard.fullname" .) .Values.serviceAccount.name -}}
{{- end -}}

{{- /* What never changes between versions: selectors are immutable. */ -}}
{{- define "guard.selector" -}}
app.kubernetes.io/name: {{ include "guard.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: silo
{{- end -}}

{{- define "guard.labels" -}}
{{ include "guard.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: guard
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 }}
{{- end -}}

{{- define "guard.image" -}}
{{- $image := .Values.image -}}
{{- $name := $image.repository -}}
{{- if $image.registry -}}
{{- $name = printf "%s/%s" $image.registry $image.repository -}}
{{- end -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $name $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (default .Chart.AppVersion $image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "guard.isAutoscaled" -}}
{{- if or .Values.autoscaling.hpa.enabled .Values.autoscaling.keda.enabled -}}true{{- end -}}
{{- end -}}

{{- /* The Kubernetes secret of PostgreSQL's connection string: named, or synced from the key vault. */ -}}
{{- define "guard.postgresSecret" -}}
{{- default (printf "%s-postgres" (include "guard.fullname" .)) .Values.clustering.postgres.existingSecret -}}
{{- end -}}

{{- /* The port that the webhook's address names, or 443; nothing without an address. */ -}}
{{- define "guard.webhookPort" -}}
{{- with .Values.webhook.address -}}
{{- $host := first (splitList "/" (replace "https://" "" .)) -}}
{{- if contains ":" $host }}{{ last (splitList ":" $host) }}{{ else }}443{{ end -}}
{{- end -}}
{{- end -}}
