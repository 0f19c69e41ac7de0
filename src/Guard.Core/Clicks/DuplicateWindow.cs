using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Guard.Core.Clicks;

/// <summary>
/// Remembers which events were seen, by their 64-bit keys, in two generations of open addressing: the newest in order of
/// arrival. A key is known until at least <see cref="Capacity"/> other keys came since, whatever the events' times, so that
/// a body which is sent again is known whole however long a time its events span. Twice as many later it is forgotten.
/// </summary>
/// <remarks>
/// The tables grow to 32 to 64 bytes per key of capacity, by powers of two, and then allocate nothing. Keys must be hashes under a
/// secret key: they are used as table positions as they are. Two events share a key with probability 2⁻⁶⁴ a pair.
/// </remarks>
public sealed class DuplicateWindow
{
    private const byte FormatVersion = 2;
    private const byte TimedVersion = 1;
    private const int TimesBytes = 2 * sizeof(long);
    private const int SmallestTable = 64;

    private ulong[] _current = new ulong[SmallestTable];
    private ulong[] _previous = new ulong[SmallestTable];
    private int _currentCount;
    private int _previousCount;

    /// <summary>Initialises an empty window.</summary>
    /// <param name="capacity">How many keys one generation holds; when it is full, the older generation is forgotten.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is outside [1, 2²⁸].</exception>
    public DuplicateWindow(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1 << 28);
        Capacity = capacity;
    }

    /// <summary>Gets how many keys one generation holds.</summary>
    public int Capacity { get; }

    /// <summary>Gets how many keys are remembered.</summary>
    public int Count => _currentCount + _previousCount;

    /// <summary>Remembers a key.</summary>
    /// <param name="key">The key; not 0.</param>
    /// <returns><see langword="false"/> where the key was remembered already; no key is then added.</returns>
    public bool Add(ulong key)
    {
        ArgumentOutOfRangeException.ThrowIfZero(key);
        var slot = Find(_current, key);
        if (_current[slot] == key || _previous[Find(_previous, key)] == key)
        {
            return false;
        }

        if (_currentCount >= Capacity)
        {
            Turn();
            slot = Find(_current, key);
        }
        else if (2 * (_currentCount + 1) > _current.Length)
        {
            Grow();
            slot = Find(_current, key);
        }

        _current[slot] = key;
        _currentCount++;
        return true;
    }

    /// <summary>Writes the whole state; equal states give equal bytes.</summary>
    public void Save(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write<byte>([FormatVersion]);
        SaveTable(writer, _current);
        SaveTable(writer, _previous);
    }

    /// <summary>Replaces the state by one that <see cref="Save"/> wrote, now or while keys were forgotten by event time, and moves past it.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such state; the window is then as it was.</exception>
    public void Restore(ref ReadOnlySpan<byte> bytes)
    {
        var rest = bytes switch
        {
            [FormatVersion, ..] => bytes[1..],
            [TimedVersion, ..] when bytes.Length > TimesBytes => bytes[(1 + TimesBytes)..],
            _ => throw new InvalidDataException("The saved duplicate window is cut short or of another version."),
        };
        var (current, currentCount) = RestoreTable(ref rest);
        var (previous, previousCount) = RestoreTable(ref rest);
        (_current, _currentCount) = (current, currentCount);
        (_previous, _previousCount) = (previous, previousCount);
        bytes = rest;
    }

    /// <summary>Replaces windows by the parts of this one, by the upper bits of the keys.</summary>
    internal void PartInto(ReadOnlySpan<DuplicateWindow> parts, int shift)
    {
        foreach (var part in parts)
        {
            (part._current, part._previous, part._currentCount, part._previousCount) = (new ulong[SmallestTable], new ulong[SmallestTable], 0, 0);
        }

        foreach (var key in _previous.Where(static key => key != 0))
        {
            parts[(int)(key >> shift)].Put(key);
        }

        foreach (var part in parts)
        {
            (part._current, part._previous, part._currentCount, part._previousCount) = (part._previous, part._current, 0, part._currentCount);
        }

        foreach (var key in _current.Where(static key => key != 0))
        {
            parts[(int)(key >> shift)].Put(key);
        }
    }

    private void Put(ulong key)
    {
        if (2 * (_currentCount + 1) > _current.Length)
        {
            Grow();
        }

        _current[Find(_current, key)] = key;
        _currentCount++;
    }

    private void Turn()
    {
        (_current, _previous) = (_previous, _current);
        _previousCount = _currentCount;
        _currentCount = 0;

        // Both generations keep one size, so that the steady state turns without allocation.
        if (_current.Length < _previous.Length)
        {
            _current = new ulong[_previous.Length];
        }
        else
        {
            Array.Clear(_current);
        }
    }

    private void Grow()
    {
        var old = _current;
        _current = new ulong[2 * old.Length];
        foreach (var key in old)
        {
            if (key != 0)
            {
                _current[Find(_current, key)] = key;
            }
        }
    }

    // The slot that holds the key, or the empty one where it belongs. Tables are at most half full.
    private static int Find(ulong[] table, ulong key)
    {
        var mask = table.Length - 1;
        var slot = (int)key & mask;
        while (table[slot] != 0 && table[slot] != key)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private static void SaveTable(IBufferWriter<byte> writer, ulong[] table)
    {
        BinaryPrimitives.WriteInt32LittleEndian(writer.GetSpan(sizeof(int)), table.Length);
        writer.Advance(sizeof(int));
        if (BitConverter.IsLittleEndian)
        {
            writer.Write(MemoryMarshal.AsBytes(table.AsSpan()));
            return;
        }

        foreach (var key in table)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(writer.GetSpan(sizeof(ulong)), key);
            writer.Advance(sizeof(ulong));
        }
    }

    private static (ulong[] Table, int Count) RestoreTable(ref ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length < sizeof(int) ? 0 : BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length < SmallestTable || !int.IsPow2(length) || (bytes.Length - sizeof(int)) / sizeof(ulong) < length)
        {
            throw new InvalidDataException("The saved duplicate window is cut short or damaged.");
        }

        bytes = bytes[sizeof(int)..];
        var table = new ulong[length];
        var count = 0;
        for (var i = 0; i < length; i++)
        {
            table[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * sizeof(ulong))..]);
            count += table[i] == 0 ? 0 : 1;
        }

        bytes = bytes[(length * sizeof(ulong))..];
        return 2 * count <= length ? (table, count) : throw new InvalidDataException("The saved duplicate window is damaged: a table is over full.");
    }
}
