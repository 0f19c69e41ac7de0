namespace Guard.Grains.Reading.Index;

/// <content>From a step to the saved head.</content>
internal sealed partial class DecisionIndex
{
    private Task CommitAsync(NumberingStep step) =>
        step.Entries.Count > 0 ? CommitAsync([.. step.Entries], Directory.FirstOrdinal, step.Next) : Task.CompletedTask;

    private async Task CommitAsync(IndexEntry[] entries, long firstOrdinal, Dictionary<int, long> next)
    {
        var (whole, sinceBase, sinceFormer) = _saved;
        var formerBase = sinceBase.From;
        if (sinceBase.Entries.Count >= MostSinceBase)
        {
            await _store.WriteBaseAsync(whole.Since(0));
            (sinceFormer, sinceBase) = (sinceBase, whole.After(whole.Version));
        }

        var version = whole.Version + 1;
        var newest = entries.Length > 0 && entries[^1].FirstOrdinal >= whole.NextOrdinal;
        var change = new DirectoryChange
        {
            From = whole.Version,
            Version = version,
            Last = newest ? entries[^1].LastNumber : whole.Last,
            NextOrdinal = newest ? entries[^1].LastOrdinal + 1 : whole.NextOrdinal,
            FirstOrdinal = firstOrdinal,
            Entries = [.. entries.Select(entry => entry with { Version = version })],
        };
        sinceBase = sinceBase.Apply(change);
        var head = new IndexHead { Base = sinceBase.From, Since = sinceBase.Since(sinceBase.From), Next = next };
        var tag = await _store.ReplaceHeadAsync(head, _tag) ?? throw new IndexGivenUpException("Another activation of the decision index goes on; this one gives way.");
        Take(tag, new Saved(whole.Apply(change), sinceBase, sinceFormer.Apply(change)), next);
        Own = Own == 0 ? version : Own;
        if (formerBase != sinceBase.From && formerBase != 0)
        {
            await _store.DeleteBaseAsync(formerBase);
        }
    }

    private void Take(string tag, Saved saved, Dictionary<int, long> next)
    {
        _tag = tag;
        Volatile.Write(ref _saved, saved);
        lock (_lock)
        {
            _next = next;
        }

        _version.Advance(saved.Whole.Version);
    }

    /// <summary>The directory, and what came since the newest base and since the one before it: most who follow are no further behind.</summary>
    private sealed record Saved(DecisionDirectory Whole, DecisionDirectory SinceBase, DecisionDirectory SinceFormerBase);
}
