namespace Guard.Core.Lists;

/// <summary>One entry of an access list: who or what it names, and since when and until when by whose word.</summary>
public sealed record AccessEntry
{
    /// <summary>Gets what a match means.</summary>
    public required AccessRule Rule { get; init; }

    /// <summary>Gets what <see cref="Value"/> is.</summary>
    public required AccessKind Kind { get; init; }

    /// <summary>Gets a user id, an IP address or network (<c>203.0.113.0/24</c>), or a part of a user agent.</summary>
    public required string Value { get; init; }

    /// <summary>Gets why the entry exists; a decision quotes it.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets who made the entry.</summary>
    public string? Author { get; init; }

    /// <summary>Gets when the entry ends, in event time; <see langword="null"/> for never.</summary>
    public DateTimeOffset? Expires { get; init; }
}
