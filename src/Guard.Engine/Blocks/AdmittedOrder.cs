using System.Runtime.InteropServices;
using Guard.Core.Clicks;

namespace Guard.Engine.Blocks;

/// <summary>
/// The order in which events of all kinds were admitted to a batch, duplicates among them: with it, replaying a block brings
/// the duplicate window to the state that it had.
/// </summary>
internal sealed class AdmittedOrder
{
    private const byte DuplicateBit = 0x80;
    private readonly List<byte> _kinds = [];
    private readonly List<ulong> _keys = [];
    private readonly List<long> _duplicateTimes = [];

    /// <summary>Gets how many events there are.</summary>
    public int Count => _kinds.Count;

    /// <summary>Gets a byte an event: its kind, and whether it is a duplicate.</summary>
    public ReadOnlySpan<byte> Kinds => CollectionsMarshal.AsSpan(_kinds);

    /// <summary>Gets the events' keys.</summary>
    public ReadOnlySpan<ulong> Keys => CollectionsMarshal.AsSpan(_keys);

    /// <summary>Gets the times of the duplicates, for whoever reads the log; those of other events stand with the events.</summary>
    public ReadOnlySpan<long> DuplicateTimes => CollectionsMarshal.AsSpan(_duplicateTimes);

    /// <summary>Notes an event.</summary>
    public void Add(in Arrival arrival, IntakeOutcome outcome)
    {
        var duplicate = outcome == IntakeOutcome.Duplicate;
        Add((byte)((byte)arrival.Kind | (duplicate ? DuplicateBit : 0)), arrival.Key);
        if (duplicate)
        {
            _duplicateTimes.Add(arrival.Time);
        }
    }

    /// <summary>Notes an event as <see cref="Kinds"/> and <see cref="Keys"/> hold it.</summary>
    public void Add(byte kind, ulong key)
    {
        _kinds.Add(kind);
        _keys.Add(key);
    }

    /// <summary>Notes the time of a duplicate.</summary>
    public void AddDuplicateTime(long time) => _duplicateTimes.Add(time);

    /// <summary>Brings an admission to the state that it had after some of the events.</summary>
    /// <param name="admission">The admission.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="start">Where those events begin.</param>
    /// <param name="end">Where they end.</param>
    /// <param name="replaysNumbers">Whether its numbers do not hold the events' effect yet.</param>
    /// <param name="windows">A bit for each part of its duplicate window that does not.</param>
    /// <exception cref="InvalidDataException">The order names other events than the batch holds.</exception>
    public void Replay(Admission admission, EventBatch batch, EventPlace start, EventPlace end, bool replaysNumbers, ulong windows)
    {
        var keys = Keys;
        var kinds = Kinds;
        var clicks = batch.Clicks;
        var (click, purchase, telemetry) = (start.Clicks, start.Purchases, start.Telemetry);
        for (var index = start.Admitted; index < end.Admitted; index++)
        {
            if (((windows >> Admission.PartOf(keys[index])) & 1) != 0)
            {
                admission.ReplayKey(keys[index]);
            }

            if ((kinds[index] & DuplicateBit) != 0)
            {
                continue;
            }

            switch ((EventKind)kinds[index])
            {
                case EventKind.Click when click < end.Clicks:
                    ref readonly var admitted = ref clicks[click++];
                    if (replaysNumbers)
                    {
                        admission.ReplayNumber(admitted.Sequence, admitted.Time);
                    }

                    break;
                case EventKind.Purchase when purchase++ < end.Purchases:
                case EventKind.Telemetry when telemetry++ < end.Telemetry:
                    break;
                default:
                    throw new InvalidDataException("A block of the log is whole, but the order of its events contradicts them: it was not written by this program.");
            }
        }
    }

    /// <summary>Forgets all events and keeps the memory.</summary>
    public void Clear()
    {
        _kinds.Clear();
        _keys.Clear();
        _duplicateTimes.Clear();
    }
}
