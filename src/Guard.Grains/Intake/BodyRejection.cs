using Guard.Core.Clicks;
using Guard.Core.Hosting;

namespace Guard.Grains.Intake;

/// <summary>A <see cref="RejectedEntry"/> on its way between silos.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.body-rejection")]
public readonly record struct BodyRejection([property: Id(0)] int Index, [property: Id(1)] long Line, [property: Id(2)] int Reason, [property: Id(3)] string Detail)
{
    internal RejectedEntry ToEntry() => new(Index, Line, (RejectReason)Reason, Detail);
}
