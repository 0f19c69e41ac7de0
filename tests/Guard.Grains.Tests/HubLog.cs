using Guard.Grains.Ingest;

namespace Guard.Grains.Tests;

/// <summary>What a hub keeps of a partition.</summary>
internal sealed class HubLog : IHubReader
{
    private readonly List<HubMessage> _messages = [];

    public int Reads { get; private set; }

    public void Append(IEnumerable<HubMessage> messages)
    {
        lock (_messages)
        {
            _messages.AddRange(messages);
        }
    }

    /// <summary>Lets messages go whose retention is over.</summary>
    public void Expire(long before)
    {
        lock (_messages)
        {
            _messages.RemoveAll(message => message.SequenceNumber < before);
        }
    }

    public ValueTask<IReadOnlyList<HubMessage>> ReadAsync(int partition, long from, int maximum, CancellationToken cancellationToken = default)
    {
        lock (_messages)
        {
            Reads++;
            return ValueTask.FromResult<IReadOnlyList<HubMessage>>([.. _messages.Where(message => message.SequenceNumber >= from).Take(maximum)]);
        }
    }
}
