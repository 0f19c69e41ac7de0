using Guard.Core.Features;
using Guard.Core.Hosting;
using Guard.Pictures;
using Guard.Server.Console.Parts;

namespace Guard.Server.Console.Decisions;

/// <summary>What pushed one score, feature by feature, as far as the host tells.</summary>
internal sealed class Explanation
{
    private const int MostBars = 10;
    private const int Robot = 1;
    private const int Human = 2;

    private Explanation(float?[] contributions, bool isWhole) => (Contributions, IsWhole) = (contributions, isWhole);

    /// <summary>Gets each feature's contribution in log-odds; <see langword="null"/> where it is not known.</summary>
    public IReadOnlyList<float?> Contributions { get; }

    /// <summary>Gets whether every feature's contribution is known, and not the strongest alone.</summary>
    public bool IsWhole { get; }

    public static Explanation Of(KeptDecision decision)
    {
        var contributions = new float?[ClickFeatures.Schema.Width];
        if (decision.Contributions.Length == contributions.Length)
        {
            for (var feature = 0; feature < contributions.Length; feature++)
            {
                contributions[feature] = decision.Contributions.Span[feature];
            }

            return new Explanation(contributions, isWhole: true);
        }

        for (var index = 0; index < decision.Reasons.Count; index++)
        {
            contributions[decision.Reasons[index].Feature] = decision.Reasons[index].Contribution;
        }

        return new Explanation(contributions, isWhole: false);
    }

    /// <summary>Gets the strongest contributions as bars, and the sum of the rest as the last.</summary>
    /// <param name="features">The click's features.</param>
    public IReadOnlyList<RowBar> Bars(ReadOnlyMemory<float> features)
    {
        var ordered = Enumerable.Range(0, Contributions.Count).Where(feature => Contributions[feature] is not null and not 0)
            .OrderByDescending(feature => Math.Abs(Contributions[feature]!.Value)).ToArray();
        var bars = ordered.Take(MostBars).Select(feature => Bar(Names.Feature(feature), Contributions[feature]!.Value, features.Span[feature])).ToList();
        if (ordered.Length > MostBars)
        {
            var rest = ordered.Skip(MostBars).Sum(feature => Contributions[feature]!.Value);
            bars.Add(new RowBar(Figures.Count(ordered.Length - MostBars, "other"), rest, Figures.Signed(rest), 7));
        }

        return bars;
    }

    private static RowBar Bar(Feature feature, float contribution, float value) =>
        new($"{feature.Name} = {Inputs.Short(feature, value)}", contribution, Figures.Signed(contribution), contribution > 0 ? Robot : Human)
        {
            Detail = $"{feature.Description}: {Inputs.Write(feature, value)}",
        };
}
