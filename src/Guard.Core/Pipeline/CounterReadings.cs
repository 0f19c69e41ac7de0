using Guard.Core.Counters;

namespace Guard.Core.Pipeline;

/// <summary>The counters of a batch's clicks, a row a click; the memory is reused from batch to batch.</summary>
public sealed class CounterReadings
{
    private UserCounters[] _users = [];
    private EntityCounters[] _entities = [];
    private UserAgentCounters[] _userAgents = [];
    private int _count;

    /// <summary>Gets the users' counters, in click order.</summary>
    public Span<UserCounters> Users => _users.AsSpan(0, _count);

    /// <summary>Gets the entities' counters, in click order.</summary>
    public Span<EntityCounters> Entities => _entities.AsSpan(0, _count);

    /// <summary>Gets the user agents' counters, in click order.</summary>
    public Span<UserAgentCounters> UserAgents => _userAgents.AsSpan(0, _count);

    /// <summary>Makes room for a batch of clicks; what the rows held before is undefined.</summary>
    public void Resize(int clicks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(clicks);
        if (_users.Length < clicks)
        {
            _users = new UserCounters[Math.Max(clicks, _users.Length * 2)];
            _entities = new EntityCounters[_users.Length];
            _userAgents = new UserAgentCounters[_users.Length];
        }

        _count = clicks;
    }
}
