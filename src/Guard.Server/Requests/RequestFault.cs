namespace Guard.Server.Requests;

/// <summary>A request that cannot be served. The text goes to the caller and holds no value of the request.</summary>
internal sealed class RequestFault(int status, string detail, Exception? inner = null) : Exception(detail, inner)
{
    /// <summary>Gets the HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Gets when to come again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
