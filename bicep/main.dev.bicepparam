using 'main.bicep'

// The least that runs: one zone's worth of machines, public addresses, nothing kept for long.
param name = 'guarddev'
param tags = {
  app: 'guard'
  environment: 'dev'
}
param eventHubPartitionCount = 4
param eventHubRetentionHours = 24
param storageSku = 'Standard_LRS'
param artifactRecoveryDays = 7
param registrySku = 'Basic'
param nodeVmSize = 'Standard_D2ads_v5'
param nodeMinCount = 1
param nodeMaxCount = 3
