{{- /* What Guard.Silo reads with --settings. Secrets are not in here: files and the environment hold them. */ -}}
{{- define "guard.settings" -}}
{{- $v := .Values -}}
{{- $provider := $v.clustering.provider -}}
{{- $isDevelopment := eq $provider "Development" -}}
{{- $guard := dict
  "ServiceId" $v.cluster.serviceId
  "ClusterId" $v.cluster.clusterId
  "Listen" (printf "0.0.0.0:%d" (int $v.ports.http))
  "KeyFile" (printf "/etc/guard/api-keys/%s" $v.apiKeys.key)
  "ShutdownTimeout" (include "guard.seconds" (int $v.shutdown.timeoutSeconds))
  "DrainDelay" (include "guard.seconds" (int $v.shutdown.drainDelaySeconds)) -}}
{{- if $isDevelopment -}}
{{- $_ := set $guard "Folder" "/data" -}}
{{- end -}}
{{- if or $v.hashingKey.existingSecret $v.azure.keyVault.name -}}
{{- $_ := set $guard "HashingKeyFile" (printf "/etc/guard/hashing-key/%s" $v.hashingKey.key) -}}
{{- end -}}
{{- $clustering := dict "ProbeTimeout" $v.clustering.probeTimeout "Votes" $v.clustering.votes -}}
{{- if $isDevelopment -}}
{{- $_ := set $clustering "Kind" "Development" -}}
{{- else if eq $provider "PostgreSql" -}}
{{- $_ := set $clustering "Kind" "AdoNet" -}}
{{- else -}}
{{- $_ := set $clustering "Kind" "Azure" -}}
{{- $_ := set $clustering "TableServiceUri" $v.clustering.azureStorage.tableServiceUri -}}
{{- end -}}
{{- $_ := set $guard "Clustering" $clustering -}}
{{- $endpoints := dict "SiloPort" $v.ports.silo "GatewayPort" $v.ports.gateway -}}
{{- if $v.siloTls.existingSecret -}}
{{- $_ := set $guard "Tls" (dict "CertificateFile" "/etc/guard/tls/tls.crt" "KeyFile" "/etc/guard/tls/tls.key" "AuthorityFile" "/etc/guard/tls/ca.crt" "Name" $v.siloTls.name) -}}
{{- else if not $isDevelopment -}}
{{- $_ := set $endpoints "TrustNetwork" true -}}
{{- end -}}
{{- $_ := set $guard "Endpoints" $endpoints -}}
{{- $credential := dict -}}
{{- if $v.azure.workloadIdentityClientId -}}
{{- $credential = dict "Credential" "WorkloadIdentity" "ClientId" $v.azure.workloadIdentityClientId -}}
{{- end -}}
{{- if $v.eventHubs.namespace -}}
{{- $hub := dict
  "Namespace" (lower $v.eventHubs.namespace)
  "Hub" (lower $v.eventHubs.hub)
  "ConsumerGroup" $v.eventHubs.consumerGroup
  "BatchSize" $v.eventHubs.batchSize
  "PollEvery" $v.eventHubs.pollEvery
  "GatherFor" $v.eventHubs.gatherFor
  "DeliverFor" $v.eventHubs.deliverFor
  "CacheFor" $v.eventHubs.cacheFor -}}
{{- $hub = merge $hub $credential -}}
{{- if $v.eventHubs.checkpoints.serviceUri -}}
{{- $_ := set $hub "Checkpoints" (merge (dict "ServiceUri" $v.eventHubs.checkpoints.serviceUri "Container" $v.eventHubs.checkpoints.container) $credential) -}}
{{- end -}}
{{- $_ := set $guard "EventHubs" $hub -}}
{{- end -}}
{{- if $v.artifacts.serviceUri -}}
{{- $_ := set $guard "Artifacts" (merge (dict "ServiceUri" $v.artifacts.serviceUri "Container" $v.artifacts.container) $credential) -}}
{{- end -}}
{{- if $v.grainStorage.serviceUri -}}
{{- $_ := set $guard "State" (merge (dict "ServiceUri" $v.grainStorage.serviceUri "Container" $v.grainStorage.container) $credential) -}}
{{- end -}}
{{- $_ := set $guard "Grains" (dict
  "Shards" $v.grains.shards
  "UserCapacity" $v.grains.userCapacity
  "EntityCapacity" $v.grains.entityCapacity
  "UserAgentCapacity" $v.grains.userAgentCapacity
  "CommitEvery" $v.grains.commitEvery
  "SaveEvery" $v.grains.saveEvery
  "RetryFor" $v.grains.retryFor
  "HttpPartitions" $v.grains.httpPartitions
  "WaitingBytes" $v.grains.waitingBytes
  "KeepQuarantineFor" $v.grains.keepQuarantineFor
  "Decisions" (dict "KeepFor" $v.grains.keepDecisionsFor "KeepBytes" $v.grains.keepDecisionsBytes)) -}}
{{- $_ := set $guard "Calibration" (dict
  "Every" $v.calibration.every
  "At" $v.calibration.at
  "Maturity" $v.calibration.maturity
  "Span" $v.calibration.span
  "Calibration" (dict "Budget" $v.calibration.budget)) -}}
{{- $policy := dict "Name" $v.policy.name "PollEvery" $v.policy.pollEvery -}}
{{- if $v.lists.access.existingSecret -}}
{{- $_ := set $policy "AccessFile" (printf "/etc/guard/access/%s" $v.lists.access.key) -}}
{{- end -}}
{{- if $v.lists.crawlers.existingConfigMap -}}
{{- $_ := set $policy "CrawlerFile" (printf "/etc/guard/crawlers/%s" $v.lists.crawlers.key) -}}
{{- end -}}
{{- $_ := set $guard "Policy" $policy -}}
{{- $server := dict
  "BodyBytes" $v.server.bodyBytes
  "AllBodyBytes" $v.server.allBodyBytes
  "Connections" $v.server.connections
  "RequestsPerSecond" $v.server.requestsPerSecond
  "Watchers" $v.server.watchers
  "ServeMetrics" $v.telemetry.prometheus
  "MetricInterval" $v.telemetry.metricInterval
  "TraceShare" $v.telemetry.traceShare -}}
{{- if $v.telemetry.otlpEndpoint -}}
{{- $_ := set $server "OtlpEndpoint" $v.telemetry.otlpEndpoint -}}
{{- $_ := set $server "OtlpOverGrpc" $v.telemetry.otlpOverGrpc -}}
{{- end -}}
{{- $_ := set $guard "Server" $server -}}
{{- $_ := set $guard "Shedding" (dict "CpuPercent" $v.shedding.cpuPercent "MemoryPercent" $v.shedding.memoryPercent "ActivationPercent" $v.shedding.activationPercent) -}}
{{- dict "Guard" $guard | toPrettyJson -}}
{{- end -}}

{{- define "guard.seconds" -}}
{{- printf "00:%02d:%02d" (div . 60) (mod . 60) -}}
{{- end -}}
