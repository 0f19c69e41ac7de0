metadata name = 'Key vault'
metadata description = 'A key vault for the hashing key and, with PostgreSQL, its connection string.'

@description('Required. The vault\'s name, unique in Azure.')
@minLength(3)
@maxLength(24)
param name string

@description('Required. The Azure region.')
param location string

@description('Required. Tags of the vault.')
param tags object

@description('Required. The object ids of the identities that read secrets.')
param readerPrincipalIds string[]

@description('Required. The object ids of the people and pipelines that set secrets.')
param officerPrincipalIds string[]

@description('Required. The Log Analytics workspace of the diagnostics.')
param workspaceResourceId string

@description('Optional. The subnet of a private endpoint; without one, the vault is reached over its public address.')
param endpointSubnetResourceId string?

@description('Conditional. The private DNS zone of Key Vault. Required if endpointSubnetResourceId is given.')
param dnsZoneResourceId string?

var userRole = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6') // Key Vault Secrets User
var officerRole = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7') // Key Vault Secrets Officer

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enablePurgeProtection: true
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: empty(endpointSubnetResourceId) ? 'Allow' : 'Deny'
    }
    publicNetworkAccess: empty(endpointSubnetResourceId) ? 'Enabled' : 'Disabled'
  }
}

resource readers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for principalId in readerPrincipalIds: {
    scope: vault
    name: guid(vault.id, principalId, userRole)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: userRole
    }
  }
]

resource officers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for principalId in officerPrincipalIds: {
    scope: vault
    name: guid(vault.id, principalId, officerRole)
    properties: {
      principalId: principalId
      roleDefinitionId: officerRole
    }
  }
]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
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
    targetResourceId: vault.id
    groupId: 'vault'
    dnsZoneResourceId: dnsZoneResourceId!
  }
}

@description('The vault\'s name.')
output vaultName string = vault.name
