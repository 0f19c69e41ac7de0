using Orleans.Concurrency;

namespace Guard.Grains.Reading.Index;

/// <summary>Gives decisions their numbers and knows where they stand. One for the cluster; its key is 0.</summary>
[Alias("guard.IDecisionIndexGrain")]
public interface IDecisionIndexGrain : IGrainWithIntegerKey
{
    /// <summary>Numbers what a partition decided. Ends when the numbers are durable.</summary>
    [Alias("Number")]
    [AlwaysInterleave]
    Task NumberAsync(DecidedReport report);

    /// <summary>Gets what leads from a version of the directory to the newest, waiting for a newer one for a time.</summary>
    /// <param name="version">The version that the caller knows; 0 for none.</param>
    /// <param name="patience">How long to wait where there is nothing newer, at most 20 s.</param>
    [Alias("Follow")]
    [AlwaysInterleave]
    Task<DirectoryChange> FollowAsync(long version, TimeSpan patience);

    /// <summary>Compacts and deletes what is to be at once, as the index does at intervals by itself.</summary>
    [Alias("Maintain")]
    [AlwaysInterleave]
    Task MaintainAsync();
}
