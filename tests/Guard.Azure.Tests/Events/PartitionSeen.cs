using Guard.Azure.Events;
using Guard.Core.Clicks;

namespace Guard.Azure.Tests.Events;

/// <summary>A partition's intake, and what came out of it.</summary>
internal sealed class PartitionSeen : IQuarantine
{
    private readonly EventIntake _intake;

    public PartitionSeen() => _intake = new EventIntake(new IntakeOptions { DuplicateCapacity = 16 }, new KeyedHash(HashingKey.Parse("000102030405060708090a0b0c0d0e0f")), this);

    public EventBatch Batch { get; } = new();

    public List<(Rejection Rejection, EventPosition Position, long Length)> Rejected { get; } = [];

    public void Take(MappedEvent mapped) => mapped.TakeInto(_intake, EventDecoder.NoClock, Batch);

    public void Add(in RejectedEvent rejected) => Rejected.Add((rejected.Rejection, rejected.Position, rejected.Length));
}
