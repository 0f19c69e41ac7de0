using System.IO.Compression;

namespace Guard.Engine.Intake;

/// <summary>Opens input that may be gzip (told by its first bytes) and may begin with a byte order mark.</summary>
internal static class InputFile
{
    private const int Peek = 4096;

    /// <exception cref="InputException">There is no such file, or it cannot be read.</exception>
    public static Stream Open(string path)
    {
        Require(path);
        try
        {
            return new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.SequentialScan });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, null, "the file cannot be read", "check its permissions", e);
        }
    }

    /// <exception cref="InputException">There is no such file.</exception>
    public static void Require(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InputException(path, null, "is a folder", "name the files in it");
        }

        if (!File.Exists(path))
        {
            throw new InputException(path, null, "there is no such file", "check the name and the folder");
        }
    }

    /// <summary>Gets the text of a stream, unpacked where it is gzip, and past its byte order mark.</summary>
    /// <exception cref="InputException">The content is binary.</exception>
    public static async ValueTask<Stream> TextAsync(Stream raw, string name, CancellationToken cancellationToken)
    {
        var peeked = await PeekedStream.CreateAsync(raw, Peek, cancellationToken);
        if (peeked.Head.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
        {
            peeked = await PeekedStream.CreateAsync(new GZipStream(peeked, CompressionMode.Decompress), Peek, cancellationToken);
        }

        if (peeked.Head.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]))
        {
            peeked.Skip(3);
        }

        if (IsBinary(peeked.Head))
        {
            throw new InputException(name, null, "the content is binary, not text", "give UTF-8 text, plain or packed by gzip");
        }

        return peeked;
    }

    // Text that begins like JSON is judged event by event, whatever bytes are in it.
    private static bool IsBinary(ReadOnlySpan<byte> head)
    {
        var first = head.TrimStart(" \t\r\n"u8);
        return first.Length > 0 && first[0] is not ((byte)'{' or (byte)'[')
            && (first.ContainsAnyInRange((byte)0, (byte)8) || first.ContainsAnyInRange((byte)14, (byte)31) || first[0] >= 0xf8);
    }
}
