# The outputs of main.bicep as a values file of the chart:
#
#   az deployment group show -g GROUP -n guard --query properties.outputs -o json | jq -f bicep/outputs-to-values.jq > values-azure-mine.yaml
#
# JSON is YAML. Azure gives { "name": { "type": …, "value": … } }; a missing output is an error and no null.
def of($name): if has($name) then .[$name].value else error("the deployment has no output \($name): deploy bicep/main.bicep of this version") end;
{
  image: { registry: of("acrLoginServer") },
  serviceAccount: { name: of("serviceAccountName") },
  azure: {
    tenantId: of("tenantId"),
    workloadIdentityClientId: of("workloadIdentityClientId"),
    keyVault: { name: of("keyVaultName"), hashingKeySecretName: of("hashingKeySecretName"), postgresSecretName: of("postgresSecretName") }
  },
  clustering: {
    provider: of("clustering"),
    azureStorage: { tableServiceUri: of("stateTableEndpoint") },
    postgres: { host: of("postgresHost") }
  },
  eventHubs: {
    namespace: of("eventHubsNamespaceFqdn"),
    hub: of("eventHubName"),
    consumerGroup: of("consumerGroup"),
    partitionCount: of("eventHubPartitionCount"),
    checkpoints: { serviceUri: of("stateBlobEndpoint"), container: of("checkpointsContainer") }
  },
  artifacts: { serviceUri: of("artifactsBlobEndpoint"), container: of("artifactsContainer") },
  grainStorage: { serviceUri: of("stateBlobEndpoint"), container: of("stateContainer") },
  autoscaling: { keda: { identityClientId: of("kedaIdentityClientId"), storageAccountName: of("stateAccountName") } }
}
