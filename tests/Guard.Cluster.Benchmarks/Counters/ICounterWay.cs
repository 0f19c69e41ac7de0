namespace Guard.Cluster.Benchmarks.Counters;

/// <summary>A way to count clicks in a silo.</summary>
internal interface ICounterWay
{
    /// <summary>Gets the numbers of lanes among which the best is looked for: a lane counts one step after another.</summary>
    IReadOnlyList<int> Lanes { get; }

    /// <summary>Counts the next clicks of the stream; called again when that has ended.</summary>
    /// <param name="lane">The lane, from 0.</param>
    /// <param name="stream">The clicks.</param>
    /// <param name="most">How many clicks at most.</param>
    /// <returns>How many clicks.</returns>
    ValueTask<int> CountAsync(int lane, ClickStream stream, int most = int.MaxValue);

    /// <summary>Counts one click and says what was read, in the same words in every way.</summary>
    ValueTask<string> ReadAsync(ClickStream stream);

    /// <summary>Lets go what a host would have let go once its decisions are durable.</summary>
    void Settle();
}
