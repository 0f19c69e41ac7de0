using 'main.bicep'

// Three zones, private endpoints, room to grow. Who may do what comes from the environment of whoever deploys.
param name = 'guardprod'
param tags = {
  app: 'guard'
  environment: 'prod'
}
param privateEndpoints = true
param clusterAdminGroupObjectIds = split(readEnvironmentVariable('GUARD_CLUSTER_ADMIN_GROUPS'), ',')
param secretsOfficerPrincipalIds = split(readEnvironmentVariable('GUARD_SECRETS_OFFICERS'), ',')
param publisherPrincipalIds = split(readEnvironmentVariable('GUARD_PUBLISHERS'), ',')
param producerPrincipalIds = split(readEnvironmentVariable('GUARD_PRODUCERS'), ',')
param eventHubsSku = 'Standard'
param eventHubsCapacity = 4
param eventHubsMaximumThroughputUnits = 20
param eventHubPartitionCount = 32
param eventHubRetentionHours = 168
param storageSku = 'Standard_ZRS'
param artifactRecoveryDays = 90
param logRetentionDays = 90
param nodeVmSize = 'Standard_D4ads_v5'
param nodeMinCount = 3
param nodeMaxCount = 20
