using Guard.Pictures;

namespace Guard.Cli.Evaluate;

/// <summary>Writes an evaluation's report: one HTML file that needs no network. It stands under its name only once it is whole.</summary>
internal static class ReportFile
{
    public static async Task WriteAsync(string path, string title, string subtitle, Evaluation evaluation)
    {
        var page = await PictureRenderer.RenderPageAsync<ReportPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ReportPage.Title)] = title,
            [nameof(ReportPage.Subtitle)] = subtitle,
            [nameof(ReportPage.Evaluation)] = evaluation,
        });
        await File.WriteAllTextAsync(path + ".partial", page);
        File.Move(path + ".partial", path, overwrite: true);
    }
}
