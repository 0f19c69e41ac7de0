using Azure.Messaging.EventHubs;

namespace Guard.Grains.Streaming;

/// <summary>How partitions are read. The defaults are Guard's own.</summary>
public sealed record HubStreamOptions
{
    /// <summary>Gets or sets how to connect; required.</summary>
    public Func<EventHubConnectionOptions, EventHubConnection>? Connect { get; set; }

    /// <summary>Gets or sets the hub's name; required.</summary>
    public string Hub { get; set; } = "";

    /// <summary>Gets or sets the consumer group, which should be this cluster's own. Default: $Default.</summary>
    public string ConsumerGroup { get; set; } = "$Default";

    /// <summary>Gets or sets the most messages that a partition's grain is given at once, in [1, 4096]. Default: 1,000.</summary>
    public int BatchSize { get; set; } = 1000;

    /// <summary>Gets or sets how often the hub is asked, from 1 ms to 1 s. Default: 20 ms.</summary>
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Gets or sets how far apart deliveries to a partition's grain begin that are not full, from 0 to 5 s. Default: 250 ms. Each becomes a write, and what comes meanwhile waits for the next; one after a pause goes at once.</summary>
    public TimeSpan GatherFor { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets how long a delivery is tried before it is told as failed, from 1 min to 1 day. Default: 15 min. Afterwards the grain reads from the hub what it was not given.</summary>
    public TimeSpan DeliverFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets how long a message stays in the stream's cache at least, from 1 s to 1 h; at most four times as long. Default: 15 s.</summary>
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        Require(Connect is not null, nameof(Connect), "a way to connect");
        Require(Hub.Length > 0, nameof(Hub), "the hub's name");
        Require(ConsumerGroup.Length > 0, nameof(ConsumerGroup), "the consumer group's name");
        Require(BatchSize is >= 1 and <= 4096, nameof(BatchSize), "1 to 4096");
        Require(PollEvery >= TimeSpan.FromMilliseconds(1) && PollEvery <= TimeSpan.FromSeconds(1), nameof(PollEvery), "1 ms to 1 s");
        Require(GatherFor >= TimeSpan.Zero && GatherFor <= TimeSpan.FromSeconds(5), nameof(GatherFor), "0 to 5 s");
        Require(DeliverFor >= TimeSpan.FromMinutes(1) && DeliverFor <= TimeSpan.FromDays(1), nameof(DeliverFor), "1 min to 1 day");
        Require(CacheFor >= TimeSpan.FromSeconds(1) && CacheFor <= TimeSpan.FromHours(1), nameof(CacheFor), "1 s to 1 h");
    }

    private static void Require(bool valid, string name, string range)
    {
        if (!valid)
        {
            throw new ArgumentException($"The stream option {name} is out of range: give {range}.", name);
        }
    }
}
