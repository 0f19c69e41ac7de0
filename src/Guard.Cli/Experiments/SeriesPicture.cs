using Guard.Cli.Terminal;
using Guard.Pictures;
using Guard.Simulation.Experiments.ChangePoints;

namespace Guard.Cli.Experiments;

/// <summary>A series with its changes: as a table, as JSON, and as a page with a picture.</summary>
internal static class SeriesPicture
{
    public static async Task ReportAsync(Session session, SeriesChangePoints found, string name, bool json, string? picture)
    {
        if (json)
        {
            session.WriteJson(found.Changes);
        }
        else
        {
            var table = Cells.Table($"{name}: {found.Values.Count} values, {found.Changes.Count} changes", 0, "Detected at", "Last before: likeliest", "least", "greatest");
            foreach (var change in found.Changes)
            {
                table.Add(Cells.Number(change.DetectedAt), Cells.Number(change.Likeliest), Cells.Number(change.Least), Cells.Number(change.Greatest));
            }

            session.Console.Write(table);
        }

        if (picture is not null)
        {
            var page = await PictureRenderer.RenderPageAsync<SeriesPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(SeriesPage.Name)] = name,
                [nameof(SeriesPage.Found)] = found,
            });
            await File.WriteAllTextAsync(picture + ".partial", page);
            File.Move(picture + ".partial", picture, overwrite: true);
            session.Error.WriteLine($"picture -> {picture}");
        }
    }
}
