namespace Guard.Core.Hosting;

/// <summary>The decisions that a host keeps. Safe for concurrent use.</summary>
public interface IDecisionLog
{
    /// <summary>Gets the number of the newest durable decision; 0 before the first.</summary>
    long Last { get; }

    /// <summary>Reads decisions.</summary>
    ValueTask<DecisionPage> ReadAsync(DecisionQuery query, CancellationToken cancellationToken = default);

    /// <summary>Waits until there is a decision after a cursor.</summary>
    /// <param name="after">The cursor, at least 0.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask WaitAsync(long after, CancellationToken cancellationToken = default);

    /// <summary>Finds the newest decision of a click, or <see langword="null"/> where none is kept.</summary>
    ValueTask<KeptDecision?> FindAsync(string clickId, CancellationToken cancellationToken = default);
}
