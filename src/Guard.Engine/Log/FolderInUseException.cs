namespace Guard.Engine.Log;

/// <summary>A folder that another process works in.</summary>
public sealed class FolderInUseException : Exception
{
    internal FolderInUseException(string folder, Exception cause)
        : base($"{folder}: another process works in this folder: stop it, or give another folder.", cause)
    {
    }
}
