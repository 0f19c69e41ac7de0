namespace Guard.Core.Lists;

/// <summary>What an access entry names.</summary>
public enum AccessKind
{
    /// <summary>A user id, as events spell it; it is kept as a keyed hash only.</summary>
    User,

    /// <summary>An IPv4 or IPv6 address, or a network in CIDR notation.</summary>
    Address,

    /// <summary>A part of a user agent, case-sensitive.</summary>
    UserAgent,
}
