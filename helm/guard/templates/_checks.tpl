{{- /* What the schema cannot say: values that contradict each other. */ -}}
{{- define "guard.checks" -}}
{{- $v := .Values -}}
{{- $provider := $v.clustering.provider -}}
{{- $scaled := include "guard.isAutoscaled" . -}}
{{- if and $v.autoscaling.hpa.enabled $v.autoscaling.keda.enabled -}}
{{- fail "autoscaling.hpa.enabled and autoscaling.keda.enabled exclude each other: both would set the number of silos; turn one off" -}}
{{- end -}}
{{- if and $scaled (gt (int $v.autoscaling.minReplicas) (int $v.autoscaling.maxReplicas)) -}}
{{- fail "autoscaling.minReplicas is greater than autoscaling.maxReplicas" -}}
{{- end -}}
{{- if and (eq $provider "Development") (or $scaled (ne (int $v.replicas) 1)) -}}
{{- fail "clustering.provider Development is one silo: set replicas to 1 and turn autoscaling off, or choose AzureStorage or PostgreSql" -}}
{{- end -}}
{{- if eq $provider "AzureStorage" -}}
{{- if not $v.clustering.azureStorage.tableServiceUri -}}{{- fail "clustering.azureStorage.tableServiceUri is needed with clustering.provider AzureStorage" -}}{{- end -}}
{{- if not $v.artifacts.serviceUri -}}{{- fail "artifacts.serviceUri is needed with clustering.provider AzureStorage" -}}{{- end -}}
{{- if not $v.grainStorage.serviceUri -}}{{- fail "grainStorage.serviceUri is needed with clustering.provider AzureStorage" -}}{{- end -}}
{{- end -}}
{{- if and (eq $provider "PostgreSql") (not $v.clustering.postgres.existingSecret) (not (and $v.azure.keyVault.name $v.azure.keyVault.postgresSecretName)) -}}
{{- fail "clustering.postgres.existingSecret is needed with clustering.provider PostgreSql, or azure.keyVault.name with azure.keyVault.postgresSecretName" -}}
{{- end -}}
{{- if and (ne $provider "Development") (not $v.hashingKey.existingSecret) (not $v.azure.keyVault.name) -}}
{{- fail "hashingKey.existingSecret is needed, or azure.keyVault.name: all silos share one hashing key" -}}
{{- end -}}
{{- if and $v.azure.keyVault.name (not (and $v.azure.tenantId $v.azure.workloadIdentityClientId)) -}}
{{- fail "azure.tenantId and azure.workloadIdentityClientId are needed with azure.keyVault.name" -}}
{{- end -}}
{{- if and (ne $provider "Development") (not $v.networkPolicy.enabled) (not $v.siloTls.existingSecret) -}}
{{- fail "networkPolicy.enabled is off and siloTls.existingSecret is empty: whoever reaches the silos' ports may call any grain; turn one on" -}}
{{- end -}}
{{- if and $v.webhook.address (not $v.webhook.existingSecret) -}}
{{- fail "webhook.existingSecret is needed with webhook.address: the receiver knows Guard's deliveries by their signature" -}}
{{- end -}}
{{- if and (not $v.webhook.address) (or $v.webhook.existingSecret $v.webhook.formerKey) -}}
{{- fail "webhook.address is needed with webhook.existingSecret or webhook.formerKey: alerts would go nowhere" -}}
{{- end -}}
{{- if lt (int $v.shutdown.terminationGracePeriodSeconds) (add (int $v.shutdown.timeoutSeconds) 20 | int) -}}
{{- fail "shutdown.terminationGracePeriodSeconds is less than shutdown.timeoutSeconds and 20 s: Kubernetes would kill silos that still hand their work over" -}}
{{- end -}}
{{- if ge (int $v.shutdown.drainDelaySeconds) (int $v.shutdown.timeoutSeconds) -}}
{{- fail "shutdown.drainDelaySeconds is part of shutdown.timeoutSeconds: give less" -}}
{{- end -}}
{{- if $v.autoscaling.keda.enabled -}}
{{- if not (and $v.eventHubs.namespace $v.eventHubs.checkpoints.serviceUri) -}}{{- fail "eventHubs.namespace and eventHubs.checkpoints.serviceUri are needed with autoscaling.keda.enabled: KEDA reads the hub and the positions in blobs" -}}{{- end -}}
{{- if not $v.autoscaling.keda.storageAccountName -}}{{- fail "autoscaling.keda.storageAccountName is needed with autoscaling.keda.enabled" -}}{{- end -}}
{{- if not $v.autoscaling.keda.identityClientId -}}{{- fail "autoscaling.keda.identityClientId is needed with autoscaling.keda.enabled" -}}{{- end -}}
{{- end -}}
{{- if and (ne $v.service.type "ClusterIP") (not $v.service.tlsEndsInFront) -}}
{{- fail (printf "service.type %s carries API keys in the clear beyond the cluster: keep ClusterIP and end TLS by ingress or httpRoute, or set service.tlsEndsInFront where a mesh or a load balancer does" $v.service.type) -}}
{{- end -}}
{{- if and $v.ingress.enabled $v.httpRoute.enabled -}}
{{- fail "ingress.enabled and httpRoute.enabled exclude each other: turn one off" -}}
{{- end -}}
{{- if and $v.ingress.enabled (not (and $v.ingress.host $v.ingress.tlsSecretName)) -}}
{{- fail "ingress.host and ingress.tlsSecretName are needed with ingress.enabled: API keys must not travel in the clear" -}}
{{- end -}}
{{- if and $v.httpRoute.enabled (not (and $v.httpRoute.parentRefs $v.httpRoute.hostnames)) -}}
{{- fail "httpRoute.parentRefs and httpRoute.hostnames are needed with httpRoute.enabled" -}}
{{- end -}}
{{- if and $v.serviceMonitor.enabled (not $v.telemetry.prometheus) -}}
{{- fail "telemetry.prometheus is needed with serviceMonitor.enabled: there would be nothing to scrape" -}}
{{- end -}}
{{- if and $v.serviceMonitor.enabled (not $v.serviceMonitor.keySecret) -}}
{{- fail "serviceMonitor.keySecret is needed with serviceMonitor.enabled: a secret with an API key of scope read" -}}
{{- end -}}
{{- end -}}
