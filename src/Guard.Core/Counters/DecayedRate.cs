namespace Guard.Core.Counters;

/// <summary>
/// A decayed click rate: v ← v·2^(−Δt/h) + 1 on a click Δt after the newest, and v + 2^(−age/h) on a late one. Doubles, because
/// a key that is clicked every few milliseconds for days decays by less a click than a float can tell from nothing.
/// </summary>
internal static class DecayedRate
{
    /// <summary>Minus the reciprocal of a half-life of 7 days, a millisecond.</summary>
    public const double Week = -1.0 / 604_800_000;

    /// <summary>Gets the rate after a click.</summary>
    /// <param name="rate">The rate as of the key's newest click before.</param>
    /// <param name="elapsed">The milliseconds from there to this click; negative for a late one.</param>
    /// <param name="decay">Minus the reciprocal half-life, a millisecond.</param>
    public static double After(double rate, long elapsed, double decay) =>
        elapsed >= 0 ? rate * ElementaryFunctions.Power2(elapsed * decay) + 1 : rate + ElementaryFunctions.Power2(-elapsed * decay);
}
