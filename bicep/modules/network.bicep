metadata name = 'Network'
metadata description = 'A virtual network with a subnet for the cluster\'s nodes and one for private endpoints.'

@description('Required. The network\'s name.')
@minLength(2)
@maxLength(64)
param name string

@description('Required. The Azure region.')
param location string

@description('Required. Tags of the network.')
param tags object

@description('Required. The network\'s IPv4 range, /16 to /22: its first half is the nodes\', its third quarter the private endpoints\'.')
param addressPrefix string

var prefixLength = int(split(addressPrefix, '/')[1])

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        addressPrefix
      ]
    }
    subnets: [
      {
        name: 'nodes'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, prefixLength + 1, 0)
          defaultOutboundAccess: false
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, prefixLength + 2, 2)
          defaultOutboundAccess: false
          privateEndpointNetworkPolicies: 'Enabled'
        }
      }
    ]
  }
}

@description('The network.')
output virtualNetworkResourceId string = network.id

@description('The subnet of the cluster\'s nodes.')
output nodeSubnetResourceId string = network.properties.subnets[0].id

@description('The subnet of private endpoints.')
output endpointSubnetResourceId string = network.properties.subnets[1].id
