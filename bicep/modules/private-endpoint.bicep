metadata name = 'Private endpoint'
metadata description = 'A private endpoint of one service, and its entry in a private DNS zone.'

@description('Required. The endpoint\'s name.')
@minLength(2)
@maxLength(64)
param name string

@description('Required. The Azure region.')
param location string

@description('Required. Tags of the endpoint.')
param tags object

@description('Required. The subnet that the endpoint gets its address from.')
param subnetResourceId string

@description('Required. The resource behind the endpoint.')
param targetResourceId string

@description('Required. Which of the resource\'s services it is.')
@allowed([
  'blob'
  'namespace'
  'postgresqlServer'
  'registry'
  'table'
  'vault'
])
param groupId string

@description('Required. The private DNS zone in which the endpoint is entered.')
param dnsZoneResourceId string

resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetResourceId
    }
    privateLinkServiceConnections: [
      {
        name: name
        properties: {
          privateLinkServiceId: targetResourceId
          groupIds: [
            groupId
          ]
        }
      }
    ]
  }
}

resource dnsEntry 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-05-01' = {
  parent: endpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: groupId
        properties: {
          privateDnsZoneId: dnsZoneResourceId
        }
      }
    ]
  }
}
