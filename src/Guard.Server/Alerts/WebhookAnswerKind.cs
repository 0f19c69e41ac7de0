namespace Guard.Server.Alerts;

/// <summary>What a receiver's answer means.</summary>
internal enum WebhookAnswerKind
{
    /// <summary>It took the event.</summary>
    Delivered,

    /// <summary>It did not answer, cannot take events now, or is set up wrongly: try again for as long as it takes.</summary>
    Unfit,

    /// <summary>It finds fault with this event: try again some times, then go on with the next.</summary>
    Refused,

    /// <summary>It wants no more events.</summary>
    Gone,
}
