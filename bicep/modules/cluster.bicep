metadata name = 'Cluster'
metadata description = 'An AKS cluster with workload identity, KEDA, the secrets driver, and metrics and logs in Azure Monitor.'

@description('Required. The cluster\'s name.')
@minLength(1)
@maxLength(63)
param name string

@description('Required. The Azure region.')
param location string

@description('Required. Tags of the cluster.')
param tags object

@description('Optional. The minor version of Kubernetes, such as 1.34; by default AKS chooses, and upgrades within it.')
param kubernetesVersion string?

@description('Required. The machine of system nodes.')
param systemNodeVmSize string

@description('Required. The machine of the nodes that run Guard.')
param nodeVmSize string

@description('Required. The least number of nodes that run Guard, 1 to 1000.')
@minValue(1)
@maxValue(1000)
param nodeMinCount int

@description('Required. The greatest number of nodes that run Guard, 1 to 1000.')
@minValue(1)
@maxValue(1000)
param nodeMaxCount int

@description('Required. The availability zones over which nodes spread; empty in a region without zones.')
param availabilityZones string[]

@description('Required. The subnet of the nodes.')
param nodeSubnetResourceId string

@description('Required. The object ids of the Entra groups that administer the cluster.')
param adminGroupObjectIds string[]

@description('Required. The address ranges that reach the API server; empty for all.')
param authorizedIpRanges string[]

@description('Required. The Log Analytics workspace of the diagnostics.')
param workspaceResourceId string

@description('Required. The rule by which the cluster sends Prometheus metrics.')
param metricsRuleResourceId string

@description('Required. The rule by which the cluster sends container logs.')
param logsRuleResourceId string

var networkContributorRole = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4d97b98b-1d4f-4787-a291-c67834d212e7') // Network Contributor

resource nodeSubnet 'Microsoft.Network/virtualNetworks/subnets@2025-05-01' existing = {
  name: '${split(nodeSubnetResourceId, '/')[8]}/${last(split(nodeSubnetResourceId, '/'))}'
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${name}'
  location: location
  tags: tags
}

resource subnetAssignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: nodeSubnet
  name: guid(nodeSubnetResourceId, identity.id, networkContributorRole)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: networkContributorRole
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-10-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: 'Base'
    tier: 'Standard'
  }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    dnsPrefix: name
    kubernetesVersion: kubernetesVersion
    disableLocalAccounts: true
    enableRBAC: true
    aadProfile: {
      managed: true
      enableAzureRBAC: true
      adminGroupObjectIDs: adminGroupObjectIds
      tenantID: tenant().tenantId
    }
    apiServerAccessProfile: {
      authorizedIPRanges: authorizedIpRanges
    }
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        vmSize: systemNodeVmSize
        osType: 'Linux'
        osSKU: 'AzureLinux'
        enableAutoScaling: true
        count: 2
        minCount: 2
        maxCount: 4
        availabilityZones: availabilityZones
        vnetSubnetID: nodeSubnetResourceId
        nodeTaints: [
          'CriticalAddonsOnly=true:NoSchedule'
        ]
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
      {
        name: 'guard'
        mode: 'User'
        vmSize: nodeVmSize
        osType: 'Linux'
        osSKU: 'AzureLinux'
        enableAutoScaling: true
        count: nodeMinCount
        minCount: nodeMinCount
        maxCount: nodeMaxCount
        availabilityZones: availabilityZones
        vnetSubnetID: nodeSubnetResourceId
        upgradeSettings: {
          drainTimeoutInMinutes: 30
          maxSurge: '33%'
        }
      }
    ]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      loadBalancerSku: 'standard'
      outboundType: 'loadBalancer'
    }
    oidcIssuerProfile: {
      enabled: true
    }
    securityProfile: {
      imageCleaner: {
        enabled: true
        intervalHours: 168
      }
      workloadIdentity: {
        enabled: true
      }
    }
    workloadAutoScalerProfile: {
      keda: {
        enabled: true
      }
    }
    azureMonitorProfile: {
      metrics: {
        enabled: true
      }
    }
    addonProfiles: {
      azureKeyvaultSecretsProvider: {
        enabled: true
        config: {
          enableSecretRotation: 'true'
          rotationPollInterval: '2m'
        }
      }
      omsagent: {
        enabled: true
        config: {
          logAnalyticsWorkspaceResourceID: workspaceResourceId
          useAADAuth: 'true'
        }
      }
    }
    autoUpgradeProfile: {
      nodeOSUpgradeChannel: 'NodeImage'
      upgradeChannel: 'patch'
    }
  }
  dependsOn: [
    subnetAssignment
  ]
}

resource metricsAssociation 'Microsoft.Insights/dataCollectionRuleAssociations@2023-03-11' = {
  scope: cluster
  name: 'guard-metrics'
  properties: {
    dataCollectionRuleId: metricsRuleResourceId
  }
}

resource logsAssociation 'Microsoft.Insights/dataCollectionRuleAssociations@2023-03-11' = {
  scope: cluster
  name: 'ContainerInsightsExtension'
  properties: {
    dataCollectionRuleId: logsRuleResourceId
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: cluster
  name: 'guard'
  properties: {
    workspaceId: workspaceResourceId
    logs: [
      {
        category: 'kube-audit-admin'
        enabled: true
      }
      {
        category: 'guard'
        enabled: true
      }
      {
        category: 'cluster-autoscaler'
        enabled: true
      }
    ]
  }
}

@description('The cluster\'s OIDC issuer.')
output oidcIssuerUrl string = cluster.properties.oidcIssuerProfile.issuerURL

@description('The object id of the identity with which the nodes pull images.')
output kubeletPrincipalId string = cluster.properties.identityProfile.kubeletidentity.objectId
