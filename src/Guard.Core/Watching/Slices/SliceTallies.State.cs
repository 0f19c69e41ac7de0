using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Counters;

namespace Guard.Core.Watching.Slices;

public sealed partial class SliceTallies
{
    /// <summary>How many parts the recent clicks have, by the upper bits of the click's id; each is saved and goes on by itself.</summary>
    public const int RecentParts = RecentClicks.Parts;

    private const uint Kind = 0x4C544C53; // "SLTL"
    private const int Version = 2;
    private const string Name = "slice tallies";

    /// <summary>Writes the whole state as blocks with format version and checksum. The same state gives the same bytes.</summary>
    public void Save(IBufferWriter<byte> output)
    {
        SaveCounts(output);
        for (var part = 0; part < RecentParts; part++)
        {
            SaveRecent(part, output);
        }
    }

    /// <summary>Writes one part of the recent clicks.</summary>
    public void SaveRecent(int part, IBufferWriter<byte> output) => _recent[part].Save(output);

    /// <summary>Writes all but the recent clicks.</summary>
    public void SaveCounts(IBufferWriter<byte> output)
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
    }

    /// <summary>Reads what <see cref="Save"/> wrote; the tallies go on as the saved ones would have.</summary>
    /// <param name="saved">The bytes, all of them.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults. They need not be those of the saved tallies.</param>
    /// <exception cref="StateFormatException">The bytes are damaged, cut short, or of another kind or version.</exception>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public static SliceTallies Restore(ReadOnlySpan<byte> saved, SliceTalliesOptions? options = null)
    {
        var tallies = new SliceTallies(options);
        tallies.RestoreCounts(SavedBlocks.Take(ref saved, Name));
        for (var part = 0; part < RecentParts - 1; part++)
        {
            tallies.RestoreRecent(part, SavedBlocks.Take(ref saved, Name));
        }

        tallies.RestoreRecent(RecentParts - 1, saved);
        return tallies;
    }

    /// <summary>Replaces one part of the recent clicks by what <see cref="SaveRecent"/> wrote.</summary>
    /// <exception cref="StateFormatException">The bytes are damaged, cut short, or of another kind or version; the part is then as it was.</exception>
    public void RestoreRecent(int part, ReadOnlySpan<byte> saved) =>
        _recent[part] = RecentClicks.Restore(saved, part, _options.PurchaseWindow, _options.PurchaseSlots);

    /// <summary>Puts what <see cref="SaveCounts"/> wrote into tallies that have counted nothing yet.</summary>
    /// <exception cref="StateFormatException">The bytes are damaged, cut short, or of another kind or version; the tallies are then of no use.</exception>
    public void RestoreCounts(ReadOnlySpan<byte> saved)
    {
        var reader = new BlockReader(saved, Kind, Version, Name);
        (Newest, Uncounted, Unjoined) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        if (Newest != long.MinValue && !CounterTime.Holds(Newest))
        {
            throw reader.Unsound();
        }

        if (Newest != long.MinValue)
        {
            (_hour, _day) = (EventGrid.Hour(Newest), EventGrid.Day(Newest));
        }

        for (var left = reader.ReadInt32(0, Slice.Count); left > 0; left--)
        {
            var code = reader.ReadInt32(0, Slice.Count - 1);
            _matured[code] = new MaturedCounts(reader.ReadInt64(), reader.ReadInt64());
            if (code >= Slice.InnerCount)
            {
                NoteSeen(code);
            }
        }

        for (var left = reader.ReadInt32(0, Slice.Count); left > 0; left--)
        {
            var code = reader.ReadInt32(0, Slice.Count - 1);
            _leaves[code] = Slice.FromCode(code).Depth == 3 ? LeafTallies.Read(ref reader) : throw reader.Unsound();
            NoteSeen(code);
        }

        reader.Finish();
    }

    private static int[] Codes(Func<int, bool> wanted) => [.. Enumerable.Range(0, Slice.Count).Where(wanted)];
}
