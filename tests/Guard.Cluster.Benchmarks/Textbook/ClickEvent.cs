namespace Guard.Cluster.Benchmarks.Textbook;

/// <summary>What a grain of one user, address or user agent needs of a click. Immutable, so that a call within a silo copies nothing.</summary>
[GenerateSerializer]
[Immutable]
[Alias("benchmark.click")]
public readonly record struct ClickEvent(
    [property: Id(0)] long Time, [property: Id(1)] ulong User, [property: Id(2)] ulong Session, [property: Id(3)] ulong UserAgent);
