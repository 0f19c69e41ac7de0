namespace Guard.Engine.Log;

/// <summary>Where a key stands in a log.</summary>
/// <param name="Position">The position of the block.</param>
/// <param name="Row">The row within the block, from 0; its click has the number <see cref="LogBlock.First"/> + row.</param>
public readonly record struct KeyPlace(long Position, int Row);
