using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Scoring;
using Guard.Engine.Blocks;

namespace Guard.Engine.Decisions;

/// <summary>One row of a decided block, copied out of it.</summary>
internal sealed class KeptRow
{
    public KeptRow(in DecidedBlock block, int row)
    {
        (Click, Decision, Policy) = (block.ClickOf(row), block.DecisionOf(row), block.Policy);
        (Id, Source, Campaign, Advertiser) = block.TextsOf(row);
        Features = new float[ClickFeatures.Schema.Width];
        block.CopyFeatures(row, Features);
    }

    /// <summary>Gets the click, without its texts.</summary>
    public Click Click { get; }

    public Decision Decision { get; }

    /// <summary>Gets the number of the policy that decided.</summary>
    public int Policy { get; }

    public string Id { get; }

    public string Source { get; }

    public string Campaign { get; }

    public string Advertiser { get; }

    public float[] Features { get; }
}
