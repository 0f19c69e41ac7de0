namespace Guard.Grains.Reading.Chunks;

/// <summary>What was read lately, up to a number of bytes; of those who want the same at once one reads. Safe for concurrent use.</summary>
/// <param name="most">The most bytes.</param>
internal sealed class ReadCache<TKey, TValue>(long most)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<Item>> _items = [];
    private readonly LinkedList<Item> _newestFirst = new();
    private long _bytes;

    /// <summary>Gets what was read, or reads it; what is not there is not kept.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="read">Reads it with its size in bytes.</param>
    /// <param name="cancellationToken">Stops waiting; who else waits goes on.</param>
    public async Task<TValue?> GetAsync(TKey key, Func<Task<(TValue? Value, long Bytes)>> read, CancellationToken cancellationToken)
    {
        LinkedListNode<Item>? node;
        lock (_lock)
        {
            if (_items.TryGetValue(key, out node))
            {
                _newestFirst.Remove(node);
            }
            else
            {
                node = new LinkedListNode<Item>(new Item(key, new Lazy<Task<(TValue? Value, long Bytes)>>(read)));
                _items[key] = node;
            }

            _newestFirst.AddFirst(node);
        }

        try
        {
            var (value, bytes) = await node.Value.Reading.Value.WaitAsync(cancellationToken);
            Keep(node, value is null ? null : bytes);
            return value;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Keep(node, null);
            throw;
        }
    }

    private void Keep(LinkedListNode<Item> node, long? bytes)
    {
        lock (_lock)
        {
            if (node.List is null)
            {
                return;
            }

            if (bytes is null)
            {
                Remove(node);
                return;
            }

            _bytes += bytes.Value - node.Value.Bytes;
            node.Value.Bytes = bytes.Value;
            while (_bytes > most && _newestFirst.Last is { } oldest && oldest != node)
            {
                Remove(oldest);
            }
        }
    }

    private void Remove(LinkedListNode<Item> node)
    {
        _newestFirst.Remove(node);
        _items.Remove(node.Value.Key);
        _bytes -= node.Value.Bytes;
    }

    private sealed class Item(TKey key, Lazy<Task<(TValue? Value, long Bytes)>> reading)
    {
        public TKey Key => key;

        public Lazy<Task<(TValue? Value, long Bytes)>> Reading => reading;

        public long Bytes { get; set; }
    }
}
