metadata name = 'Private DNS'
metadata description = 'The private DNS zones of the services that Guard uses, linked to one virtual network.'

@description('Required. Tags of the zones.')
param tags object

@description('Required. The virtual network whose machines look names up in the zones.')
param virtualNetworkResourceId string

var names = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  eventHubs: 'privatelink.servicebus.windows.net'
  keyVault: 'privatelink.vaultcore.azure.net'
  postgresql: 'privatelink.postgres.database.azure.com'
  registry: 'privatelink${environment().suffixes.acrLoginServer}'
  table: 'privatelink.table.${environment().suffixes.storage}'
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in items(names): {
    name: zone.value
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, index) in items(names): {
    parent: zones[index]
    name: 'guard'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: virtualNetworkResourceId
      }
    }
  }
]

@description('The zone of blob storage.')
output blobZoneResourceId string = resourceId('Microsoft.Network/privateDnsZones', names.blob)

@description('The zone of Event Hubs.')
output eventHubsZoneResourceId string = resourceId('Microsoft.Network/privateDnsZones', names.eventHubs)

@description('The zone of Key Vault.')
output keyVaultZoneResourceId string = resourceId('Microsoft.Network/privateDnsZones', names.keyVault)

@description('The zone of PostgreSQL.')
output postgresqlZoneResourceId string = resourceId('Microsoft.Network/privateDnsZones', names.postgresql)

@description('The zone of the container registry.')
output registryZoneResourceId string = resourceId('Microsoft.Network/privateDnsZones', names.registry)

@description('The zone of table storage.')
output tableZoneResourceId string = resourceId('Microsoft.Network/privateDnsZones', names.table)
