using System.Security.Cryptography;
using System.Text;
using Guard.Core.Clicks;
using Guard.Engine.Files;

namespace Guard.Engine.Intake;

/// <summary>Keeps the hashing key of a development deployment beside its data, in a file that its owner alone can read.</summary>
public static class HashingKeyFile
{
    /// <summary>Reads the key, or makes one by a cryptographic generator where there is no file.</summary>
    /// <remarks>The file appears whole or not at all, so that two processes which start together end with one key.</remarks>
    /// <param name="path">The file: 32 hexadecimal digits, then a line break.</param>
    /// <exception cref="InputException">The file holds no key, or cannot be read or written.</exception>
    public static HashingKey LoadOrCreate(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (!File.Exists(path))
            {
                Create(path);
            }

            return HashingKey.TryParse(File.ReadAllText(path).AsSpan().Trim(), out var key)
                ? key
                : throw new InputException(path, null, "holds no hashing key of 32 hexadecimal digits", "restore it from a backup, or delete it to start over with new hashes");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, null, "the hashing key cannot be read or made here", "check the folder and its permissions", e);
        }
    }

    private static void Create(string path)
    {
        var draft = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.partial";
        using (var stream = OwnerOnlyFile.Open(draft, FileMode.CreateNew))
        {
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(HashingKey.Bytes)) + "\n"));
            DiskFlush.Flush(stream.SafeFileHandle, draft);
        }

        // Where another process was faster, its key holds.
        FreeName.TryTake(draft, path);
    }
}
