using Orleans.Concurrency;

namespace Guard.Grains.Estimating;

/// <summary>Watches one telemetry stream. Its key is the stream's name.</summary>
[Alias("guard.IStreamEstimatorGrain")]
public interface IStreamEstimatorGrain : IGrainWithStringKey
{
    /// <summary>Learns readings in order; those seen before are skipped.</summary>
    /// <param name="partition">The partition that they come from.</param>
    /// <param name="previous">The last reading given before; an estimator that has not seen it was set back and answers so.</param>
    /// <param name="rows">The readings, ascending by number.</param>
    [Alias("Observe")]
    Task<EstimatorReply> ObserveAsync(int partition, long previous, IReadOnlyList<StreamRow> rows);

    /// <summary>Saves what is not saved yet of a partition.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="through">The last reading given; where it is saved already nothing is written.</param>
    [Alias("Save")]
    Task<EstimatorReply> SaveAsync(int partition, long through);

    /// <summary>Gets what the estimator knows.</summary>
    [Alias("View")]
    [AlwaysInterleave]
    Task<EstimatorView> ViewAsync();

    /// <summary>Gets the stream in short; <see langword="null"/> before its first reading.</summary>
    [Alias("Brief")]
    [AlwaysInterleave]
    Task<StreamBrief?> BriefAsync();

    /// <summary>Gets the stream with its recent past; <see langword="null"/> before its first reading.</summary>
    [Alias("Detail")]
    [AlwaysInterleave]
    Task<StreamDetail?> DetailAsync();

    /// <summary>Tells the cluster's book of alerts what it was not told yet, once that is saved.</summary>
    [Alias("Tell")]
    Task TellAsync();
}
