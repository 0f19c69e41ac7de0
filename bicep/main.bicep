metadata name = 'Guard'
metadata description = 'All that Guard needs in Azure: Event Hubs, storage, identities, key vault, registry, monitoring, and a cluster unless there is one.'

targetScope = 'resourceGroup'

@description('Required. What the names of all resources hold, such as guardprod: 3 to 11 lower-case letters and digits, first a letter.')
@minLength(3)
@maxLength(11)
param name string

@description('Optional. The Azure region. Default: the resource group\'s.')
param location string = resourceGroup().location

@description('Optional. Tags of all resources. Default: none.')
param tags object = {}

@description('Optional. Where silos find each other and keep reminders: tables of the state account, or a PostgreSQL server.')
@allowed([
  'AzureStorage'
  'PostgreSql'
])
param clustering string = 'AzureStorage'

@description('Optional. Whether Event Hubs, storage, key vault and registry are reached over private endpoints only. The registry is then Premium. PostgreSQL always is.')
param privateEndpoints bool = false

@description('Optional. How many days logs are kept, 30 to 730.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

// Kubernetes

@description('Optional. The Kubernetes namespace that the chart is installed in.')
@minLength(1)
@maxLength(63)
param serviceAccountNamespace string = 'guard'

@description('Optional. The service account that the chart makes.')
@minLength(1)
@maxLength(253)
param serviceAccountName string = 'guard'

@description('Optional. The namespace of KEDA\'s operator; that of the AKS add-on by default.')
@minLength(1)
@maxLength(63)
param kedaNamespace string = 'kube-system'

@description('Optional. The service account of KEDA\'s operator.')
@minLength(1)
@maxLength(253)
param kedaServiceAccountName string = 'keda-operator'

@description('Optional. An AKS cluster that is there already, with OIDC issuer and workload identity. Default: a new cluster is made.')
param existingClusterName string?

@description('Optional. The resource group of the existing cluster. Default: this one.')
param existingClusterResourceGroup string = resourceGroup().name

@description('Conditional. The existing cluster\'s virtual network, for the private DNS zones. Required if existingClusterName is given with privateEndpoints or PostgreSql.')
param existingVirtualNetworkResourceId string?

@description('Conditional. A subnet for private endpoints that the existing cluster reaches. Required if existingClusterName is given with privateEndpoints or PostgreSql.')
param existingEndpointSubnetResourceId string?

@description('Optional. The IPv4 range of the new cluster\'s network, /16 to /22.')
param addressPrefix string = '10.20.0.0/16'

@description('Optional. The minor version of Kubernetes of the new cluster, such as 1.34. Default: that of AKS.')
param kubernetesVersion string?

@description('Optional. The machine of the new cluster\'s system nodes.')
param systemNodeVmSize string = 'Standard_D2ads_v5'

@description('Optional. The machine of the new cluster\'s nodes that run Guard.')
param nodeVmSize string = 'Standard_D4ads_v5'

@description('Optional. The least number of nodes that run Guard, 1 to 1000; three for one in each zone.')
@minValue(1)
@maxValue(1000)
param nodeMinCount int = 3

@description('Optional. The greatest number of nodes that run Guard, 1 to 1000.')
@minValue(1)
@maxValue(1000)
param nodeMaxCount int = 10

@description('Optional. The region\'s availability zones, over which Event Hubs, a Premium registry and a new cluster spread; empty in a region without zones.')
param availabilityZones string[] = [
  '1'
  '2'
  '3'
]

@description('Optional. The object ids of the Entra groups that administer the new cluster. Without any, Azure roles alone decide.')
param clusterAdminGroupObjectIds string[] = []

@description('Optional. The address ranges that reach the new cluster\'s API server. Default: all.')
param authorizedIpRanges string[] = []

// Event Hubs

@description('Optional. The tier of the Event Hubs namespace.')
@allowed([
  'Standard'
  'Premium'
])
param eventHubsSku string = 'Standard'

@description('Optional. Throughput units (Standard, 1 to 40; each takes 1 MB or 1,000 events a second in) or processing units (Premium: 1, 2, 4, 8, 12 or 16).')
@minValue(1)
@maxValue(40)
param eventHubsCapacity int = 1

@description('Optional. Up to how many throughput units the namespace grows by itself, 0 (never) to 40; without effect in Premium.')
@minValue(0)
@maxValue(40)
param eventHubsMaximumThroughputUnits int = 0

@description('Optional. The hub that producers send clicks to, in lower case, as KEDA looks for it.')
@minLength(1)
@maxLength(256)
param eventHubName string = 'clicks'

@description('Optional. The hub\'s partitions, 1 to 100 (Standard: to 32, and fixed once made). At most as many silos read at once.')
@minValue(1)
@maxValue(100)
param eventHubPartitionCount int = 8

@description('Optional. How many hours events are kept, 1 to 2160 (Standard: to 168). An outage longer than that loses events.')
@minValue(1)
@maxValue(2160)
param eventHubRetentionHours int = 72

@description('Optional. Guard\'s own consumer group.')
@minLength(1)
@maxLength(50)
param consumerGroup string = 'guard'

@description('Optional. The object ids of the identities that send clicks to the hub.')
param producerPrincipalIds string[] = []

// Storage

@description('Optional. How models, thresholds and state are replicated; zone-redundant by default.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
  'Standard_GZRS'
])
param storageSku string = 'Standard_ZRS'

