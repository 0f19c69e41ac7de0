using System.Globalization;
using System.Text;

namespace Guard.Server.Alerts;

/// <summary>The number in a file of one line, which is this process's alone: it is always its turn.</summary>
internal sealed class FileCursor(string path) : IWebhookCursor
{
    private const string Line = "alerts delivered up to ";

    /// <inheritdoc/>
    public CancellationToken Turn => CancellationToken.None;

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public ValueTask<long?> BeginAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return new((long?)null);
        }

        var text = File.ReadAllText(path);
        return new(text.StartsWith(Line, StringComparison.Ordinal) && text.EndsWith('\n')
            && long.TryParse(text.AsSpan(Line.Length).TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : -1);
    }

    /// <summary>Writes the number beside the file, makes it durable and puts it in the file's place.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public ValueTask KeepAsync(long number, CancellationToken cancellationToken)
    {
        var beside = path + ".new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Encoding.ASCII.GetBytes(Line + number.ToString(CultureInfo.InvariantCulture) + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask EndAsync() => ValueTask.CompletedTask;
}
