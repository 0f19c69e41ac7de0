namespace Guard.Core.Features;

/// <summary>One input of the model.</summary>
/// <param name="Name">A stable name such as <c>user.clicks.24h</c>.</param>
/// <param name="Unit">The unit, such as <c>ln(1+clicks)</c>.</param>
/// <param name="Minimum">The least value that it takes.</param>
/// <param name="Maximum">The greatest value that it takes.</param>
/// <param name="Description">What a person reads in a reason, such as "clicks of this user in the last minute".</param>
public sealed record Feature(string Name, string Unit, float Minimum, float Maximum, string Description)
{
    /// <summary>Gets the length of the calendar cycle on which the feature is a position; zero for any other feature.</summary>
    public TimeSpan Cycle { get; init; }
}
