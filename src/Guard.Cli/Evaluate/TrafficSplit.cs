using System.CommandLine;
using System.Globalization;
using Guard.Cli.Terminal;
using Guard.Core.Features;

namespace Guard.Cli.Evaluate;

/// <summary>How clicks are divided by time: the first to train, the next to calibrate, the last to test.</summary>
/// <param name="Train">The percentage to train.</param>
/// <param name="Calibrate">The percentage to calibrate.</param>
/// <param name="Test">The percentage to test.</param>
internal sealed record TrafficSplit(int Train, int Calibrate, int Test)
{
    public static TrafficSplit Default { get; } = new(50, 25, 25);

    public static Option<TrafficSplit> Option { get; } = new("--split")
    {
        Description = "Percentages of the clicks, in time order, to train, calibrate and test",
        HelpName = "50/25/25",
        DefaultValueFactory = _ => Default,
        CustomParser = result => Parse(result.Tokens.Count > 0 ? result.Tokens[0].Value : "") is { } split ? split : Refuse(result),
    };

    public override string ToString() => $"{Train}/{Calibrate}/{Test}";

    /// <summary>Gets the times at which the parts for calibration and for test begin.</summary>
    public (long Calibration, long Test) Boundaries(FeatureTable table)
    {
        if (table.Count < 4)
        {
            throw new CommandException($"{table.Count} clicks are too few to train, calibrate and test; give more events.");
        }

        var times = new long[table.Count];
        for (var row = 0; row < times.Length; row++)
        {
            times[row] = table.Facts[row].Time;
        }

        Array.Sort(times);
        return (times[(long)times.Length * Train / 100], times[(long)times.Length * (Train + Calibrate) / 100]);
    }

    private static TrafficSplit? Parse(string text)
    {
        var parts = text.Split('/');
        var values = new int[3];
        for (var index = 0; index < 3; index++)
        {
            if (parts.Length != 3 || !int.TryParse(parts[index], NumberStyles.None, CultureInfo.InvariantCulture, out values[index]) || values[index] == 0)
            {
                return null;
            }
        }

        return values.Sum() == 100 ? new TrafficSplit(values[0], values[1], values[2]) : null;
    }

    private static TrafficSplit? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError("--split takes three percentages that add up to 100, such as 50/25/25.");
        return null;
    }
}
