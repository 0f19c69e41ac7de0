using Guard.Core.Counters;

namespace Guard.Core.Pipeline;

/// <summary>The counters of a batch's clicks; the memory is reused from batch to batch.</summary>
/// <remarks>
/// A host may write a shard's counters side by side and say in the places where each click's stand, so that threads which
/// run shards never write to one cache line; or it writes them in click order and says <see cref="InClickOrder"/>.
/// </remarks>
public sealed class CounterReadings
{
    private UserCounters[] _users = [];
    private EntityCounters[] _entities = [];
    private UserAgentCounters[] _userAgents = [];
    private int[] _userPlaces = [];
    private int[] _entityPlaces = [];
    private int[] _userAgentPlaces = [];
    private int _count;

    /// <summary>Gets the users' counters.</summary>
    public Span<UserCounters> Users => _users.AsSpan(0, _count);

    /// <summary>Gets the entities' counters.</summary>
    public Span<EntityCounters> Entities => _entities.AsSpan(0, _count);

    /// <summary>Gets the user agents' counters.</summary>
    public Span<UserAgentCounters> UserAgents => _userAgents.AsSpan(0, _count);

    /// <summary>Gets where in <see cref="Users"/> each click's counters stand: a permutation of the rows.</summary>
    public Span<int> UserPlaces => _userPlaces.AsSpan(0, _count);

    /// <summary>Gets where in <see cref="Entities"/> each click's counters stand: a permutation of the rows.</summary>
    public Span<int> EntityPlaces => _entityPlaces.AsSpan(0, _count);

    /// <summary>Gets where in <see cref="UserAgents"/> each click's counters stand: a permutation of the rows.</summary>
    public Span<int> UserAgentPlaces => _userAgentPlaces.AsSpan(0, _count);

    /// <summary>Gets the counters of a click's user.</summary>
    public ref readonly UserCounters UserOf(int row) => ref _users[_userPlaces[row]];

    /// <summary>Gets the counters of a click's entity.</summary>
    public ref readonly EntityCounters EntityOf(int row) => ref _entities[_entityPlaces[row]];

    /// <summary>Gets the counters of a click's user agent.</summary>
    public ref readonly UserAgentCounters UserAgentOf(int row) => ref _userAgents[_userAgentPlaces[row]];

    /// <summary>Makes room for a batch of clicks; what counters and places held before is undefined.</summary>
    public void Resize(int clicks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(clicks);
        if (_users.Length < clicks)
        {
            var capacity = Math.Max(clicks, _users.Length * 2);
            _users = new UserCounters[capacity];
            _entities = new EntityCounters[capacity];
            _userAgents = new UserAgentCounters[capacity];
            _userPlaces = new int[capacity];
            _entityPlaces = new int[capacity];
            _userAgentPlaces = new int[capacity];
        }

        _count = clicks;
    }

    /// <summary>Says that all counters stand in click order.</summary>
    public void InClickOrder()
    {
        for (var row = 0; row < _count; row++)
        {
            _userPlaces[row] = row;
        }

        UserPlaces.CopyTo(EntityPlaces);
        UserPlaces.CopyTo(UserAgentPlaces);
    }
}
