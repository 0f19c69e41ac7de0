using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Guard.Engine.Policy;

/// <summary>The policies that a log's blocks name. One thread adds; any reads.</summary>
internal sealed class KeptPolicies
{
    /// <summary>How many are kept; a decision by an older one is read without its policy.</summary>
    private const int Most = 1_000;
    private ImmutableSortedDictionary<int, KeptPolicy> _policies = ImmutableSortedDictionary<int, KeptPolicy>.Empty;

    /// <summary>Gets the newest, or <see langword="null"/>.</summary>
    public KeptPolicy? Newest => Volatile.Read(ref _policies) is { IsEmpty: false } policies ? policies[policies.Keys.Last()] : null;

    /// <summary>Finds a policy.</summary>
    public KeptPolicy? Find(int number) => Volatile.Read(ref _policies).GetValueOrDefault(number);

    /// <summary>Adds a policy; one of its number is replaced.</summary>
    public void Add(KeptPolicy policy)
    {
        var policies = _policies.SetItem(policy.Number, policy);
        Volatile.Write(ref _policies, policies.Count > Most ? policies.Remove(policies.Keys.First()) : policies);
    }

    /// <summary>Writes all of them.</summary>
    public void Save(IBufferWriter<byte> output)
    {
        var length = new byte[sizeof(int)];
        foreach (var policy in _policies.Values)
        {
            var block = policy.ToBlock();
            BinaryPrimitives.WriteInt32LittleEndian(length, block.Length);
            output.Write(length);
            output.Write(block);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are something else.</exception>
    public void Restore(ReadOnlySpan<byte> bytes)
    {
        var reader = new Blocks.ColumnReader(bytes);
        while (!reader.IsEmpty)
        {
            Add(KeptPolicy.FromBlock(reader.Take(reader.ReadInt32(), 1)));
        }
    }
}
