namespace Guard.Grains.Scoring;

/// <summary>Scores a click at once, for a caller that waits. A stateless worker: any silo answers, with its own model and thresholds. Its key is 0.</summary>
[Alias("guard.IInferenceGrain")]
public interface IInferenceGrain : IGrainWithIntegerKey
{
    /// <summary>Scores one click on the counters as they stand. The click does not count: it does when it comes through its partition.</summary>
    /// <param name="click">One CloudEvent of type <see cref="Core.Clicks.EventTypes.Click"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ArgumentException">The event is no click; the message tells the field, never its value.</exception>
    /// <exception cref="InvalidOperationException">No model is in force yet.</exception>
    [Alias("Score")]
    ValueTask<Score> ScoreAsync(byte[] click, CancellationToken cancellationToken = default);
}
