using Microsoft.Extensions.Logging;

namespace Guard.Engine.Log;

/// <summary>Keeps what was found wrong, and says it in the process's log.</summary>
internal sealed partial class LogJournal(ILogger logger)
{
    private const int GreatestFindings = 1000;
    private readonly Lock _gate = new();
    private readonly List<LogFinding> _findings = [];

    /// <summary>Gets the findings so far, at most the first thousand.</summary>
    public IReadOnlyList<LogFinding> Findings
    {
        get
        {
            lock (_gate)
            {
                return [.. _findings];
            }
        }
    }

    public void Add(LogFault fault, string path, long offset, long position, string done)
    {
        var finding = new LogFinding(fault, Path.GetFileName(path), offset, position, done);
        lock (_gate)
        {
            if (_findings.Contains(finding))
            {
                return;
            }

            if (_findings.Count < GreatestFindings)
            {
                _findings.Add(finding);
            }
        }

        Found(fault, finding.File, offset, position, done);
    }
}
