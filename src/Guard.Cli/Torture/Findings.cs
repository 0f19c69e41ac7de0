namespace Guard.Cli.Torture;

/// <summary>What a trial found wrong: the first findings in full, the rest counted. Safe for concurrent use.</summary>
internal sealed class Findings
{
    private const int Kept = 20;
    private readonly List<string> _first = [];
    private readonly Lock _lock = new();
    private long _count;

    public bool Any => Interlocked.Read(ref _count) > 0;

    public void Add(string finding)
    {
        lock (_lock)
        {
            if (_count++ < Kept)
            {
                _first.Add(finding.ReplaceLineEndings(" "));
            }
        }
    }

    /// <summary>Adds a finding unless something holds.</summary>
    public void Require(bool holds, string finding)
    {
        if (!holds)
        {
            Add(finding);
        }
    }

    public IReadOnlyList<string> ToList()
    {
        lock (_lock)
        {
            return _count > Kept ? [.. _first, $"and {_count - Kept:N0} more"] : [.. _first];
        }
    }
}
