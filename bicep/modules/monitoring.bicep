metadata name = 'Monitoring'
metadata description = 'A Log Analytics workspace for logs, and an Azure Monitor workspace for Prometheus metrics.'

@description('Required. What the names of the resources end with.')
@minLength(3)
@maxLength(24)
param suffix string

@description('Required. The Azure region.')
param location string

@description('Required. Tags of the resources.')
param tags object

@description('Required. How many days logs are kept, 30 to 730.')
@minValue(30)
@maxValue(730)
param retentionDays int

resource logs 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: 'log-${suffix}'
  location: location
  tags: tags
  properties: {
    retentionInDays: retentionDays
    sku: {
      name: 'PerGB2018'
    }
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

resource metrics 'Microsoft.Monitor/accounts@2023-04-03' = {
  name: 'amw-${suffix}'
  location: location
  tags: tags
}

resource metricsEndpoint 'Microsoft.Insights/dataCollectionEndpoints@2023-03-11' = {
  name: 'dce-${suffix}'
  location: location
  tags: tags
  kind: 'Linux'
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource metricsRule 'Microsoft.Insights/dataCollectionRules@2023-03-11' = {
  name: 'dcr-metrics-${suffix}'
  location: location
  tags: tags
  kind: 'Linux'
  properties: {
    dataCollectionEndpointId: metricsEndpoint.id
    dataSources: {
      prometheusForwarder: [
        {
          name: 'prometheus'
          streams: [
            'Microsoft-PrometheusMetrics'
          ]
        }
      ]
    }
    destinations: {
      monitoringAccounts: [
        {
          name: 'metrics'
          accountResourceId: metrics.id
        }
      ]
    }
    dataFlows: [
      {
        streams: [
          'Microsoft-PrometheusMetrics'
        ]
        destinations: [
          'metrics'
        ]
      }
    ]
  }
}

resource logsRule 'Microsoft.Insights/dataCollectionRules@2023-03-11' = {
  name: 'dcr-logs-${suffix}'
  location: location
  tags: tags
  kind: 'Linux'
  properties: {
    dataSources: {
      extensions: [
        {
          name: 'containers'
          extensionName: 'ContainerInsights'
          streams: [
            'Microsoft-ContainerLogV2'
          ]
          extensionSettings: {
            dataCollectionSettings: {
              enableContainerLogV2: true
              interval: '1m'
              namespaceFilteringMode: 'Off'
            }
          }
        }
      ]
    }
    destinations: {
      logAnalytics: [
        {
          name: 'logs'
          workspaceResourceId: logs.id
        }
      ]
    }
    dataFlows: [
      {
        streams: [
          'Microsoft-ContainerLogV2'
        ]
        destinations: [
          'logs'
        ]
      }
    ]
  }
}

@description('The Log Analytics workspace.')
output workspaceResourceId string = logs.id

@description('The rule by which a cluster sends Prometheus metrics.')
output metricsRuleResourceId string = metricsRule.id

@description('The rule by which a cluster sends container logs.')
output logsRuleResourceId string = logsRule.id
