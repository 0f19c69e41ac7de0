metadata name = 'PostgreSQL'
metadata description = 'A PostgreSQL flexible server, reached over a private endpoint only, whose connection string goes into the key vault.'

@description('Required. The server\'s name, unique in Azure.')
@minLength(3)
@maxLength(63)
param name string

@description('Required. The Azure region.')
param location string

@description('Required. Tags of the server.')
param tags object

@description('Required. The machine of the server, such as Standard_D2ds_v5.')
param skuName string

@description('Required. The pricing tier, which must be the machine\'s. Burstable has no high availability.')
@allowed([
  'Burstable'
  'GeneralPurpose'
  'MemoryOptimized'
])
param skuTier string

@description('Required. The major version of PostgreSQL.')
@allowed([
  '16'
  '17'
  '18'
])
param version string

@description('Required. The size of its disk in GiB.')
@allowed([
  32
  64
  128
  256
  512
  1024
])
param storageSizeGB int

@description('Required. Whether a standby in another zone takes over.')
param zoneRedundant bool

@description('Required. How many days it can be restored to, 7 to 35.')
@minValue(7)
@maxValue(35)
param backupRetentionDays int

@description('Required. The administrator\'s name.')
@minLength(1)
@maxLength(63)
param administratorLogin string

@description('Required. The administrator\'s password, 16 to 128 characters; no quote, semicolon or space, which a connection string would read otherwise.')
@minLength(16)
@maxLength(128)
@secure()
param administratorPassword string

@description('Required. The database that is made.')
@minLength(1)
@maxLength(31)
param databaseName string

@description('Required. The key vault that gets the connection string.')
param vaultName string

@description('Required. The name of the connection string among the vault\'s secrets.')
param secretName string

@description('Required. The Log Analytics workspace of the diagnostics.')
param workspaceResourceId string

@description('Required. The subnet of the private endpoint.')
param endpointSubnetResourceId string

@description('Required. The private DNS zone of PostgreSQL.')
param dnsZoneResourceId string

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: skuName
    tier: skuTier
  }
  properties: {
    version: version
    createMode: 'Default'
    administratorLogin: administratorLogin
    administratorLoginPassword: administratorPassword
    authConfig: {
      activeDirectoryAuth: 'Disabled'
      passwordAuth: 'Enabled'
    }
    backup: {
      backupRetentionDays: backupRetentionDays
      geoRedundantBackup: 'Disabled'
    }
    highAvailability: {
      mode: zoneRedundant ? 'ZoneRedundant' : 'Disabled'
    }
    network: {
      publicNetworkAccess: 'Disabled'
    }
    storage: {
      autoGrow: 'Enabled'
      storageSizeGB: storageSizeGB
    }
  }
}

resource database 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2025-08-01' = {
  parent: server
  name: databaseName
  properties: {
    charset: 'UTF8'
    collation: 'en_US.utf8'
  }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource connectionString 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: secretName
  tags: tags
  properties: {
    contentType: 'text/plain'
    value: 'Host=${server.properties.fullyQualifiedDomainName};Database=${databaseName};Username=${administratorLogin};Password=${administratorPassword};SSL Mode=VerifyFull'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: server
  name: 'guard'
  properties: {
    workspaceId: workspaceResourceId
    logs: [
      {
        category: 'PostgreSQLLogs'
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

module endpoint 'private-endpoint.bicep' = {
  params: {
    name: 'pe-${name}'
    location: location
    tags: tags
    subnetResourceId: endpointSubnetResourceId
    targetResourceId: server.id
    groupId: 'postgresqlServer'
    dnsZoneResourceId: dnsZoneResourceId
  }
}

@description('The server\'s host name.')
output host string = server.properties.fullyQualifiedDomainName
