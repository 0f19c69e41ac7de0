namespace Guard.Core.Lifecycle;

/// <summary>An artifact as it was read.</summary>
/// <param name="Content">The whole content.</param>
/// <param name="ETag">Changes with the content.</param>
public sealed record Artifact(ReadOnlyMemory<byte> Content, string ETag);
