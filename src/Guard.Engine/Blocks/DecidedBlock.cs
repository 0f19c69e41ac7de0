using System.Buffers.Binary;
using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Scoring;
using Guard.Engine.Log;

namespace Guard.Engine.Blocks;

/// <summary>What <see cref="DecidedBlockWriter"/> wrote, read where it stands: nothing is copied before it is asked for.</summary>
internal readonly ref struct DecidedBlock
{
    private static readonly int s_width = ClickFeatures.Schema.Width;
    private readonly LogBlock _block;
    private readonly ReadOnlySpan<byte> _kinds;
    private readonly ReadOnlySpan<byte> _keys;
    private readonly ReadOnlySpan<byte> _duplicateTimes;
    private readonly ReadOnlySpan<byte> _times;
    private readonly ReadOnlySpan<byte> _users;
    private readonly ReadOnlySpan<byte> _sessions;
    private readonly ReadOnlySpan<byte> _entities;
    private readonly ReadOnlySpan<byte> _userAgents;
    private readonly ReadOnlySpan<byte> _costs;
    private readonly ReadOnlySpan<byte> _traits;
    private readonly ReadOnlySpan<byte> _verdicts;
    private readonly ReadOnlySpan<byte> _entries;
    private readonly ReadOnlySpan<byte> _scores;
    private readonly ReadOnlySpan<byte> _thresholds;
    private readonly ReadOnlySpan<byte> _thresholdSlices;
    private readonly ReadOnlySpan<byte> _features;
    private readonly ReadOnlySpan<byte> _lengths;
    private readonly ReadOnlySpan<byte> _texts;
    private readonly ReadOnlySpan<byte> _purchases;
    private readonly ReadOnlySpan<byte> _telemetry;
    private readonly int _readings;

    /// <summary>Finds the columns.</summary>
    /// <exception cref="InvalidDataException">The payload is of another kind or version, or contradicts itself.</exception>
    public DecidedBlock(LogBlock block)
    {
        _block = block;
        var reader = new ColumnReader(block.Payload.Span);
        if (reader.ReadByte() != (byte)BlockKind.Decided)
        {
            throw new InvalidDataException("A block of the log holds no decisions where there should be some.");
        }

        if (reader.ReadByte() is var version && version != DecidedBlockWriter.Version)
        {
            throw new InvalidDataException($"A block of the log has format version {version}, and this build reads version {DecidedBlockWriter.Version}: start the build that wrote it, or give another data folder.");
        }

        reader.ReadUInt16();
        Policy = reader.ReadInt32();
        Time = reader.ReadInt64();
        Count = reader.ReadInt32();
        var (purchases, readings, admitted, duplicates) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        if (Count != block.Count || Count != block.KeyCount || readings < 0)
        {
            throw new InvalidDataException("A block of the log is whole, but holds another number of clicks than it says: it was not written by this program.");
        }

        _kinds = reader.Take(admitted, 1);
        _keys = reader.Take(admitted, sizeof(ulong));
        _duplicateTimes = reader.Take(duplicates, sizeof(long));
        _times = reader.Take(Count, sizeof(long));
        _users = reader.Take(Count, sizeof(ulong));
        _sessions = reader.Take(Count, sizeof(ulong));
        _entities = reader.Take(Count, sizeof(ulong));
        _userAgents = reader.Take(Count, sizeof(ulong));
        _costs = reader.Take(Count, sizeof(long));
        _traits = reader.Take(Count, 4);
        _verdicts = reader.Take(Count, 1);
        _entries = reader.Take(Count, sizeof(int));
        _scores = reader.Take(Count, sizeof(float));
        _thresholds = reader.Take(Count, sizeof(float));
        _thresholdSlices = reader.Take(Count, sizeof(ushort));
        _features = reader.Take(Count, s_width * sizeof(float));
        _lengths = reader.Take(Count, 4 * sizeof(ushort));
        _texts = reader.Take(TextEnd(Count), 1);
        _purchases = reader.Take(purchases, DecidedBlockWriter.PurchaseBytes);
        _readings = readings;
        _telemetry = reader.Rest;
        for (var reading = 0; reading < readings; reading++)
        {
            reader.ReadInt64();
            var (name, values) = (reader.ReadUInt16(), reader.ReadUInt16());
            reader.Take(name, 1);
            reader.Take(values, sizeof(double));
        }

        if (!reader.IsEmpty)
        {
            throw new InvalidDataException("A block of the log is whole, but holds more than it says: it was not written by this program.");
        }
    }

    /// <summary>Gets how many clicks there are.</summary>
    public int Count { get; }

    /// <summary>Gets the number of the policy that decided.</summary>
    public int Policy { get; }

    /// <summary>Gets the host's clock when the batch was decided, in Unix milliseconds.</summary>
    public long Time { get; }

    /// <summary>Gets a click's number.</summary>
    public long Number(int row) => _block.First + row;

    /// <summary>Gets the keyed hash of a click's user.</summary>
    public ulong User(int row) => UInt64(_users, row);

    /// <summary>Gets a click's leaf slice.</summary>
    public Slice SliceOf(int row) => Slice.Leaf(
        (DeviceType)_traits[(row * 4) + 2], ((ClickTraits)_traits[(row * 4) + 3] & ClickTraits.LoggedIn) != ClickTraits.None, MarketplaceOf(row));

    /// <summary>Gets a click's verdict.</summary>
    public Verdict VerdictOf(int row) => (Verdict)(_verdicts[row] & 15);

    /// <summary>Gets a decision.</summary>
    public Decision DecisionOf(int row) => new()
    {
        Verdict = VerdictOf(row),
        Stage = (DecisionStage)(_verdicts[row] >> 4),
        ListEntry = BinaryPrimitives.ReadInt32LittleEndian(_entries[(row * sizeof(int))..]),
        Score = BinaryPrimitives.ReadSingleLittleEndian(_scores[(row * sizeof(float))..]),
        Threshold = BinaryPrimitives.ReadSingleLittleEndian(_thresholds[(row * sizeof(float))..]),
        Slice = SliceOf(row),
        ThresholdSlice = Slice.FromCode(BinaryPrimitives.ReadUInt16LittleEndian(_thresholdSlices[(row * sizeof(ushort))..])),
    };

    /// <summary>Copies a click's features.</summary>
    public void CopyFeatures(int row, Span<float> features)
    {
        var column = _features.Slice(row * s_width * sizeof(float), s_width * sizeof(float));
        for (var index = 0; index < s_width; index++)
        {
            features[index] = BinaryPrimitives.ReadSingleLittleEndian(column[(index * sizeof(float))..]);
        }
    }

    /// <summary>Gets a click's texts: id, source, campaign, advertiser.</summary>
    public (string Id, string Source, string Campaign, string Advertiser) TextsOf(int row)
    {
        var start = TextEnd(row);
        var id = start + Length(row, 0);
        var source = id + Length(row, 1);
        var campaign = source + Length(row, 2);
        var advertiser = campaign + Length(row, 3);
        return (Encoding.UTF8.GetString(_texts[start..id]), Encoding.UTF8.GetString(_texts[id..source]),
            Encoding.UTF8.GetString(_texts[source..campaign]), Encoding.UTF8.GetString(_texts[campaign..advertiser]));
    }

    /// <summary>Gets a click without its texts.</summary>
    public Click ClickOf(int row) => new()
    {
        Sequence = Number(row),
        Time = (long)UInt64(_times, row),
        Id = _block.Key(row),
        User = User(row),
        Session = UInt64(_sessions, row),
        Entity = UInt64(_entities, row),
        UserAgent = UInt64(_userAgents, row),
        CostMicros = (long)UInt64(_costs, row),
        Marketplace = MarketplaceOf(row),
        Device = (DeviceType)_traits[(row * 4) + 2],
        Traits = (ClickTraits)_traits[(row * 4) + 3],
    };

    /// <summary>Appends all events to a batch, the clicks without their texts, and their order to an order.</summary>
    public void CopyTo(EventBatch batch, AdmittedOrder order)
    {
        for (var row = 0; row < Count; row++)
        {
            batch.Add(ClickOf(row));
        }

        var purchases = new ColumnReader(_purchases);
        while (!purchases.IsEmpty)
        {
            batch.Add(new Purchase(purchases.ReadInt64(), (ulong)purchases.ReadInt64(), (ulong)purchases.ReadInt64(), (ulong)purchases.ReadInt64(), purchases.ReadInt64()));
        }

        var readings = new ColumnReader(_telemetry);
        for (var reading = 0; reading < _readings; reading++)
        {
            var (time, name, values) = (readings.ReadInt64(), readings.ReadUInt16(), new double[readings.ReadUInt16()]);
            var stream = Encoding.UTF8.GetString(readings.Take(name, 1));
            foreach (ref var value in values.AsSpan())
            {
                value = readings.ReadDouble();
            }

            batch.Add(new TelemetryPoint(stream, time, values));
        }

        for (var index = 0; index < _kinds.Length; index++)
        {
            order.Add(_kinds[index], UInt64(_keys, index));
        }

        for (var index = 0; index < _duplicateTimes.Length / sizeof(long); index++)
        {
            order.AddDuplicateTime((long)UInt64(_duplicateTimes, index));
        }
    }

    private static ulong UInt64(ReadOnlySpan<byte> column, int row) => BinaryPrimitives.ReadUInt64LittleEndian(column[(row * sizeof(ulong))..]);

    private Marketplace MarketplaceOf(int row) => Marketplace.FromCode(BinaryPrimitives.ReadUInt16LittleEndian(_traits[(row * 4)..]));

    private int Length(int row, int text) => BinaryPrimitives.ReadUInt16LittleEndian(_lengths[((row * 8) + (text * 2))..]);

    private int TextEnd(int rows)
    {
        var end = 0;
        for (var index = 0; index < rows * 4; index++)
        {
            end += BinaryPrimitives.ReadUInt16LittleEndian(_lengths[(index * sizeof(ushort))..]);
        }

        return end;
    }
}
