using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Guard.Core.Counters;

namespace Guard.Core.Watching.Slices;

/// <summary>A part of the recent clicks, by open addressing with linear probing, at most three quarters full. When it may not grow, it keeps every second click.</summary>
internal sealed class ClickSegment
{
    public const int FirstSlots = 16;
    public const int MostSlots = 1 << 20;
    public const int GreatestLevel = 24;
    private const int HomeShift = GreatestLevel;

    private RecentClick[] _slots = new RecentClick[FirstSlots];
    private ulong _mask;

    /// <summary>Gets how many clicks are held.</summary>
    public int Count { get; private set; }

    /// <summary>Gets or sets the binary logarithm of how many clicks stand behind one that is held.</summary>
    public int Level
    {
        get => BitOperations.PopCount(_mask);
        set => _mask = (1UL << value) - 1;
    }

    public long Bytes => (long)_slots.Length * Unsafe.SizeOf<RecentClick>();

    public int SavedBytes => 3 * sizeof(int) + Count * Unsafe.SizeOf<RecentClick>();

    /// <summary>Whether clicks with this id are held, as far as they come.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Samples(ulong id) => (id & _mask) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchPlace(ulong id) => Prefetch.Line(ref _slots[Home(id)]);

    /// <summary>Finds a click, or a null reference.</summary>
    public ref RecentClick Find(ulong id)
    {
        ref var slot = ref Place(id);
        return ref slot.Id == id ? ref slot : ref Unsafe.NullRef<RecentClick>();
    }

    /// <summary>Holds a click that <see cref="Samples"/> wants; one of the same id gives way.</summary>
    public void Add(in RecentClick click, int mostSlots)
    {
        ref var slot = ref Place(click.Id);
        if (slot.Id == 0)
        {
            if ((Count + 1) * 4 > _slots.Length * 3)
            {
                MakeRoom(mostSlots);
                if (!Samples(click.Id))
                {
                    return;
                }

                slot = ref Place(click.Id);
            }

            Count++;
        }

        slot = click;
    }

    /// <summary>Forgets all clicks and keeps the memory.</summary>
    public void Clear(int level)
    {
        Array.Clear(_slots);
        (Count, Level) = (0, level);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(BlockWriter writer)
    {
        writer.Write(_slots.Length);
        writer.Write(Level);
        writer.Write(Count);

        // From the first gap on: added in this order, each click finds the very slot that it has now.
        var first = Array.FindIndex(_slots, static slot => slot.Id == 0);
        for (var step = 0; step < _slots.Length; step++)
        {
            ref readonly var slot = ref _slots[(first + step) & (_slots.Length - 1)];
            if (slot.Id != 0)
            {
                writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<RecentClick>(in slot)));
            }
        }
    }

    public static ClickSegment Read(ref BlockReader reader, ulong number)
    {
        var slots = reader.ReadInt32(FirstSlots, MostSlots);
        var segment = new ClickSegment { Level = reader.ReadInt32(0, GreatestLevel) };
        var count = reader.ReadInt32(0, slots / 4 * 3);
        if (!int.IsPow2(slots))
        {
            throw reader.Unsound();
        }

        segment._slots = new RecentClick[slots];
        var clicks = MemoryMarshal.Cast<byte, RecentClick>(reader.ReadBytes((long)count * Unsafe.SizeOf<RecentClick>()));
        foreach (ref readonly var click in clicks)
        {
            if (click.Id == 0 || click.Id >> 56 != number || !segment.Samples(click.Id) || !RecentClicks.IsSound(click))
            {
                throw reader.Unsound();
            }

            segment.Add(click, slots);
        }

        return segment.Count == count ? segment : throw reader.Unsound();
    }

    private int Home(ulong id) => (int)(id >> HomeShift) & (_slots.Length - 1);

    private ref RecentClick Place(ulong id)
    {
        var slots = _slots;
        var place = Home(id);
        while (slots[place].Id != 0 && slots[place].Id != id)
        {
            place = (place + 1) & (slots.Length - 1);
        }

        return ref slots[place];
    }

    private void MakeRoom(int mostSlots)
    {
        var grows = _slots.Length < mostSlots;
        do
        {
            Level += grows ? 0 : 1;
            var old = _slots;
            _slots = new RecentClick[grows ? old.Length * 2 : old.Length];
            Count = 0;
            foreach (ref readonly var click in old.AsSpan())
            {
                if (click.Id != 0 && Samples(click.Id))
                {
                    Place(click.Id) = click;
                    Count++;
                }
            }
        }
        while ((Count + 1) * 4 > _slots.Length * 3 && Level < GreatestLevel);
    }
}
