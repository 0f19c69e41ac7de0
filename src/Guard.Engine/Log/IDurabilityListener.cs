namespace Guard.Engine.Log;

/// <summary>Is told by a log's own thread how far it is durable, without the wait for another thread. What it does holds up the next write.</summary>
internal interface IDurabilityListener
{
    /// <summary>All blocks before a position are durable.</summary>
    void OnDurable(long end);

    /// <summary>Nothing more becomes durable.</summary>
    void OnFailed(LogFailedException failure);
}