@description('Optional. How many days overwritten and deleted models and thresholds can be had back, 1 to 365.')
@minValue(1)
@maxValue(365)
param artifactRecoveryDays int = 30

@description('Optional. How many days the account keeps rejected events at most, 1 to 3650; they hold personal data in the clear. Guard itself deletes them after the chart\'s grains.keepQuarantineFor, and this where Guard no longer runs.')
@minValue(1)
@maxValue(3650)
param quarantineRetentionDays int = 14

@description('Optional. The object ids of the people and pipelines that publish models and thresholds.')
param publisherPrincipalIds string[] = []

// Secrets

@description('Optional. The object ids of the people and pipelines that set the hashing key.')
param secretsOfficerPrincipalIds string[] = []

// Registry

@description('Optional. The tier of the container registry; Premium is taken where privateEndpoints is set.')
@allowed([
  'Basic'
  'Standard'
  'Premium'
])
param registrySku string = 'Standard'

// PostgreSQL

@description('Conditional. The password of PostgreSQL\'s administrator, 16 to 128 characters without quote, semicolon and space. Required if clustering is PostgreSql.')
@secure()
param postgresAdministratorPassword string?

@description('Optional. The name of PostgreSQL\'s administrator.')
@minLength(1)
@maxLength(63)
param postgresAdministratorLogin string = 'guardadmin'

@description('Optional. The machine of the PostgreSQL server.')
param postgresSkuName string = 'Standard_D2ds_v5'

@description('Optional. The tier of the PostgreSQL server, which must be the machine\'s.')
@allowed([
  'Burstable'
  'GeneralPurpose'
  'MemoryOptimized'
])
param postgresSkuTier string = 'GeneralPurpose'

@description('Optional. The major version of PostgreSQL.')
@allowed([
  '16'
  '17'
  '18'
])
param postgresVersion string = '17'

@description('Optional. The size of the PostgreSQL server\'s disk in GiB.')
@allowed([
  32
  64
  128
  256
  512
  1024
])
param postgresStorageSizeGB int = 64

@description('Optional. Whether a PostgreSQL standby in another zone takes over; not with Burstable.')
param postgresZoneRedundant bool = true

@description('Optional. How many days PostgreSQL can be restored to, 7 to 35.')
@minValue(7)
@maxValue(35)
param postgresBackupRetentionDays int = 14

var unique = substring(uniqueString(resourceGroup().id), 0, 6)
var suffix = '${name}-${unique}'
var withPostgres = clustering == 'PostgreSql'
var withEndpoints = privateEndpoints || withPostgres
var containers = {
  artifacts: 'artifacts'
  checkpoints: 'checkpoints'
  state: 'state'
}
var postgresDatabase = 'guard'
var postgresSecret = 'postgres-connection-string'
var endpointSubnet = empty(existingClusterName) ? network!.outputs.endpointSubnetResourceId : existingEndpointSubnetResourceId

module monitoring 'modules/monitoring.bicep' = {
  params: {
    suffix: suffix
    location: location
    tags: tags
    retentionDays: logRetentionDays
  }
}

module network 'modules/network.bicep' = if (empty(existingClusterName)) {
  params: {
    name: 'vnet-${suffix}'
    location: location
    tags: tags
    addressPrefix: addressPrefix
  }
}

module privateDns 'modules/private-dns.bicep' = if (withEndpoints) {
  params: {
    tags: tags
    virtualNetworkResourceId: empty(existingClusterName) ? network!.outputs.virtualNetworkResourceId : existingVirtualNetworkResourceId!
  }
}

