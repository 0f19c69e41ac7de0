using Guard.Core.Clicks;

namespace Guard.Core.Hosting;

/// <summary>What a host sees of its traffic. Safe for concurrent use.</summary>
public interface ITraffic
{
    /// <summary>Gets how it goes at this moment.</summary>
    ValueTask<TrafficNow> NowAsync(CancellationToken cancellationToken = default);

    /// <summary>Gets every slice that had clicks, <c>all</c> first, each before its parts.</summary>
    ValueTask<IReadOnlyList<SliceTraffic>> SlicesAsync(CancellationToken cancellationToken = default);

    /// <summary>Gets the course of one slice, or <see langword="null"/> where it had no click.</summary>
    ValueTask<SliceCourse?> CourseAsync(Slice slice, CancellationToken cancellationToken = default);

    /// <summary>Gets the quarantine: counts by reason and the newest rows.</summary>
    /// <param name="maximum">The greatest number of rows, in [1, 1,000].</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<QuarantineView> QuarantineAsync(int maximum, CancellationToken cancellationToken = default);

    /// <summary>Gets what decides at this moment.</summary>
    ValueTask<PolicyView> PolicyAsync(CancellationToken cancellationToken = default);
}
