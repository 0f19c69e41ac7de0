using System.Globalization;
using System.Text;

namespace Guard.Server.Alerts;

/// <summary>The number of the alert event up to which all was delivered, in a file of one line.</summary>
internal sealed class WebhookCursor(string path)
{
    private const string Line = "alerts delivered up to ";

    /// <summary>Reads the number: <see langword="null"/> where there is no file, −1 where it is damaged.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public long? Read()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var text = File.ReadAllText(path);
        return text.StartsWith(Line, StringComparison.Ordinal) && text.EndsWith('\n')
            && long.TryParse(text.AsSpan(Line.Length).TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : -1;
    }

    /// <summary>Writes the number beside the file, makes it durable and puts it in the file's place.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Write(long number)
    {
        var beside = path + ".new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Encoding.ASCII.GetBytes(Line + number.ToString(CultureInfo.InvariantCulture) + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
