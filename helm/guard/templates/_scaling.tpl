{{- /* Up at once, down slowly: each silo that goes hands its shards over. */ -}}
{{- define "guard.scaling" -}}
scaleUp:
  stabilizationWindowSeconds: 0
  policies:
    - type: Pods
      value: 2
      periodSeconds: 60
scaleDown:
  stabilizationWindowSeconds: {{ int .Values.autoscaling.scaleDownStabilizationSeconds }}
  policies:
    - type: Pods
      value: 1
      periodSeconds: {{ int .Values.autoscaling.scaleDownPeriodSeconds }}
{{- end -}}
