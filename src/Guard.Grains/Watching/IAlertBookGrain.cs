using Guard.Core.Hosting;

namespace Guard.Grains.Watching;

/// <summary>Numbers the alerts of all streams, and their starts and ends, durably and once each. There is one in a cluster.</summary>
[Alias("guard.IAlertBookGrain")]
public interface IAlertBookGrain : IGrainWithStringKey
{
    /// <summary>The key of the one.</summary>
    const string Key = "alerts";

    /// <summary>Takes starts and ends of alerts, in order. Ends when they are durable; what was taken before changes nothing.</summary>
    /// <returns>The number of the alert of each.</returns>
    [Alias("Tell")]
    Task<long[]> TellAsync(ToldAlert[] alerts);

    /// <summary>Gets the number of the newest durable event; 0 before the first.</summary>
    [Alias("Last")]
    Task<long> LastAsync();

    /// <summary>Waits until there is a durable event after a cursor, for some seconds at most.</summary>
    /// <returns>The number of the newest durable event.</returns>
    [Alias("Wait")]
    Task<long> WaitAsync(long after);

    /// <summary>Reads durable events after a cursor, oldest first.</summary>
    [Alias("Read")]
    Task<NumberedAlert[]> ReadAsync(long after, int maximum);

    /// <summary>Gets alerts, newest first; one that goes on stands as it did at its start.</summary>
    [Alias("Alerts")]
    Task<StreamAlert[]> AlertsAsync(int maximum);
}
