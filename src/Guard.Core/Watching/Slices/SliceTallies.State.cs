using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Counters;

namespace Guard.Core.Watching.Slices;

public sealed partial class SliceTallies
{
    private const uint Kind = 0x4C544C53; // "SLTL"
    private const int Version = 1;
    private const string Name = "slice tallies";

    /// <summary>Writes the whole state as two blocks with format version and checksum. The same state gives the same bytes.</summary>
    public void Save(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var leaves = Codes(code => _leaves[code] is not null);
        var matured = Codes(code => _matured[code].Purchased != 0);
        var length = 3 * sizeof(long) + 2 * sizeof(int)
            + matured.Length * (sizeof(int) + 2L * sizeof(long)) + leaves.Length * (sizeof(int) + (long)LeafTallies.SavedBytes);
        var writer = new BlockWriter(output, Kind, Version, length);
        writer.Write(Newest);
        writer.Write(Uncounted);
        writer.Write(Unjoined);
        writer.Write(matured.Length);
        foreach (var code in matured)
        {
            writer.Write(code);
            writer.Write(_matured[code].Purchased);
            writer.Write(_matured[code].Invalid);
        }

        writer.Write(leaves.Length);
        foreach (var code in leaves)
        {
            writer.Write(code);
            _leaves[code]!.Write(writer);
        }

        writer.Finish();
        _recent.Save(output);
    }

    /// <summary>Reads what <see cref="Save"/> wrote; the tallies go on as the saved ones would have.</summary>
    /// <param name="saved">The bytes, all of them.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults. They need not be those of the saved tallies.</param>
    /// <exception cref="StateFormatException">The bytes are damaged, cut short, or of another kind or version.</exception>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public static SliceTallies Restore(ReadOnlySpan<byte> saved, SliceTalliesOptions? options = null)
    {
        options ??= new SliceTalliesOptions();
        options.Validate();
        var reader = new BlockReader(SavedBlocks.Take(ref saved, Name), Kind, Version, Name);
        var recent = RecentClicks.Restore(saved, options.PurchaseWindow, options.PurchaseSlots);
        var tallies = new SliceTallies(options, recent)
        {
            Newest = reader.ReadInt64(),
            Uncounted = reader.ReadInt64(),
            Unjoined = reader.ReadInt64(),
        };
        if (tallies.Newest != long.MinValue && !CounterTime.Holds(tallies.Newest))
        {
            throw reader.Unsound();
        }

        if (tallies.Newest != long.MinValue)
        {
            (tallies._hour, tallies._day) = (EventGrid.Hour(tallies.Newest), EventGrid.Day(tallies.Newest));
        }

        for (var left = reader.ReadInt32(0, Slice.Count); left > 0; left--)
        {
            var code = reader.ReadInt32(0, Slice.Count - 1);
            tallies._matured[code] = new MaturedCounts(reader.ReadInt64(), reader.ReadInt64());
        }

        for (var left = reader.ReadInt32(0, Slice.Count); left > 0; left--)
        {
            var code = reader.ReadInt32(0, Slice.Count - 1);
            tallies._leaves[code] = Slice.FromCode(code).Depth == 3 ? LeafTallies.Read(ref reader) : throw reader.Unsound();
        }

        reader.Finish();
        return tallies;
    }

    private static int[] Codes(Func<int, bool> wanted) => [.. Enumerable.Range(0, Slice.Count).Where(wanted)];
}
