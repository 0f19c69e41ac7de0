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
    Task<EstimatorView> ViewAsync();
}
