using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Guard.Core.Clicks;

namespace Guard.Core.Lists;

/// <summary>
/// The deployment's own allow and deny entries for users, addresses, networks and user agents. An allow entry beats every
/// deny entry; among entries of one rule the first in the list counts. Immutable and safe for concurrent use.
/// </summary>
public sealed partial class AccessList
{
    private const int V4MappedBits = 96;
    private readonly Dictionary<ulong, List<int>> _users = [];
    private readonly SortedDictionary<int, Dictionary<UInt128, List<int>>> _networks = [];
    private readonly List<(byte[] Part, int Entry)> _userAgents = [];
    private readonly long[] _expiries;

    private AccessList(IReadOnlyList<AccessEntry> entries, KeyedHash hash, string name)
    {
        // The values stay behind: a user id or an address is kept only in the form that matches it.
        Entries = [.. entries.Select(entry => entry with { Value = "" })];
        _expiries = [.. entries.Select(entry => entry.Expires?.ToUnixTimeMilliseconds() ?? long.MaxValue)];
        for (var index = 0; index < entries.Count; index++)
        {
            var value = Encoding.UTF8.GetBytes(entries[index].Value);
            switch (entries[index].Kind)
            {
                case AccessKind.User:
                    Add(_users, hash.Of(HashKind.User, value), index);
                    break;
                case AccessKind.Address:
                    AddNetwork(entries[index].Value, index, name);
                    break;
                default:
                    _userAgents.Add((value, index));
                    break;
            }
        }
    }

    private AccessList(AccessList list, IReadOnlyList<KeyValuePair<ulong, AccessEntry>> users)
    {
        Entries = [.. list.Entries, .. users.Select(user => user.Value with { Value = "" })];
        _expiries = [.. list._expiries, .. users.Select(user => user.Value.Expires?.ToUnixTimeMilliseconds() ?? long.MaxValue)];
        (_networks, _userAgents) = (list._networks, list._userAgents);
        foreach (var (key, entries) in list._users)
        {
            _users[key] = [.. entries];
        }

        for (var index = 0; index < users.Count; index++)
        {
            Add(_users, users[index].Key, list.Entries.Count + index);
        }
    }

    /// <summary>Gets a list without entries.</summary>
    public static AccessList Empty { get; } = new([], new KeyedHash(HashingKey.FromBytes(new byte[HashingKey.Bytes])), "");

    /// <summary>Gets the entries, in the order of the list, each without its value.</summary>
    public IReadOnlyList<AccessEntry> Entries { get; }

    /// <summary>Reads a list: a JSON array of entries such as <c>{"rule":"deny","kind":"address","value":"203.0.113.0/24","reason":"data centre","expires":"2026-12-31T00:00:00Z"}</c>.</summary>
    /// <param name="json">The list's UTF-8 JSON.</param>
    /// <param name="hash">Hashes the users that it names.</param>
    /// <param name="name">What an error calls the list, such as its file name.</param>
    /// <exception cref="ListFormatException">The JSON is not such a list; the message names the place, never a value.</exception>
    public static AccessList Read(ReadOnlySpan<byte> json, KeyedHash hash, string name)
    {
        ArgumentNullException.ThrowIfNull(hash);
        AccessEntry?[]? entries;
        try
        {
            entries = JsonSerializer.Deserialize(json, AccessJson.Default.AccessEntryArray);
        }
        catch (JsonException exception)
        {
            throw new ListFormatException(
                $"{name}: line {exception.LineNumber + 1}: not a list of entries; write [{{\"rule\": \"allow|deny\", \"kind\": \"user|address|userAgent\", \"value\": \"…\"}}, …].");
        }

        for (var index = 0; index < (entries?.Length ?? 0); index++)
        {
            if (string.IsNullOrEmpty(entries![index]?.Value))
            {
                throw new ListFormatException($"{name}: entry {index + 1} has no value; give it one or remove it.");
            }
        }

        return new AccessList([.. (entries ?? []).OfType<AccessEntry>()], hash, name);
    }

    /// <summary>Gets this list with further entries after its own, for users named by their keyed hashes.</summary>
    public AccessList WithUsers(IReadOnlyList<KeyValuePair<ulong, AccessEntry>> users)
    {
        ArgumentNullException.ThrowIfNull(users);
        return users.Count == 0 ? this : new AccessList(this, users);
    }

    /// <summary>Finds the entry that decides a click at its event time; −1 where none matches.</summary>
    /// <param name="batch">The batch that holds the click's texts.</param>
    /// <param name="click">The click.</param>
    /// <param name="rule">What the entry says.</param>
    public int Match(EventBatch batch, in Click click, out AccessRule rule)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var best = -1;
        if (_users.Count > 0 && _users.TryGetValue(click.User, out var users))
        {
            Prefer(users, click.Time, ref best);
        }

        if (_networks.Count > 0 && NetworkAddress.TryParse(batch.Text(click.AddressText), out var address))
        {
            foreach (var (length, networks) in _networks)
            {
                if (networks.TryGetValue(address & Mask(length), out var entries))
                {
                    Prefer(entries, click.Time, ref best);
                }
            }
        }

        foreach (var (part, entry) in _userAgents)
        {
            if (Beats(entry, click.Time, best) && batch.Text(click.UserAgentText).IndexOf(part) >= 0)
            {
                best = entry;
            }
        }

        rule = best < 0 ? default : Entries[best].Rule;
        return best;
    }

    private static void Add<TKey>(Dictionary<TKey, List<int>> map, TKey key, int entry)
        where TKey : notnull
    {
        if (!map.TryGetValue(key, out var entries))
        {
            map[key] = entries = [];
        }

        entries.Add(entry);
    }

    private static UInt128 Mask(int length) => length == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - length);

    private void AddNetwork(string value, int index, string name)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        var text = slash < 0 ? value : value[..slash];
        var valid = NetworkAddress.TryParse(Encoding.UTF8.GetBytes(text), out var address);
        var bits = valid && NetworkAddress.IsV4(address) && !text.Contains(':', StringComparison.Ordinal) ? 32 : 128;
        var length = bits;
        valid &= slash < 0 || (int.TryParse(value.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= bits);
        if (!valid)
        {
            throw new ListFormatException($"{name}: entry {index + 1}: the value is neither an address nor a network; write one such as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.");
        }

        length += bits == 32 ? V4MappedBits : 0;
        if (!_networks.TryGetValue(length, out var networks))
        {
            _networks[length] = networks = [];
        }

        Add(networks, address & Mask(length), index);
    }

    private void Prefer(List<int> entries, long time, ref int best)
    {
        foreach (var entry in entries)
        {
            if (Beats(entry, time, best))
            {
                best = entry;
            }
        }
    }

    private bool Beats(int entry, long time, int best) =>
        time < _expiries[entry]
        && (best < 0 || (Entries[entry].Rule == Entries[best].Rule ? entry < best : Entries[entry].Rule == AccessRule.Allow));

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
    [JsonSerializable(typeof(AccessEntry[]))]
    internal sealed partial class AccessJson : JsonSerializerContext;
}
