using System.Text.Json;
using Guard.Core.Lifecycle;

namespace Guard.Server.Alerts;

/// <summary>The number and whose turn it is, as processes share them.</summary>
/// <param name="Delivered">The number; <see langword="null"/> before the webhook was used.</param>
/// <param name="Holder">Whose turn it is; <see langword="null"/> where nobody's.</param>
/// <param name="Beat">Grows as long as the holder lives.</param>
internal sealed record CursorTurn(long? Delivered, string? Holder, long Beat)
{
    /// <summary>Reads what stands in the store; what cannot be read counts as delivered up to −1, with nobody's turn.</summary>
    public static CursorTurn Read(Artifact? artifact)
    {
        try
        {
            return artifact is null ? new CursorTurn(null, null, 0) : JsonSerializer.Deserialize<CursorTurn>(artifact.Content.Span) ?? Damaged;
        }
        catch (JsonException)
        {
            return Damaged;
        }
    }

    private static CursorTurn Damaged => new(-1, null, 0);
}
