namespace Guard.Core.Clicks;

/// <summary>What intake found out about a click beside its values.</summary>
[Flags]
public enum ClickTraits : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The user was logged in.</summary>
    LoggedIn = 1,

    /// <summary>The event has no user agent, or an empty one.</summary>
    NoUserAgent = 2,

    /// <summary>The event has no user id: the session, or else address and user agent, stand in for the user.</summary>
    Anonymous = 4,

    /// <summary>Older than the partition's newest click, yet within the allowance: counts in the windows where it belongs.</summary>
    Late = 8,

    /// <summary>Older than the allowance: decided on the counters as they stand, and changes none of them.</summary>
    TooLate = 16,
}
