using Guard.Azure.Storage;

namespace Guard.Silo.Configuration;

/// <summary>The event hub that feeds the cluster. Section <c>Guard:EventHubs</c>; without it, events come over HTTP.</summary>
public sealed record HubSettings
{
    /// <summary>Gets a connection string, which holds a key: for an emulator. Default: none.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Gets the namespace's host name, such as <c>guard.servicebus.windows.net</c>, where the silo's identity may receive. Default: none.</summary>
    public string? Namespace { get; init; }

    /// <summary>Gets which identity is used at <see cref="Namespace"/>. Default: <see cref="CredentialKind.Default"/>.</summary>
    public CredentialKind Credential { get; init; }

    /// <summary>Gets the client id of the user-assigned identity. Default: the one that the environment names, or the system's.</summary>
    public string? ClientId { get; init; }

    /// <summary>Gets the event hub's name, in lower case. Needed.</summary>
    public string Hub { get; init; } = "";

    /// <summary>Gets the consumer group, which should be this cluster's own. Default: $Default.</summary>
    public string ConsumerGroup { get; init; } = "$Default";

    /// <summary>Gets the most messages that a partition's grain is given at once, in [1, 4096]. Default: 1,000.</summary>
    public int BatchSize { get; init; } = 1000;

    /// <summary>Gets how often the hub is asked, in [1 ms, 1 s]. Default: 20 ms.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Gets how far apart deliveries to a partition begin that are not full, in [0, 5 s]. Default: 250 ms. Each becomes a write of decisions; one after a pause goes at once.</summary>
    public TimeSpan GatherFor { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets how long a delivery is tried before the partition's grain reads from the hub what it was not given, in [1 min, 1 day]. Default: 15 min.</summary>
    public TimeSpan DeliverFor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets how long a message stays in the stream's cache at least, in [1 s, 1 h]. Default: 15 s.</summary>
    public TimeSpan CacheFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets the blob container of positions, which KEDA reads. Default: none; positions are kept among the state.</summary>
    public BlobStorageOptions? Checkpoints { get; init; }

    internal void Validate()
    {
        const string Section = "EventHubs";
        Setting.Require(ConnectionString is null != Namespace is null, Section, nameof(Namespace), $"give either {nameof(Namespace)}, for an identity, or {nameof(ConnectionString)}, for a key");
        Setting.Require(Namespace is null || Uri.CheckHostName(Namespace) == UriHostNameType.Dns, Section, nameof(Namespace), "give the host name alone, such as guard.servicebus.windows.net");
        Setting.Require(Enum.IsDefined(Credential), Section, nameof(Credential), "give Default, WorkloadIdentity or ManagedIdentity");
        Setting.Require(ClientId is null || Guid.TryParse(ClientId, out _), Section, nameof(ClientId), "give the identity's client id, a GUID");
        Setting.Require(Hub.Length is > 0 and <= 256 && !Hub.Any(char.IsUpper), Section, nameof(Hub), "give the event hub's name, in lower case");
        Setting.Require(ConsumerGroup.Length is > 0 and <= 50, Section, nameof(ConsumerGroup), "give 1 to 50 characters");
        Setting.Require(BatchSize is >= 1 and <= 4096, Section, nameof(BatchSize), "give 1 to 4096");
        Setting.Require(PollEvery >= TimeSpan.FromMilliseconds(1) && PollEvery <= TimeSpan.FromSeconds(1), Section, nameof(PollEvery), "give 1 ms to 1 s");
        Setting.Require(GatherFor >= TimeSpan.Zero && GatherFor <= TimeSpan.FromSeconds(5), Section, nameof(GatherFor), "give 0 to 5 s");
        Setting.Require(DeliverFor >= TimeSpan.FromMinutes(1) && DeliverFor <= TimeSpan.FromDays(1), Section, nameof(DeliverFor), "give 1 min to 1 day");
        Setting.Require(CacheFor >= TimeSpan.FromSeconds(1) && CacheFor <= TimeSpan.FromHours(1), Section, nameof(CacheFor), "give 1 s to 1 h");
        Setting.Check($"{Section}:{nameof(Checkpoints)}", Checkpoints is null ? null : Checkpoints.Validate);
    }
}