module cluster 'modules/cluster.bicep' = if (empty(existingClusterName)) {
  params: {
    name: 'aks-${suffix}'
    location: location
    tags: tags
    kubernetesVersion: kubernetesVersion
    systemNodeVmSize: systemNodeVmSize
    nodeVmSize: nodeVmSize
    nodeMinCount: nodeMinCount
    nodeMaxCount: nodeMaxCount
    availabilityZones: availabilityZones
    nodeSubnetResourceId: network!.outputs.nodeSubnetResourceId
    adminGroupObjectIds: clusterAdminGroupObjectIds
    authorizedIpRanges: authorizedIpRanges
    workspaceResourceId: monitoring.outputs.workspaceResourceId
    metricsRuleResourceId: monitoring.outputs.metricsRuleResourceId
    logsRuleResourceId: monitoring.outputs.logsRuleResourceId
  }
}

module existingCluster 'modules/existing-cluster.bicep' = if (!empty(existingClusterName)) {
  scope: resourceGroup(existingClusterResourceGroup)
  params: {
    name: existingClusterName!
  }
}

module workloadIdentity 'modules/identity.bicep' = {
  params: {
    name: 'id-guard-${suffix}'
    location: location
    tags: tags
    oidcIssuerUrl: empty(existingClusterName) ? cluster!.outputs.oidcIssuerUrl : existingCluster!.outputs.oidcIssuerUrl
    serviceAccountNamespace: serviceAccountNamespace
    serviceAccountName: serviceAccountName
  }
}

module kedaIdentity 'modules/identity.bicep' = {
  params: {
    name: 'id-keda-${suffix}'
    location: location
    tags: tags
    oidcIssuerUrl: empty(existingClusterName) ? cluster!.outputs.oidcIssuerUrl : existingCluster!.outputs.oidcIssuerUrl
    serviceAccountNamespace: kedaNamespace
    serviceAccountName: kedaServiceAccountName
  }
}

module eventHubs 'modules/event-hubs.bicep' = {
  params: {
    name: 'evhns-${suffix}'
    location: location
    tags: tags
    skuName: eventHubsSku
    capacity: eventHubsCapacity
    maximumThroughputUnits: eventHubsMaximumThroughputUnits
    zoneRedundant: !empty(availabilityZones)
    hubName: toLower(eventHubName)
    partitionCount: eventHubPartitionCount
    retentionHours: eventHubRetentionHours
    consumerGroupName: consumerGroup
    receiverPrincipalIds: [
      workloadIdentity.outputs.principalId
      kedaIdentity.outputs.principalId
    ]
    senderPrincipalIds: producerPrincipalIds
    workspaceResourceId: monitoring.outputs.workspaceResourceId
    endpointSubnetResourceId: privateEndpoints ? endpointSubnet : null
    dnsZoneResourceId: privateEndpoints ? privateDns!.outputs.eventHubsZoneResourceId : null
  }
}

// Models and thresholds: written rarely, kept long, restorable.
module artifacts 'modules/storage.bicep' = {
  params: {
    name: 'st${name}art${unique}'
    location: location
    tags: tags
    skuName: storageSku
    containers: [
      containers.artifacts
    ]
    versioning: true
    recoveryDays: artifactRecoveryDays
    expiries: []
    contributors: [
      {
        container: containers.artifacts
        principalId: workloadIdentity.outputs.principalId
      }
    ]
    readers: []
    publishers: [
      for principalId in publisherPrincipalIds: {
        container: containers.artifacts
        principalId: principalId
      }
    ]
    tablePrincipalIds: []
    workspaceResourceId: monitoring.outputs.workspaceResourceId
    endpointSubnetResourceId: privateEndpoints ? endpointSubnet : null
    blobZoneResourceId: privateEndpoints ? privateDns!.outputs.blobZoneResourceId : null
  }
}

// Positions, shards and membership, overwritten every few seconds, and events and decisions, which come and go: without versions
// and soft delete. Guard itself deletes events once they are committed and decisions at the chart's grains.keepDecisionsFor; a rule
// that deleted what its index still names would be a loss. Rejected events alone are nobody's but the store's.
module state 'modules/storage.bicep' = {
  params: {
    name: 'st${name}sta${unique}'
    location: location
    tags: tags
    skuName: storageSku
    containers: [
      containers.checkpoints
      containers.state
    ]
    versioning: false
    recoveryDays: 0
    expiries: [
      {
        prefix: '${containers.state}/quarantine/'
        days: quarantineRetentionDays
      }
    ]
    contributors: [
      {
        container: containers.checkpoints
        principalId: workloadIdentity.outputs.principalId
      }
      {
        container: containers.state
        principalId: workloadIdentity.outputs.principalId
      }
    ]
    readers: [
      {
        container: containers.checkpoints
        principalId: kedaIdentity.outputs.principalId
      }
    ]
    publishers: []
    tablePrincipalIds: withPostgres
      ? []
      : [
          workloadIdentity.outputs.principalId
        ]
    workspaceResourceId: monitoring.outputs.workspaceResourceId
    endpointSubnetResourceId: privateEndpoints ? endpointSubnet : null
    blobZoneResourceId: privateEndpoints ? privateDns!.outputs.blobZoneResourceId : null
    tableZoneResourceId: privateEndpoints ? privateDns!.outputs.tableZoneResourceId : null
  }
}

