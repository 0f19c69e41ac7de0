using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Guard.Pictures;

namespace Guard.Server.Console.Layout;

/// <summary>The console's style, script and icon.</summary>
internal static class ConsoleAssets
{
    /// <summary>The mark of Guard, as SVG for a page.</summary>
    public const string Mark =
        """<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="M12 2l8 3v6c0 5.2-3.3 9.2-8 11-4.7-1.8-8-5.8-8-11V5z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/><path d="M8 12l3 3 5-6" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>""";

    public static Asset Style { get; } = new("/console/style.css", "text/css; charset=utf-8", Styles.Pictures + "\n" + Read("console.css"));

    public static Asset Script { get; } = new("/console/live.js", "text/javascript; charset=utf-8", Read("live.js"));

    public static Asset Icon { get; } = new(
        "/console/icon.svg", "image/svg+xml", Mark.Replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" color=\"#2f6fd0\" ", StringComparison.Ordinal));

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var asset in (ReadOnlySpan<Asset>)[Style, Script, Icon])
        {
            routes.MapGet(asset.Path, asset.Answer);
        }
    }

    private static string Read(string name)
    {
        using var stream = typeof(ConsoleAssets).Assembly.GetManifestResourceStream($"Guard.Server.Console.{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
