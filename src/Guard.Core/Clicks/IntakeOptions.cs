namespace Guard.Core.Clicks;

/// <summary>How events are taken in. The defaults are Guard's own; none is published by others.</summary>
public sealed record IntakeOptions
{
    /// <summary>
    /// Gets how many events of a partition are remembered at least by their <c>source</c> and <c>id</c>, the newest in order of
    /// arrival, in [1, 2²⁸]; at 32 to 64 bytes each. An event that comes again after fewer others is dropped. Give the events a
    /// second times the seconds after which a producer may still send again. Default: 1,000,000.
    /// </summary>
    public int DuplicateCapacity { get; init; } = 1_000_000;

    /// <summary>Gets how much older than its partition's newest click a click may be and still be counted. Default: 10 minutes.</summary>
    public TimeSpan LateAllowance { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets how far an event may lie in the future. Default: 5 minutes.</summary>
    public TimeSpan FutureSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how many bytes of a rejected event are kept. Default: 4096.</summary>
    public int QuarantineBytes { get; init; } = 4096;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        Require(DuplicateCapacity is >= 1 and <= 1 << 28, nameof(DuplicateCapacity), "1 to 268435456");
        Require(LateAllowance >= TimeSpan.Zero && LateAllowance <= TimeSpan.FromDays(365), nameof(LateAllowance), "0 to 365 days");
        Require(FutureSkew >= TimeSpan.Zero && FutureSkew <= TimeSpan.FromDays(365), nameof(FutureSkew), "0 to 365 days");
        Require(QuarantineBytes is >= 0 and <= EventLimits.EventBytes, nameof(QuarantineBytes), "0 to 65536");
    }

    private static void Require(bool valid, string name, string range)
    {
        if (!valid)
        {
            throw new ArgumentException($"The intake option {name} is out of range: give {range}.", name);
        }
    }
}
