namespace Guard.Simulation.Experiments.Thresholding;

/// <summary>One row of the synthetic experiment.</summary>
/// <param name="Name">What the row is called.</param>
/// <param name="Segments">The stream.</param>
/// <param name="Offline">Distributions of the offline sets; empty for none.</param>
/// <param name="QuotedAbstentions">Published abstentions in percent, or null.</param>
/// <param name="QuotedMistakes">Published mistakes a stream, or null.</param>
public sealed record ThresholdSetting(
    string Name,
    IReadOnlyList<ScoreSegment> Segments,
    IReadOnlyList<ScoreSegment> Offline,
    double? QuotedAbstentions = null,
    double? QuotedMistakes = null)
{
    /// <summary>Scores of a stream. At this length the published formula gives the published 12.1 % on independent scores.</summary>
    public const int StreamLength = 12_000;

    /// <summary>Scores of an offline set; ours.</summary>
    public const int OfflineLength = 1_000;

    private static readonly ScoreSegment Before = new(OfflineLength, 0, 1);
    private static readonly ScoreSegment After = new(OfflineLength, 2, 1);

    /// <summary>The four settings of the publication. Lengths, distributions and changes are ours: only the results were published to us.</summary>
    public static IReadOnlyList<ThresholdSetting> Published { get; } =
    [
        new("iid", [new(StreamLength, 0, 1)], [], 12.1, 0),
        new("shift", Shift(2, 1), [], 32.7, 5.2),
        new("iid + offline", [new(StreamLength, 0, 1)], [Before], 9.3, 0),
        new("shift + offline", Shift(2, 1), [Before, After], 18.9, 2.0),
    ];

    /// <summary>Further shifts, to show how the size and the kind of a change matter.</summary>
    public static IReadOnlyList<ThresholdSetting> Further { get; } =
    [
        .. new[] { 0.25, 0.5, 1, 4, -2 }.Select(mean => new ThresholdSetting($"shift by {mean}", Shift(mean, 1), [])),
        new("three times the spread", Shift(0, 3), []),
        new("irrelevant offline", [new(StreamLength, 0, 1)], [After]),
    ];

    private static ScoreSegment[] Shift(double mean, double deviation) =>
        [new(StreamLength / 3, 0, 1), new(StreamLength / 3, mean, deviation), new(StreamLength / 3, 0, 1)];
}
