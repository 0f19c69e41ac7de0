using System.Globalization;
using System.Text.Json;
using Guard.Core.Estimation.Detection;

namespace Guard.Core.Tests.Estimation.Detection;

public sealed class NabTests
{
    [Fact]
    public void On_the_labelled_series_at_hand_the_standard_score_stays_at_its_level()
    {
        var windowsFile = SharedData.File("series/nab/windows.json");
        var windows = JsonSerializer.Deserialize<SortedDictionary<string, string[][]>>(File.ReadAllText(windowsFile))!;
        var corpus = new NabCorpus();
        foreach (var (name, spans) in windows)
        {
            string[][] rows = [.. File.ReadLines(Path.Combine(Path.GetDirectoryName(windowsFile)!, name)).Skip(1).Select(line => line.Split(','))];
            var detector = new StreamDetector();
            double[] scores = [.. rows.Select(row => detector.Update(
                DateTimeOffset.Parse(row[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                [double.Parse(row[1], CultureInfo.InvariantCulture)]).AnomalyScore)];
            var index = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < rows.Length; i++)
            {
                index.TryAdd(rows[i][0][..19], i);
            }

            corpus.Add(scores, [.. spans.Select(span => (index[span[0][..19]], index[span[1][..19]])).Order()]);
        }

        Assert.Equal(35, windows.Count);
        Assert.InRange(corpus.Standard(), 66, 100);
    }
}