module vault 'modules/key-vault.bicep' = {
  params: {
    name: 'kv-${suffix}'
    location: location
    tags: tags
    readerPrincipalIds: [
      workloadIdentity.outputs.principalId
    ]
    officerPrincipalIds: secretsOfficerPrincipalIds
    workspaceResourceId: monitoring.outputs.workspaceResourceId
    endpointSubnetResourceId: privateEndpoints ? endpointSubnet : null
    dnsZoneResourceId: privateEndpoints ? privateDns!.outputs.keyVaultZoneResourceId : null
  }
}

module registry 'modules/registry.bicep' = {
  params: {
    name: 'cr${name}${unique}'
    location: location
    tags: tags
    skuName: privateEndpoints ? 'Premium' : registrySku
    zoneRedundant: !empty(availabilityZones)
    kubeletPrincipalId: empty(existingClusterName) ? cluster!.outputs.kubeletPrincipalId : existingCluster!.outputs.kubeletPrincipalId
    workspaceResourceId: monitoring.outputs.workspaceResourceId
    endpointSubnetResourceId: privateEndpoints ? endpointSubnet : null
    dnsZoneResourceId: privateEndpoints ? privateDns!.outputs.registryZoneResourceId : null
  }
}

module postgresql 'modules/postgresql.bicep' = if (withPostgres) {
  params: {
    name: 'psql-${suffix}'
    location: location
    tags: tags
    skuName: postgresSkuName
    skuTier: postgresSkuTier
    version: postgresVersion
    storageSizeGB: postgresStorageSizeGB
    zoneRedundant: postgresZoneRedundant
    backupRetentionDays: postgresBackupRetentionDays
    administratorLogin: postgresAdministratorLogin
    administratorPassword: postgresAdministratorPassword!
    databaseName: postgresDatabase
    vaultName: vault.outputs.vaultName
    secretName: postgresSecret
    workspaceResourceId: monitoring.outputs.workspaceResourceId
    endpointSubnetResourceId: endpointSubnet!
    dnsZoneResourceId: privateDns!.outputs.postgresqlZoneResourceId
  }
}

@description('The registry that images are pulled from.')
output acrLoginServer string = registry.outputs.loginServer

@description('The tenant of all identities.')
output tenantId string = tenant().tenantId

@description('The client id that the chart\'s service account is annotated with.')
output workloadIdentityClientId string = workloadIdentity.outputs.clientId

@description('The service account that may take the workload identity on.')
output serviceAccountName string = serviceAccountName

@description('The client id with which KEDA reads positions.')
output kedaIdentityClientId string = kedaIdentity.outputs.clientId

@description('The host name of the Event Hubs namespace.')
output eventHubsNamespaceFqdn string = eventHubs.outputs.fullyQualifiedNamespace

@description('The hub that clicks come from.')
output eventHubName string = eventHubs.outputs.hubName

@description('Guard\'s consumer group.')
output consumerGroup string = eventHubs.outputs.consumerGroupName

@description('The hub\'s partitions, which bound the replicas that read.')
output eventHubPartitionCount int = eventHubPartitionCount

@description('The blob endpoint of models and thresholds.')
output artifactsBlobEndpoint string = artifacts.outputs.blobEndpoint

@description('The container of models and thresholds.')
output artifactsContainer string = containers.artifacts

@description('The account of positions and state, as KEDA names it.')
output stateAccountName string = state.outputs.accountName

@description('The blob endpoint of positions and state.')
output stateBlobEndpoint string = state.outputs.blobEndpoint

@description('The table endpoint of membership and reminders.')
output stateTableEndpoint string = state.outputs.tableEndpoint

@description('The container of positions.')
output checkpointsContainer string = containers.checkpoints

@description('The container of grains\' state, decisions and rejected events.')
output stateContainer string = containers.state

@description('Where silos find each other: AzureStorage or PostgreSql.')
output clustering string = clustering

@description('The vault of the hashing key.')
output keyVaultName string = vault.outputs.vaultName

@description('The name of the hashing key among the vault\'s secrets.')
output hashingKeySecretName string = 'hashing-key'

@description('The host name of PostgreSQL; empty without it.')
output postgresHost string = withPostgres ? postgresql!.outputs.host : ''

@description('The name of PostgreSQL\'s connection string among the vault\'s secrets; empty without it.')
output postgresSecretName string = withPostgres ? postgresSecret : ''
