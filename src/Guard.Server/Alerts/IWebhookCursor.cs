namespace Guard.Server.Alerts;

/// <summary>Remembers up to which alert event all was delivered, and knows whose turn it is to deliver.</summary>
public interface IWebhookCursor
{
    /// <summary>Gets what ends when the turn is another process's. It changes with every <see cref="BeginAsync"/>.</summary>
    CancellationToken Turn { get; }

    /// <summary>Waits until it is this process's turn, and reads the number.</summary>
    /// <returns>The number: <see langword="null"/> where the webhook was never used, −1 where what stands there is damaged.</returns>
    ValueTask<long?> BeginAsync(CancellationToken cancellationToken);

    /// <summary>Keeps the number up to which all was delivered.</summary>
    /// <exception cref="OperationCanceledException">The turn is another process's, or the caller gave up.</exception>
    ValueTask KeepAsync(long number, CancellationToken cancellationToken);

    /// <summary>Gives the turn up, so that another process need not wait for it to expire.</summary>
    ValueTask EndAsync();
}
