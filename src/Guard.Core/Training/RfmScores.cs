using Guard.Core.Clicks;

namespace Guard.Core.Training;

/// <summary>
/// Recency, frequency and monetary quintiles of the users who had bought before some time. A user's quintile is
/// 1 + ⌊5·(share of users with a lower value)⌋, so that equal users score alike, and the score is the three's sum, 3 to 15.
/// </summary>
internal sealed class RfmScores
{
    private const int Bins = 5;

    // In the order of users, then of time: a user's purchases lie together.
    private readonly Purchase[] _purchases;
    private readonly ulong[] _users;
    private readonly long[] _recency;
    private readonly long[] _frequency;
    private readonly long[] _monetary;
    private readonly long[] _sorted;

    public RfmScores(ReadOnlySpan<Purchase> purchases)
    {
        _purchases = purchases.ToArray();
        _purchases = Array.FindAll(_purchases, p => p.User != 0);
        Array.Sort(_purchases, static (x, y) => x.User != y.User ? x.User.CompareTo(y.User) : x.Time.CompareTo(y.Time));
        var users = 0;
        for (var i = 0; i < _purchases.Length; i++)
        {
            users += i == 0 || _purchases[i].User != _purchases[i - 1].User ? 1 : 0;
        }

        _users = new ulong[users];
        _recency = new long[users];
        _frequency = new long[users];
        _monetary = new long[users];
        _sorted = new long[users];
    }

    /// <summary>Gets the users who score at least a threshold by their purchases before a time.</summary>
    public HashSet<ulong> AtLeast(int threshold, long before)
    {
        var users = Gather(before);
        var scores = new int[users];
        Add(_recency.AsSpan(0, users), scores);
        Add(_frequency.AsSpan(0, users), scores);
        Add(_monetary.AsSpan(0, users), scores);
        var high = new HashSet<ulong>();
        for (var user = 0; user < users; user++)
        {
            if (scores[user] >= threshold)
            {
                high.Add(_users[user]);
            }
        }

        return high;
    }

    private int Gather(long before)
    {
        var users = 0;
        for (var i = 0; i < _purchases.Length; i++)
        {
            ref readonly var purchase = ref _purchases[i];
            if (purchase.Time >= before)
            {
                continue;
            }

            if (users == 0 || _users[users - 1] != purchase.User)
            {
                _users[users] = purchase.User;
                _frequency[users] = 0;
                _monetary[users] = 0;
                users++;
            }

            _recency[users - 1] = purchase.Time;
            _frequency[users - 1]++;
            _monetary[users - 1] += purchase.ValueMicros;
        }

        return users;
    }

    private void Add(ReadOnlySpan<long> values, Span<int> scores)
    {
        var sorted = _sorted.AsSpan(0, values.Length);
        values.CopyTo(sorted);
        sorted.Sort();
        for (var user = 0; user < values.Length; user++)
        {
            scores[user] += 1 + (int)((long)Bins * LowerThan(sorted, values[user]) / values.Length);
        }
    }

    private static int LowerThan(ReadOnlySpan<long> sorted, long value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
