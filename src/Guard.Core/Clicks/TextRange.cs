namespace Guard.Core.Clicks;

/// <summary>Where a piece of UTF-8 text lies in the buffer of its <see cref="EventBatch"/>; the default value is absent text.</summary>
/// <param name="Offset">The first byte's position in the buffer.</param>
/// <param name="Length">The length in bytes.</param>
public readonly record struct TextRange(int Offset, int Length)
{
    /// <summary>Gets whether there is no text.</summary>
    public bool IsEmpty => Length == 0;
}
