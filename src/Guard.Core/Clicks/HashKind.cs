namespace Guard.Core.Clicks;

/// <summary>What a keyed hash stands for. Each kind has its own key, so that equal texts of two kinds do not meet.</summary>
public enum HashKind : byte
{
    /// <summary>A click id, in a click's <c>id</c> and in the purchase that names it.</summary>
    Click = 0,

    /// <summary>A user id.</summary>
    User = 1,

    /// <summary>A session.</summary>
    Session = 2,

    /// <summary>A session that stands in for a user.</summary>
    UserOfSession = 3,

    /// <summary>An entity and a user agent that together stand in for a user.</summary>
    UserOfAddress = 4,

    /// <summary>An IPv4 address or an IPv6 /64.</summary>
    Entity = 5,

    /// <summary>A user agent.</summary>
    UserAgent = 6,

    /// <summary>An order id.</summary>
    Order = 7,

    /// <summary>A CloudEvents <c>source</c>.</summary>
    Source = 8,

    /// <summary>A CloudEvents <c>source</c> and <c>id</c> together, by which duplicates are known.</summary>
    Event = 9,
}
