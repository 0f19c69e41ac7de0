metadata name = 'Container registry'
metadata description = 'A container registry that the cluster\'s nodes may pull from.'

@description('Required. The registry\'s name, unique in Azure.')
@minLength(5)
@maxLength(50)
param name string

@description('Required. The Azure region.')
param location string

@description('Required. Tags of the registry.')
param tags object

@description('Required. The pricing tier; a private endpoint takes Premium.')
@allowed([
  'Basic'
  'Standard'
  'Premium'
])
param skuName string

@description('Required. Whether a Premium registry spreads over the region\'s availability zones.')
param zoneRedundant bool

@description('Required. The object id of the identity with which the nodes pull images.')
param kubeletPrincipalId string

@description('Required. The Log Analytics workspace of the diagnostics.')
param workspaceResourceId string

@description('Optional. The subnet of a private endpoint; without one, the registry is reached over its public address.')
param endpointSubnetResourceId string?

@description('Conditional. The private DNS zone of the registry. Required if endpointSubnetResourceId is given.')
param dnsZoneResourceId string?

var pullRole = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d') // AcrPull

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: skuName
  }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    publicNetworkAccess: empty(endpointSubnetResourceId) ? 'Enabled' : 'Disabled'
    zoneRedundancy: zoneRedundant && skuName == 'Premium' ? 'Enabled' : 'Disabled'
  }
}

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: registry
  name: guid(registry.id, kubeletPrincipalId, pullRole)
  properties: {
    principalId: kubeletPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: pullRole
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: registry
  name: 'guard'
  properties: {
    workspaceId: workspaceResourceId
    logs: [
      {
        categoryGroup: 'audit'
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
    targetResourceId: registry.id
    groupId: 'registry'
    dnsZoneResourceId: dnsZoneResourceId!
  }
}

@description('The registry\'s host name.')
output loginServer string = registry.properties.loginServer
