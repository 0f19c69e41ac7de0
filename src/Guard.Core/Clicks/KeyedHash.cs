using System.Buffers.Binary;

namespace Guard.Core.Clicks;

/// <summary>
/// Turns identities into keyed 64-bit hashes by <see cref="SipHash"/>, with a key of its own for each <see cref="HashKind"/>
/// that is derived from the deployment's key. 0 never comes out: it stands for "none". Immutable, safe for concurrent use.
/// </summary>
public sealed class KeyedHash
{
    private readonly (ulong First, ulong Second)[] _keys;

    /// <summary>Derives the keys of all kinds.</summary>
    /// <param name="key">The deployment's key.</param>
    public KeyedHash(HashingKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _keys = new (ulong, ulong)[(int)HashKind.Event + 1];
        for (var kind = 0; kind < _keys.Length; kind++)
        {
            _keys[kind] = (SipHash.Compute(key.First, key.Second, [(byte)kind, 0]), SipHash.Compute(key.First, key.Second, [(byte)kind, 1]));
        }
    }

    /// <summary>Hashes a text as it stands, without case folding or normalisation.</summary>
    /// <returns>The hash; 0 for an empty text, and for nothing else.</returns>
    public ulong Of(HashKind kind, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        var (first, second) = _keys[(int)kind];
        return NotNone(SipHash.Compute(first, second, text));
    }

    /// <summary>Hashes a pair of hashes, either of which may be 0.</summary>
    /// <returns>The hash, never 0.</returns>
    public ulong Of(HashKind kind, ulong left, ulong right)
    {
        var (first, second) = _keys[(int)kind];
        return NotNone(SipHash.Compute(first, second, left, right));
    }

    /// <summary>
    /// Hashes the entity of an address: the whole address of an IPv4 one, also of one mapped into IPv6, and the first 64
    /// bits of any other, since a host changes the lower half at will (RFC 8981).
    /// </summary>
    public ulong OfEntity(UInt128 address)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return Of(HashKind.Entity, NetworkAddress.IsV4(address) ? bytes : bytes[..8]);
    }

    private static ulong NotNone(ulong hash) => hash == 0 ? 1 : hash;
}
