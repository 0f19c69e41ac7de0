using System.Runtime.InteropServices;

namespace Guard.Engine.Files;

/// <summary>
/// Gives a file that is whole a name that is free. The framework's move looks whether the name is free and then renames, so that of two who
/// do so at one time both succeed, and one's file is lost; a link fails for all but one.
/// </summary>
internal static partial class FreeName
{
    private const int AlreadyExists = 17;

    /// <summary>Takes the name.</summary>
    /// <param name="draft">The file, which is gone afterwards in any case.</param>
    /// <param name="path">The name.</param>
    /// <returns>Whether it was free.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static bool TryTake(string draft, string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                if (Link(draft, path) == 0)
                {
                    return true;
                }

                if (Marshal.GetLastPInvokeError() == AlreadyExists)
                {
                    return false;
                }
            }

            // A file system without links, or one that says in its own words what is wrong.
            File.Move(draft, path);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string name);
}
