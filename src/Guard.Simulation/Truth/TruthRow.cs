namespace Guard.Simulation.Truth;

/// <summary>Who made a click.</summary>
/// <param name="ClickId">The click's id, as its event spells it.</param>
/// <param name="Kind"><see cref="Human"/>, or the kind of the robot.</param>
/// <param name="Robot">The robot's name in the scenario; empty for a human.</param>
/// <param name="Gateway">The NAT gateway through which a human clicked, such as <c>nat-1</c>; else empty.</param>
public sealed record TruthRow(string ClickId, string Kind, string Robot, string Gateway)
{
    /// <summary>The kind of a human's click.</summary>
    public const string Human = "human";

    /// <summary>Gets whether a human made the click.</summary>
    public bool IsHuman => Kind == Human;
}
