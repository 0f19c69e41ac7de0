using Guard.Core.Clicks;
using Guard.Engine.Files;

namespace Guard.Engine.Intake;

/// <summary>
/// Quarantine as an NDJSON file: <c>reason</c>, <c>detail</c>, <c>file</c>, <c>line</c>, <c>offset</c>, <c>length</c> and
/// the event's head as <c>text</c>, or as <c>base64</c> where it is no UTF-8. Readable by its owner alone, since the head
/// may hold personal data in the clear.
/// </summary>
/// <remarks>
/// Rows go to <c>{path}.partial</c>, each by one write and unbuffered, so a crash of the process loses none and at worst a
/// crash of the machine cuts the last ones. <see cref="Complete"/> moves the file to its final name, over what an earlier
/// run left there; a run that stops short leaves the partial file, which the next run starts afresh, or goes on with
/// after its last whole row where it resumes.
/// </remarks>
public sealed class QuarantineFile : IQuarantine, IDisposable
{
    private readonly string _path;
    private readonly string _draft;
    private readonly FileStream _stream;
    private readonly QuarantineRows _rows = new();

    /// <summary>Opens the partial file.</summary>
    /// <param name="path">The final name.</param>
    /// <param name="resume">Whether to go on with a partial file that an earlier run left.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public QuarantineFile(string path, bool resume = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
        _draft = path + ".partial";
        try
        {
            _stream = OwnerOnlyFile.Open(_draft, resume ? FileMode.OpenOrCreate : FileMode.Create);
            QuarantineRows.KeepWhole(_stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _stream?.Dispose();
            throw new InputException(_draft, null, "the quarantine file cannot be written", "choose another folder or check its permissions", e);
        }
    }

    /// <inheritdoc/>
    public void Add(in RejectedEvent rejected) => _stream.Write(_rows.Format(rejected, arrived: null));

    /// <summary>Closes the file and moves it to its final name.</summary>
    public void Complete()
    {
        DiskFlush.Flush(_stream.SafeFileHandle, _draft);
        Dispose();
        File.Move(_draft, _path, overwrite: true);
    }

    /// <summary>Closes the partial file and leaves it where it is.</summary>
    public void Dispose()
    {
        _rows.Dispose();
        _stream.Dispose();
    }
}
