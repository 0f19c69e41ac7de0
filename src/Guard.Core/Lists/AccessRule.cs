namespace Guard.Core.Lists;

/// <summary>What a match with an access list means.</summary>
public enum AccessRule
{
    /// <summary>The click is valid, whatever else speaks against it.</summary>
    Allow,

    /// <summary>The click is invalid unless an allow entry matches too.</summary>
    Deny,
}
