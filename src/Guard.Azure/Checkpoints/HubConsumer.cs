namespace Guard.Azure.Checkpoints;

/// <summary>Who reads what: a consumer group of one event hub.</summary>
public sealed record HubConsumer
{
    /// <summary>Gets the namespace's host name, such as <c>guard.servicebus.windows.net</c>.</summary>
    public required string Namespace { get; init; }

    /// <summary>Gets the event hub. KEDA looks for its name as the chart gives it, Guard writes it in lower case: name hubs in lower case.</summary>
    public required string EventHub { get; init; }

    /// <summary>Gets the consumer group, which should be Guard's own.</summary>
    public required string ConsumerGroup { get; init; }

    /// <summary>Checks every part.</summary>
    /// <exception cref="ArgumentException">A part does not do; the message names it.</exception>
    public void Validate()
    {
        Require(Uri.CheckHostName(Namespace) == UriHostNameType.Dns && !Namespace.Contains('/', StringComparison.Ordinal), nameof(Namespace), "give the namespace's host name, such as guard.servicebus.windows.net, without scheme and port");
        Require(IsName(EventHub, 256), nameof(EventHub), "give 1 to 256 letters, digits, periods, hyphens and underscores");
        Require(IsName(ConsumerGroup, 50) || ConsumerGroup == "$Default", nameof(ConsumerGroup), "give 1 to 50 letters, digits, periods, hyphens and underscores, or $Default");
    }

    /// <summary>Gets the name of the blob that holds a partition's position, as Azure's own clients and KEDA's <c>blobMetadata</c> build it.</summary>
    internal string CheckpointOf(string partition) =>
        $"{Namespace.ToLowerInvariant()}/{EventHub.ToLowerInvariant()}/{ConsumerGroup.ToLowerInvariant()}/checkpoint/{partition}";

    private static bool IsName(string? name, int longest) =>
        name?.Length >= 1 && name.Length <= longest && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_');

    private static void Require(bool valid, string name, string mend)
    {
        if (!valid)
        {
            throw new ArgumentException($"The event hub option {name} does not do: {mend}.", name);
        }
    }
}
