using Orleans.Concurrency;

namespace Guard.Grains.Watching;

/// <summary>Keeps which names of a kind there are in the cluster. Its key is the kind.</summary>
[Alias("guard.INamesGrain")]
public interface INamesGrain : IGrainWithStringKey
{
    /// <summary>The kind of partitions, whose names are their numbers.</summary>
    const string Partitions = "partitions";

    /// <summary>The kind of telemetry streams.</summary>
    const string Streams = "streams";

    /// <summary>Adds a name. Ends when that is durable; a known one changes nothing.</summary>
    /// <param name="name">The name.</param>
    /// <param name="most">How many names there may be.</param>
    /// <returns>Whether the name is there: <see langword="false"/> where there are as many already.</returns>
    [Alias("Add")]
    Task<bool> AddAsync(string name, int most);

    /// <summary>Gets the names in ordinal order.</summary>
    [Alias("List")]
    [AlwaysInterleave]
    Task<string[]> ListAsync();
}
