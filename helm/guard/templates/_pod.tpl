{{- define "guard.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "guard.env" -}}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
{{- /* A development silo stays on the pod's loopback address. */}}
{{- if ne .Values.clustering.provider "Development" }}
- name: POD_IP
  valueFrom:
    fieldRef:
      fieldPath: status.podIP
{{- end }}
{{- if eq .Values.clustering.provider "PostgreSql" }}
- name: GUARD__CLUSTERING__CONNECTIONSTRING
  valueFrom:
    secretKeyRef:
      name: {{ include "guard.postgresSecret" . }}
      key: {{ .Values.clustering.postgres.key }}
{{- end }}
{{- with .Values.webhook }}
{{- if .address }}
- name: GUARD__WEBHOOK__ADDRESS
  value: {{ .address | quote }}
- name: GUARD__WEBHOOK__SECRETS__0
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .key }}
{{- if .formerKey }}
- name: GUARD__WEBHOOK__SECRETS__1
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .formerKey }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "guard.volumeMounts" -}}
- name: settings
  mountPath: /etc/guard/settings
  readOnly: true
- name: api-keys
  mountPath: /etc/guard/api-keys
  readOnly: true
{{- if or .Values.hashingKey.existingSecret .Values.azure.keyVault.name }}
- name: hashing-key
  mountPath: /etc/guard/hashing-key
  readOnly: true
{{- end }}
{{- if .Values.siloTls.existingSecret }}
- name: tls
  mountPath: /etc/guard/tls
  readOnly: true
{{- end }}
{{- if .Values.lists.access.existingSecret }}
- name: access
  mountPath: /etc/guard/access
  readOnly: true
{{- end }}
{{- if .Values.lists.crawlers.existingConfigMap }}
- name: crawlers
  mountPath: /etc/guard/crawlers
  readOnly: true
{{- end }}
{{- if eq .Values.clustering.provider "Development" }}
- name: data
  mountPath: /data
{{- end }}
- name: tmp
  mountPath: /tmp
{{- end -}}

{{- define "guard.volumes" -}}
- name: settings
  configMap:
    name: {{ include "guard.fullname" . }}
- name: api-keys
  secret:
    secretName: {{ .Values.apiKeys.existingSecret }}
    defaultMode: 288
{{- if .Values.hashingKey.existingSecret }}
- name: hashing-key
  secret:
    secretName: {{ .Values.hashingKey.existingSecret }}
    defaultMode: 288
{{- else if .Values.azure.keyVault.name }}
- name: hashing-key
  csi:
    driver: secrets-store.csi.k8s.io
    readOnly: true
    volumeAttributes:
      secretProviderClass: {{ include "guard.fullname" . }}
{{- end }}
{{- with .Values.siloTls.existingSecret }}
- name: tls
  secret:
    secretName: {{ . }}
    defaultMode: 288
{{- end }}
{{- with .Values.lists.access.existingSecret }}
- name: access
  secret:
    secretName: {{ . }}
    defaultMode: 288
{{- end }}
{{- with .Values.lists.crawlers.existingConfigMap }}
- name: crawlers
  configMap:
    name: {{ . }}
{{- end }}
{{- if eq .Values.clustering.provider "Development" }}
- name: data
{{- if .Values.development.existingClaim }}
  persistentVolumeClaim:
    claimName: {{ .Values.development.existingClaim }}
{{- else }}
  emptyDir:
    sizeLimit: {{ .Values.development.sizeLimit }}
{{- end }}
{{- end }}
- name: tmp
  emptyDir:
    sizeLimit: 64Mi
{{- end -}}
