using Guard.Core.Estimation.Detection;

namespace Guard.Core.Watching.Streams;

/// <summary>How much a <see cref="StreamRegistry"/> holds. The defaults are Guard's own.</summary>
public sealed record StreamRegistryOptions
{
    /// <summary>Gets the most streams, in [1, 1,000,000]; a detector takes 2 KB a dimension. Default: 10,000.</summary>
    public int Streams { get; init; } = 10_000;

    /// <summary>Gets the most dimensions of all streams together, in [1, 10,000,000]. Default: 20,000.</summary>
    public int Dimensions { get; init; } = 20_000;

    /// <summary>Gets the most recent readings that a stream keeps, in [32, 65,536]. Default: 512.</summary>
    public int Readings { get; init; } = 512;

    /// <summary>
    /// Gets how many bytes the recent readings of all streams together take, in [0, 16 GB]; where it is used up, a stream keeps the readings that it
    /// has room for, 32 at least. Default: 64 MB, 512 readings for some 1,800 streams of one dimension.
    /// </summary>
    public long ReadingBytes { get; init; } = 64L << 20;

    /// <summary>Gets the most alerts that are kept, in [1, 1,000,000]; the oldest go first. Default: 10,000.</summary>
    public int Alerts { get; init; } = 10_000;

    /// <summary>Gets for how long a stream is silent before it may give way to a new one, by the times of the readings. Default: 1 day.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Gets how much evidence starts an alert, as an anomaly score in (0, 1). Default: 0.6, that of <see cref="StreamDetectorOptions.AlertAt"/>.</summary>
    public double AlertAt { get; init; } = 0.6;

    /// <summary>
    /// Gets the same for Guard's own streams. They are many, and the chance of few clicks alone makes a 0.6 of each every other week. Default: 0.75.
    /// </summary>
    public double OwnAlertAt { get; init; } = 0.75;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        Require(Streams is >= 1 and <= 1_000_000, nameof(Streams), "1 to 1000000");
        Require(Dimensions is >= 1 and <= 10_000_000, nameof(Dimensions), "1 to 10000000");
        Require(Readings is >= ReadingRing.FirstCapacity and <= 65_536, nameof(Readings), "32 to 65536");
        Require(ReadingBytes is >= 0 and <= 16L << 30, nameof(ReadingBytes), "0 to 17179869184");
        Require(Alerts is >= 1 and <= 1_000_000, nameof(Alerts), "1 to 1000000");
        Require(AlertAt is > 0 and < 1, nameof(AlertAt), "0 to 1, both excluded");
        Require(OwnAlertAt is > 0 and < 1, nameof(OwnAlertAt), "0 to 1, both excluded");
        Require(IdleAfter >= TimeSpan.Zero && IdleAfter <= TimeSpan.FromDays(365), nameof(IdleAfter), "0 to 365 days");
    }

    internal StreamDetectorOptions DetectorOf(string stream) => new() { AlertAt = AlertAtOf(stream) };

    /// <summary>Gets the anomaly score at which a stream starts an alert.</summary>
    /// <param name="stream">The stream's name.</param>
    public double AlertAtOf(string stream) => OwnStreams.IsOwn(stream) ? OwnAlertAt : AlertAt;

    private static void Require(bool valid, string name, string range)
    {
        if (!valid)
        {
            throw new ArgumentException($"The option {name} of the streams is out of range: give {range}.", name);
        }
    }
}
