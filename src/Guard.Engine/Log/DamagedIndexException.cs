namespace Guard.Engine.Log;

/// <summary>An index beside a segment that is not what was written.</summary>
internal sealed class DamagedIndexException(string path, long offset)
    : Exception($"{path}: damaged at byte {offset}")
{
    public long Offset => offset;
}
