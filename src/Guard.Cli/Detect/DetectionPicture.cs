using Guard.Pictures;

namespace Guard.Cli.Detect;

/// <summary>Draws a series with its detections as an HTML page.</summary>
internal static class DetectionPicture
{
    public static async Task WriteAsync(string path, string picture)
    {
        using var series = new SeriesCsv(path);
        var detection = new SeriesDetection(series);
        IReadOnlyList<DetectedRow> rows = [.. detection.Run()];
        DetectionFile.NotEmpty(detection, path);
        var page = await PictureRenderer.RenderPageAsync<DetectionPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(DetectionPage.Name)] = Path.GetFileName(path),
            [nameof(DetectionPage.Detection)] = detection,
            [nameof(DetectionPage.Rows)] = rows,
        });
        var partial = picture + ".partial";
        await File.WriteAllTextAsync(partial, page);
        File.Move(partial, picture, overwrite: true);
    }
}
