namespace Guard.Core.Clicks;

/// <summary>The CloudEvents types that Guard reads and writes.</summary>
public static class EventTypes
{
    /// <summary>An ad click.</summary>
    public const string Click = "guard.ad.click.v1";

    /// <summary>A purchase.</summary>
    public const string Purchase = "guard.purchase.v1";

    /// <summary>A reading of a telemetry stream.</summary>
    public const string Telemetry = "guard.telemetry.v1";

    /// <summary>A decision.</summary>
    public const string Decision = "guard.decision.v1";

    /// <summary>A decision that supersedes an earlier one.</summary>
    public const string RevisedDecision = "guard.decision.revised.v1";

    /// <summary>The start or the end of an alert of a stream.</summary>
    public const string Alert = "guard.alert.v1";
}
