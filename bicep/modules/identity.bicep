metadata name = 'Workload identity'
metadata description = 'A user-assigned identity that one Kubernetes service account may take on.'

@description('Required. The identity\'s name.')
@minLength(3)
@maxLength(128)
param name string

@description('Required. The Azure region.')
param location string

@description('Required. Tags of the identity.')
param tags object

@description('Required. The cluster\'s OIDC issuer.')
param oidcIssuerUrl string

@description('Required. The Kubernetes namespace of the service account.')
@minLength(1)
@maxLength(63)
param serviceAccountNamespace string

@description('Required. The service account.')
@minLength(1)
@maxLength(253)
param serviceAccountName string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

resource federation 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2024-11-30' = {
  parent: identity
  name: 'kubernetes'
  properties: {
    issuer: oidcIssuerUrl
    subject: 'system:serviceaccount:${serviceAccountNamespace}:${serviceAccountName}'
    audiences: [
      'api://AzureADTokenExchange'
    ]
  }
}

@description('The identity\'s client id, for the service account\'s annotation.')
output clientId string = identity.properties.clientId

@description('The identity\'s object id, for role assignments.')
output principalId string = identity.properties.principalId
