using Guard.Core.Hosting;
using Guard.Server.Console.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Guard.Server.Console.Streams;

/// <summary>The telemetry streams, and the page of each.</summary>
internal static class StreamPages
{
    private const int Rows = 40;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/streams", ListAsync);
        routes.MapGet("/streams/view", FindAsync);
    }

    private static async Task<IResult> ListAsync(string? find, string? page, IStreams streams, CancellationToken cancellationToken)
    {
        var wanted = find?.Trim() ?? "";
        var all = await streams.ListAsync(cancellationToken);

        // What is open comes first, Guard's own metrics last.
        var matching = all.Where(stream => stream.Stream.Contains(wanted, StringComparison.OrdinalIgnoreCase))
            .OrderBy(stream => stream.Open is null).ThenBy(stream => stream.Stream.StartsWith("guard.", StringComparison.Ordinal)).ThenBy(stream => stream.Stream, StringComparer.Ordinal)
            .ToArray();
        var pages = Math.Max(1, (matching.Length + Rows - 1) / Rows);
        var number = Math.Clamp(int.TryParse(page, out var asked) ? asked : 1, 1, pages);
        var shown = new List<StreamView>();
        foreach (var stream in matching.Skip((number - 1) * Rows).Take(Rows))
        {
            shown.Add(await streams.FindAsync(stream.Stream, cancellationToken) ?? new StreamView(stream, [], [], []));
        }

        return Page.Of<StreamsPage>(("Streams", shown), ("Find", wanted), ("Matching", matching.Length), ("Total", all.Count), ("Number", number), ("Pages", pages));
    }

    private static async Task<IResult> FindAsync(string? stream, string? dimension, IStreams streams, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(stream) || await streams.FindAsync(stream, cancellationToken) is not { } view)
        {
            return Page.NotFound("There is no stream of this name; it may have a reading soon, or be spelled otherwise.");
        }

        var shown = Math.Clamp(int.TryParse(dimension, out var asked) ? asked : 0, 0, Math.Max(0, view.Summary.Dimension - 1));
        return Page.Of<StreamPage>(("View", view), ("Dimension", shown));
    }
}
