using Guard.Core.Clicks;

namespace Guard.Core.Features;

/// <summary>What training and calibration need to know of a click beside its features.</summary>
/// <param name="Time">The event time, in Unix milliseconds.</param>
/// <param name="Click">The keyed hash of the click id.</param>
/// <param name="User">The keyed hash of the user.</param>
/// <param name="Session">The keyed hash of the session; 0 for none.</param>
/// <param name="CostMicros">The click's cost, in millionths of the currency unit.</param>
/// <param name="Slice">The leaf slice.</param>
/// <param name="LoggedIn">Whether the user was logged in.</param>
public readonly record struct ClickFacts(long Time, ulong Click, ulong User, ulong Session, long CostMicros, Slice Slice, bool LoggedIn)
{
    /// <summary>Gets the facts of a click.</summary>
    public static ClickFacts Of(in Click click) =>
        new(click.Time, click.Id, click.User, click.Session, click.CostMicros, Slice.Of(click), click.LoggedIn);
}
