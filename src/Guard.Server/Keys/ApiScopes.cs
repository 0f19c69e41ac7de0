using System.Text.Json.Serialization;

namespace Guard.Server.Keys;

/// <summary>What a key allows.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<ApiScopes>))]
public enum ApiScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Sending events and having clicks scored.</summary>
    Send = 1,

    /// <summary>Reading decisions, slices, streams and the console, which show no person's record.</summary>
    Read = 2,

    /// <summary>Everything: the other scopes too, and the record of a single user.</summary>
    Admin = 4,
}
