{{- /* promtool reads what this renders to; tests/Guard.Deployment.Tests hands it over. */ -}}
{{- define "guard.rules" -}}
{{- $t := .Values.prometheusRule.thresholds -}}
{{- $and := print "namespace=\"" .Release.Namespace "\"}" -}}
{{- $in := print "{" $and -}}
groups:
  - name: guard
    rules:
      - alert: GuardIngestLag
        expr: |-
          max by (namespace, guard_partition) (guard_ingest_lag_seconds{{ $in }}) > {{ $t.ingestLagSeconds }}
        for: 5m
        labels:
          severity: critical
        annotations:
          summary: 'Partition {{ `{{ $labels.guard_partition }}` }} decides events that are {{ `{{ $value | humanizeDuration }}` }} old'
          description: 'Events wait longer than they may; billing and blocking lag behind.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/ingest-lag.md
      - alert: GuardQueueAge
        expr: |-
          max by (namespace, Partition) (orleans_streams_queue_oldest_message_enqueue_age{{ $in }}) / 1e7 > {{ $t.ingestLagSeconds }} and on (namespace) sum by (namespace) (rate(guard_decisions_total{{ $in }}[5m])) > 0
        for: 10m
        labels:
          severity: warning
        annotations:
          summary: 'The stream of partition {{ `{{ $labels.Partition }}` }} has handed nothing on for {{ `{{ $value | humanizeDuration }}` }}'
          description: 'Others go on, so the hub is not idle as a whole.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/queue-age.md
      - alert: GuardPositionStuck
        expr: |-
          max by (namespace, guard_partition) (guard_position_age_seconds{{ $in }}) > {{ $t.positionAgeSeconds }}
        for: 5m
        labels:
          severity: critical
        annotations:
          summary: 'Partition {{ `{{ $labels.guard_partition }}` }} has not committed its position for {{ `{{ $value | humanizeDuration }}` }}'
          description: 'A restart would replay everything since then.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/position-stuck.md
      - alert: GuardPartitionFails
        expr: |-
          sum by (namespace, guard_partition) (increase(guard_partition_failures_total{{ $in }}[15m])) > 2
        for: 5m
        labels:
          severity: critical
        annotations:
          summary: 'Partition {{ `{{ $labels.guard_partition }}` }} gives up and begins again, {{ `{{ $value | humanize }}` }} times in 15 minutes'
          description: 'It gets no further, or slowly.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/partition-fails.md
      - alert: GuardMessagesLost
        expr: |-
          sum by (namespace) (increase(guard_messages_expired_total{{ $in }}[10m])) > 0
        for: 0m
        labels:
          severity: critical
        annotations:
          summary: '{{ `{{ $value | humanize }}` }} messages left the hub before Guard read them'
          description: 'They are not decided and not billed.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/messages-lost.md
      - alert: GuardShardsLost
        expr: |-
          sum by (namespace) (increase(guard_shards_lost_total{{ $in }}[10m])) > 0
        for: 0m
        labels:
          severity: critical
        annotations:
          summary: '{{ `{{ $value | humanize }}` }} shards came back without the counters that they had saved'
          description: 'Their users and addresses look new until the longest window has filled again: scores are off.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/shards-lost.md
      - alert: GuardDecisionsLost
        expr: |-
          sum by (namespace) (increase(guard_segments_lost_total{{ $in }}[10m])) > 0
        for: 0m
        labels:
          severity: critical
        annotations:
          summary: '{{ `{{ $value | humanize }}` }} segments of decisions are not in the store although nothing let them go'
          description: 'Readers pass them over: who bills by them lacks them, and calibration does not see them.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/decisions-lost.md
      - alert: GuardNoDecisions
        expr: |-
          sum by (namespace) (rate(guard_decisions_total{{ $in }}[10m] offset 1h)) > 0 unless sum by (namespace) (rate(guard_decisions_total{{ $in }}[10m])) > 0
        for: 10m
        labels:
          severity: critical
        annotations:
          summary: 'Nothing is decided, an hour ago something was'
          description: 'Producers are silent, or silos read nothing.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/no-decisions.md
      - alert: GuardSlowDecisions
        expr: |-
          histogram_quantile(0.99, sum by (namespace, le) (rate(http_server_request_duration_seconds_bucket{http_route="/v1/score", {{ $and }}[10m]))) > {{ $t.latencySeconds }}
        for: 15m
        labels:
          severity: warning
        annotations:
          summary: 'The 99th percentile of a score is {{ `{{ $value | humanizeDuration }}` }}'
          description: 'Whoever waits for a decision waits too long.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/slow-decisions.md
      - alert: GuardQuarantine
        expr: |-
          sum by (namespace) (rate(guard_quarantined_total{{ $in }}[15m])) / (sum by (namespace) (rate(guard_quarantined_total{{ $in }}[15m])) + sum by (namespace) (rate(guard_decisions_total{{ $in }}[15m]))) > {{ $t.quarantineShare }}
        for: 15m
        labels:
          severity: warning
        annotations:
          summary: '{{ `{{ $value | humanizePercentage }}` }} of events end in quarantine'
          description: 'A producer sends what Guard cannot read.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/quarantine.md
      - alert: GuardIvrShift
        expr: |-
          (sum by (namespace, guard_slice) (rate(guard_decisions_total{guard_verdict!="valid", {{ $and }}[1h])) / sum by (namespace, guard_slice) (rate(guard_decisions_total{{ $in }}[1h]))) > {{ $t.ivrFactor }} * (sum by (namespace, guard_slice) (rate(guard_decisions_total{guard_verdict!="valid", {{ $and }}[1h] offset 1d)) / sum by (namespace, guard_slice) (rate(guard_decisions_total{{ $in }}[1h] offset 1d))) and sum by (namespace, guard_slice) (increase(guard_decisions_total{{ $in }}[1h])) > 1000
        for: 30m
        labels:
          severity: warning
        annotations:
          summary: '{{ `{{ $labels.guard_slice }}` }}: {{ `{{ $value | humanizePercentage }}` }} of clicks are invalid, far more than a day ago'
          description: 'Robots came, or the model or a threshold went wrong.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/ivr-shift.md
      - alert: GuardThresholdsOld
        expr: |-
          max by (namespace) (guard_thresholds_age_seconds{{ $in }}) > 3600 * {{ $t.thresholdsAgeHours }}
        for: 30m
        labels:
          severity: warning
        annotations:
          summary: 'The thresholds rest on clicks that ended {{ `{{ $value | humanizeDuration }}` }} ago'
          description: 'Calibration does not run, or what it makes is refused.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/thresholds-old.md
      - alert: GuardModelOld
        expr: |-
          max by (namespace) (guard_model_age_seconds{{ $in }}) > 3600 * {{ $t.modelAgeHours }}
        for: 30m
        labels:
          severity: warning
        annotations:
          summary: 'The model rests on clicks that ended {{ `{{ $value | humanizeDuration }}` }} ago'
          description: 'Training does not run, or what it makes is refused.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/model-old.md
      - alert: GuardPolicyUnchecked
        expr: |-
          max by (namespace, pod) (guard_policy_check_age_seconds{{ $in }}) > {{ $t.policyCheckSeconds }}
        for: 5m
        labels:
          severity: warning
        annotations:
          summary: '{{ `{{ $labels.pod }}` }} has not reached models and thresholds for {{ `{{ $value | humanizeDuration }}` }}'
          description: 'It decides by the last good ones and learns of no rollback.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/policy-unchecked.md
      - alert: GuardShardSaves
        expr: |-
          sum by (namespace) (rate(orleans_storage_write_errors_total{{ $in }}[10m])) > 0
        for: 10m
        labels:
          severity: critical
        annotations:
          summary: 'Shards and positions cannot be saved'
          description: 'Positions stand still; a restart would replay.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/shard-saves.md
      - alert: GuardSiloDown
        expr: |-
          up{job="{{ include "guard.name" . }}", {{ $and }} == 0
        for: 5m
        labels:
          severity: critical
        annotations:
          summary: '{{ `{{ $labels.pod }}` }} does not answer'
          description: 'Its shards move to others, or wait.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/silo-down.md
      - alert: GuardStreamPressure
        expr: |-
          max by (namespace, pod) (orleans_streams_queue_cache_under_pressure{{ $in }}) > 0
        for: 10m
        labels:
          severity: warning
        annotations:
          summary: '{{ `{{ $labels.pod }}` }} takes events in more slowly than they come'
          description: 'The cache is full: shards or the store are slow.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/stream-pressure.md
      - alert: GuardReadFailures
        expr: |-
          sum by (namespace) (rate(orleans_streams_queue_read_failures_total{{ $in }}[10m])) > 0
        for: 10m
        labels:
          severity: warning
        annotations:
          summary: 'The event hub cannot be read'
          description: 'Network, identity, or a throttled namespace.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/read-failures.md
      - alert: GuardTimeouts
        expr: |-
          sum by (namespace) (rate(orleans_app_requests_timedout_total{{ $in }}[10m])) > 0.1
        for: 10m
        labels:
          severity: warning
        annotations:
          summary: '{{ `{{ $value | humanize }}` }} calls between grains a second time out'
          description: 'A silo is overloaded, or the network between silos is broken.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/timeouts.md
      - alert: GuardWebhookFails
        expr: |-
          max by (namespace) (guard_webhook_failing_seconds{{ $in }}) > {{ $t.webhookFailingSeconds }}
        for: 0m
        labels:
          severity: warning
        annotations:
          summary: 'Nothing has reached the receiver of alerts for {{ `{{ $value | humanizeDuration }}` }}'
          description: 'Starts and ends of alerts wait; beyond those that are kept the oldest are dropped.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/webhook-fails.md
      - alert: GuardWebhookLost
        expr: |-
          sum by (namespace) (increase(guard_webhook_lost_total{{ $in }}[10m])) > 0
        for: 0m
        labels:
          severity: warning
        annotations:
          summary: '{{ `{{ $value | humanize }}` }} starts and ends of alerts never reached their receiver'
          description: 'The receiver was away for too long, or refuses what they say. The console has them.'
          runbook_url: {{ .Values.prometheusRule.runbooks }}/webhook-lost.md
{{- end -}}
