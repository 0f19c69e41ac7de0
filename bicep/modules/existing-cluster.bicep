metadata name = 'Existing cluster'
metadata description = 'What Guard needs to know of an AKS cluster that is there already.'

@description('Required. The cluster\'s name.')
@minLength(1)
@maxLength(63)
param name string

resource cluster 'Microsoft.ContainerService/managedClusters@2025-10-01' existing = {
  name: name
}

@description('The cluster\'s OIDC issuer.')
output oidcIssuerUrl string = cluster.properties.oidcIssuerProfile.issuerURL

@description('The object id of the identity with which the nodes pull images.')
output kubeletPrincipalId string = cluster.properties.identityProfile.kubeletidentity.objectId
