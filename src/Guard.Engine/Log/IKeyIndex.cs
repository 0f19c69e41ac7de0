namespace Guard.Engine.Log;

/// <summary>Where the keys of one segment stand.</summary>
internal interface IKeyIndex
{
    /// <summary>Adds every place of a key.</summary>
    /// <exception cref="DamagedIndexException">The index cannot be read.</exception>
    void Find(ulong key, List<KeyPlace> places);
}
