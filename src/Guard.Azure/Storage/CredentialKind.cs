namespace Guard.Azure.Storage;

/// <summary>How Guard proves to Azure who it is.</summary>
public enum CredentialKind
{
    /// <summary>The first of environment, workload identity, managed identity and the developer's own sign-in that answers.</summary>
    Default,

    /// <summary>The Kubernetes service account's federated identity, and nothing else.</summary>
    WorkloadIdentity,

    /// <summary>The managed identity of the machine, and nothing else.</summary>
    ManagedIdentity,
}
