metadata name = 'Event hub'
metadata description = 'An Event Hubs namespace with one hub and Guard\'s consumer group, open to identities only.'

@description('Required. The namespace\'s name, unique in Azure.')
@minLength(6)
@maxLength(50)
param name string

@description('Required. The Azure region.')
param location string

@description('Required. Tags of the namespace.')
param tags object

@description('Required. The pricing tier.')
@allowed([
  'Standard'
  'Premium'
])
param skuName string

@description('Required. Throughput units (Standard, 1 to 40) or processing units (Premium: 1, 2, 4, 8, 12 or 16).')
@minValue(1)
@maxValue(40)
param capacity int

@description('Required. Up to how many throughput units the namespace grows by itself, 0 (never) to 40; without effect in Premium.')
@minValue(0)
@maxValue(40)
param maximumThroughputUnits int

@description('Required. Whether the namespace spreads over the region\'s availability zones.')
param zoneRedundant bool

@description('Required. The hub\'s name, in lower case as KEDA looks for it.')
@minLength(1)
@maxLength(256)
param hubName string

@description('Required. The hub\'s partitions, 1 to 100 (Standard: to 32). It bounds how many silos read at once, and cannot be changed in Standard.')
@minValue(1)
@maxValue(100)
param partitionCount int

@description('Required. How many hours events are kept, 1 to 2160 (Standard: to 168).')
@minValue(1)
@maxValue(2160)
param retentionHours int

@description('Required. Guard\'s own consumer group.')
@minLength(1)
@maxLength(50)
param consumerGroupName string

@description('Required. The object ids of the identities that receive from the hub.')
param receiverPrincipalIds string[]

@description('Required. The object ids of the identities that send to the hub.')
param senderPrincipalIds string[]

@description('Required. The Log Analytics workspace of the diagnostics.')
param workspaceResourceId string

@description('Optional. The subnet of a private endpoint; without one, the namespace is reached over its public address.')
param endpointSubnetResourceId string?

@description('Conditional. The private DNS zone of Event Hubs. Required if endpointSubnetResourceId is given.')
param dnsZoneResourceId string?

var receiverRole = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde') // Azure Event Hubs Data Receiver
var senderRole = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2b629674-e913-4c01-ae53-ef4638d8f975') // Azure Event Hubs Data Sender

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: skuName
    tier: skuName
    capacity: capacity
  }
  properties: {
    disableLocalAuth: true
    isAutoInflateEnabled: skuName == 'Standard' && maximumThroughputUnits > capacity
    maximumThroughputUnits: skuName == 'Standard' && maximumThroughputUnits > capacity ? maximumThroughputUnits : 0
    minimumTlsVersion: '1.2'
    publicNetworkAccess: empty(endpointSubnetResourceId) ? 'Enabled' : 'Disabled'
    zoneRedundant: zoneRedundant
  }
}

resource hub 'Microsoft.EventHub/namespaces/eventhubs@2024-01-01' = {
  parent: namespace
  name: hubName
  properties: {
    partitionCount: partitionCount
    retentionDescription: {
      cleanupPolicy: 'Delete'
      retentionTimeInHours: retentionHours
    }
  }
}

resource consumerGroup 'Microsoft.EventHub/namespaces/eventhubs/consumergroups@2024-01-01' = {
  parent: hub
  name: consumerGroupName
}

resource receivers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for principalId in receiverPrincipalIds: {
    scope: hub
    name: guid(hub.id, principalId, receiverRole)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: receiverRole
    }
  }
]

resource senders 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for principalId in senderPrincipalIds: {
    scope: hub
    name: guid(hub.id, principalId, senderRole)
    properties: {
      principalId: principalId
      roleDefinitionId: senderRole
    }
  }
]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: namespace
  name: 'guard'
  properties: {
    workspaceId: workspaceResourceId
    logs: [
      {
        categoryGroup: 'audit'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

module endpoint 'private-endpoint.bicep' = if (!empty(endpointSubnetResourceId)) {
  params: {
    name: 'pe-${name}'
    location: location
    tags: tags
    subnetResourceId: endpointSubnetResourceId!
    targetResourceId: namespace.id
    groupId: 'namespace'
    dnsZoneResourceId: dnsZoneResourceId!
  }
}

@description('The namespace\'s host name.')
output fullyQualifiedNamespace string = split(split(namespace.properties.serviceBusEndpoint, '/')[2], ':')[0]

@description('The hub.')
output hubName string = hub.name

@description('Guard\'s consumer group.')
output consumerGroupName string = consumerGroup.name
