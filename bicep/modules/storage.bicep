metadata name = 'Storage account'
metadata description = 'A storage account with blob containers and tables, open to identities only.'

@description('Required. The account\'s name, unique in Azure.')
@minLength(3)
@maxLength(24)
param name string

@description('Required. The Azure region.')
param location string

@description('Required. Tags of the account.')
param tags object

@description('Required. How the data are replicated.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
  'Standard_GZRS'
])
param skuName string

@description('Required. The blob containers.')
param containers string[]

@description('Required. Whether overwritten blobs stay as versions. Not for what is overwritten every few seconds.')
param versioning bool

@description('Required. How many days what was deleted or overwritten can be had back, 1 to 365; 0 where it cannot.')
@minValue(0)
@maxValue(365)
param recoveryDays int

@description('Required. What is deleted some days after it was written.')
param expiries expiry[]

@description('Required. Who may read and write which container: its name and the identity\'s object id.')
param contributors containerGrant[]

@description('Required. Who may read which container: its name and the identity\'s object id.')
param readers containerGrant[]

@description('Required. Which people and pipelines may read and write which container beside them: its name and their object id.')
param publishers containerGrant[]

@description('Required. The object ids of the identities that read and write the account\'s tables.')
param tablePrincipalIds string[]

@description('Required. The Log Analytics workspace of the diagnostics.')
param workspaceResourceId string

@description('Optional. The subnet of private endpoints; without one, the account is reached over its public addresses.')
param endpointSubnetResourceId string?

@description('Conditional. The private DNS zone of blob storage. Required if endpointSubnetResourceId is given.')
param blobZoneResourceId string?

@description('Conditional. The private DNS zone of table storage. Required if endpointSubnetResourceId and tablePrincipalIds are given.')
param tableZoneResourceId string?

@description('A right on one container.')
type containerGrant = {
  @description('Required. The container.')
  container: string

  @description('Required. The object id of who has it.')
  principalId: string
}

@description('What is deleted after a time.')
type expiry = {
  @description('Required. Where it is: container/folder/.')
  prefix: string

  @description('Required. After how many days, 1 to 3650.')
  @minValue(1)
  @maxValue(3650)
  days: int
}

var contributorRole = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe') // Storage Blob Data Contributor
var readerRole = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1') // Storage Blob Data Reader
var tableRole = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3') // Storage Table Data Contributor

var overwrittenRule = {
  name: 'delete-overwritten-versions'
  type: 'Lifecycle'
  enabled: true
  definition: {
    actions: {
      version: {
        delete: {
          daysAfterCreationGreaterThan: max(recoveryDays, 1)
        }
      }
    }
    filters: {
      blobTypes: [
        'blockBlob'
      ]
    }
  }
}
var expiryRules = [
  for (expiry, index) in expiries: {
    name: 'delete-expired-${index}'
    type: 'Lifecycle'
    enabled: true
    definition: {
      actions: {
        baseBlob: {
          delete: {
            daysAfterCreationGreaterThan: expiry.days
          }
        }
      }
      filters: {
        blobTypes: [
          'blockBlob'
        ]
        prefixMatch: [
          expiry.prefix
        ]
      }
    }
  }
]

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: skuName
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: empty(endpointSubnetResourceId) ? 'Allow' : 'Deny'
    }
    publicNetworkAccess: empty(endpointSubnetResourceId) ? 'Enabled' : 'Disabled'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: versioning
    deleteRetentionPolicy: {
      enabled: recoveryDays > 0
      days: recoveryDays > 0 ? recoveryDays : null
    }
    containerDeleteRetentionPolicy: {
      enabled: recoveryDays > 0
      days: recoveryDays > 0 ? recoveryDays : null
    }
  }
}

resource blobContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = [
  for container in containers: {
    parent: blobs
    name: container
    properties: {
      publicAccess: 'None'
    }
  }
]

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = if (versioning || !empty(expiries)) {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: concat(versioning ? [overwrittenRule] : [], expiryRules)
    }
  }
  dependsOn: [
    blobs
  ]
}

resource contributorAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in contributors: {
    scope: blobContainers[indexOf(containers, grant.container)]
    name: guid(account.id, grant.container, grant.principalId, contributorRole)
    properties: {
      principalId: grant.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: contributorRole
    }
  }
]

resource readerAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in readers: {
    scope: blobContainers[indexOf(containers, grant.container)]
    name: guid(account.id, grant.container, grant.principalId, readerRole)
    properties: {
      principalId: grant.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: readerRole
    }
  }
]

resource publisherAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in publishers: {
    scope: blobContainers[indexOf(containers, grant.container)]
    name: guid(account.id, grant.container, grant.principalId, contributorRole)
    properties: {
      principalId: grant.principalId
      roleDefinitionId: contributorRole
    }
  }
]

resource tableAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for principalId in tablePrincipalIds: {
    scope: account
    name: guid(account.id, principalId, tableRole)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: tableRole
    }
  }
]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobs
  name: 'guard'
  properties: {
    workspaceId: workspaceResourceId
    logs: [
      {
        category: 'StorageDelete'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'Transaction'
        enabled: true
      }
    ]
  }
}

module blobEndpoint 'private-endpoint.bicep' = if (!empty(endpointSubnetResourceId)) {
  params: {
    name: 'pe-${name}-blob'
    location: location
    tags: tags
    subnetResourceId: endpointSubnetResourceId!
    targetResourceId: account.id
    groupId: 'blob'
    dnsZoneResourceId: blobZoneResourceId!
  }
}

module tableEndpoint 'private-endpoint.bicep' = if (!empty(endpointSubnetResourceId) && !empty(tablePrincipalIds)) {
  params: {
    name: 'pe-${name}-table'
    location: location
    tags: tags
    subnetResourceId: endpointSubnetResourceId!
    targetResourceId: account.id
    groupId: 'table'
    dnsZoneResourceId: tableZoneResourceId!
  }
}

@description('The account\'s name.')
output accountName string = account.name

@description('The account\'s blob endpoint.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('The account\'s table endpoint.')
output tableEndpoint string = account.properties.primaryEndpoints.table
