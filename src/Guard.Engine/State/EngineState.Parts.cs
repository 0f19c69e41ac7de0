using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Watching.Slices;
using Guard.Core.Watching.Streams;

namespace Guard.Engine.State;

/// <content>The parts and their order. None is so large that clicks would wait long for its copy.</content>
internal sealed partial class EngineState
{
    private const int Numbers = 0;
    private const int FirstWindow = 1;
    private const int Deciding = FirstWindow + Admission.WindowParts;

    // What a purchase joins is known by the recent clicks: they are saved first, so that a replay finds it again for the slices.
    private const int FirstRecent = Deciding + 1;
    private const int Slices = FirstRecent + SliceTallies.RecentParts;

    // Metrics are read off the slices: they are saved later, so that a replay never finds slices ahead of them.
    private const int Metrics = Slices + 1;
    private const int Watched = Metrics + 1;
    private const int FirstShard = Watched + 1;

    /// <summary>Gets what kind of part one is, for measurements.</summary>
    public static string KindOf(int part) => part switch
    {
        Numbers => "numbers",
        < Deciding => "duplicates",
        Deciding => "policies",
        < Slices => "recent",
        Slices => "slices",
        Metrics => "metrics",
        Watched => "streams",
        _ => "shard",
    };

    /// <summary>Writes one part.</summary>
    public void Save(int part, IBufferWriter<byte> output)
    {
        switch (part)
        {
            case Numbers:
                Admission.SaveNumbers(output);
                break;
            case < Deciding:
                Admission.SaveWindow(part - FirstWindow, output);
                break;
            case Deciding:
                Policies.Save(output);
                break;
            case < Slices:
                Tallies.SaveRecent(part - FirstRecent, output);
                break;
            case Slices:
                Tallies.SaveCounts(output);
                break;
            case Metrics:
                _metrics.Save(output);
                break;
            case Watched:
                Streams.Save(output);
                break;
            default:
                Counters.Save(part - FirstShard, output);
                break;
        }
    }

    /// <summary>Replaces one part by what <see cref="Save"/> wrote.</summary>
    /// <param name="part">Which.</param>
    /// <param name="from">The position of the first block whose effect it does not hold.</param>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged, or of another kind.</exception>
    /// <exception cref="StateFormatException">The same, of a shard or a watching part.</exception>
    public void Load(int part, long from, ReadOnlySpan<byte> bytes)
    {
        switch (part)
        {
            case Numbers:
                Admission.RestoreNumbers(bytes);
                break;
            case < Deciding:
                Admission.RestoreWindow(part - FirstWindow, bytes);
                break;
            case Deciding:
                Policies.Restore(bytes);
                break;
            case < Slices:
                Tallies.RestoreRecent(part - FirstRecent, bytes);
                break;
            case Slices:
                Tallies.RestoreCounts(bytes);
                break;
            case Metrics:
                _metrics = SliceMetrics.Restore(bytes, _metricsOptions);
                break;
            case Watched:
                Streams = StreamRegistry.Restore(bytes);
                break;
            default:
                Counters.Load(part - FirstShard, bytes);
                break;
        }

        _from[part] = from;
    }
}
