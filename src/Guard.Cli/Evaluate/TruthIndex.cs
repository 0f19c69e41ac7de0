using System.Text;
using Guard.Core.Clicks;
using Guard.Simulation.Truth;

namespace Guard.Cli.Evaluate;

/// <summary>Who really made each click of a simulated stream, found by the click's hash. Only measurements read it.</summary>
public sealed class TruthIndex
{
    private readonly Dictionary<ulong, Origin> _origins = [];

    private TruthIndex()
    {
    }

    /// <summary>Reads a truth file.</summary>
    public static TruthIndex Read(string path, KeyedHash hash)
    {
        var index = new TruthIndex();
        foreach (var row in TruthFile.Read(path))
        {
            index._origins[hash.Of(HashKind.Click, Encoding.UTF8.GetBytes(row.ClickId))] = new Origin(row.Kind, !row.IsHuman, row.Gateway.Length > 0);
        }

        return index;
    }

    /// <summary>Gets who made a click, or <see langword="null"/> where the truth does not name it.</summary>
    public Origin? Of(ulong click) => _origins.TryGetValue(click, out var origin) ? origin : null;

    /// <summary>Who made a click.</summary>
    /// <param name="Kind">Human, or the kind of robot.</param>
    /// <param name="IsRobot">Whether a robot made it.</param>
    /// <param name="BehindGateway">Whether a human made it behind a NAT gateway.</param>
    public readonly record struct Origin(string Kind, bool IsRobot, bool BehindGateway);
}
