using Guard.Grains.Deciding;
using Orleans.Concurrency;

namespace Guard.Grains.Watching;

/// <summary>Tallies one partition's decisions as their segments become durable, and keeps what people ask of its traffic. Its key is the partition's number.</summary>
[Alias("guard.ITrafficGrain")]
public interface ITrafficGrain : IGrainWithStringKey
{
    /// <summary>Takes a segment; one that was seen is skipped, those missing before it are read from the store.</summary>
    /// <param name="segment">The segment, without texts and features.</param>
    /// <param name="latencies">How long its clicks took from arrival to durable decision, as pairs of bin and count.</param>
    [Alias("Observe")]
    Task ObserveAsync(DecisionSegment segment, long[] latencies);

    /// <summary>Saves everything up to a message, of which the segments are durable.</summary>
    /// <returns>The last message that is saved.</returns>
    [Alias("Save")]
    Task<long> SaveAsync(long through);

    /// <summary>Gets how it goes.</summary>
    [Alias("View")]
    [AlwaysInterleave]
    Task<PartitionView> ViewAsync();

    /// <summary>Gets the sums of all leaves up to a moment, as packed <see cref="Core.Watching.Slices.LeafSums"/>.</summary>
    [Alias("Leaves")]
    [AlwaysInterleave]
    Task<byte[]> LeavesAsync(long newest);

    /// <summary>Gets the course of a slice up to a moment, or <see langword="null"/> where it had no click in the week before it.</summary>
    [Alias("Course")]
    [AlwaysInterleave]
    Task<PartitionCourse?> CourseAsync(int slice, long newest);

    /// <summary>Gets the sums of intervals that are over, in order.</summary>
    /// <param name="after">The last interval that the caller has durably; it is not asked for again.</param>
    /// <param name="maximum">The greatest number of intervals.</param>
    [Alias("Intervals")]
    [AlwaysInterleave]
    Task<PartitionIntervals> IntervalsAsync(long after, int maximum);

    /// <summary>Gets the latencies since this was last asked, as pairs of bin and count.</summary>
    [Alias("TakeLatencies")]
    [AlwaysInterleave]
    Task<long[]> TakeLatenciesAsync();

    /// <summary>Gets the newest rows in quarantine, newest first.</summary>
    [Alias("Quarantine")]
    [AlwaysInterleave]
    Task<SegmentRejection[]> QuarantineAsync(int maximum);
}
