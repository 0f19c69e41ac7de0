using Guard.Core.Clicks;

namespace Guard.Azure.Events;

/// <summary>One event of a message, as the intake takes it.</summary>
/// <param name="Position">The message's origin, its sequence number as offset, and the place in its batch, from 1; 0 where it is no batch.</param>
/// <param name="Bytes">One CloudEvent as JSON, or what was rejected as it came.</param>
/// <param name="Rejection">What is known to be wrong before decoding; the default value is "nothing".</param>
public readonly record struct MappedEvent(EventPosition Position, ReadOnlyMemory<byte> Bytes, Rejection Rejection)
{
    /// <summary>Hands the event to its partition's intake.</summary>
    /// <param name="intake">The intake.</param>
    /// <param name="now">The host's clock in Unix milliseconds.</param>
    /// <param name="batch">Where it is appended if it is valid and new.</param>
    public IntakeOutcome TakeInto(EventIntake intake, long now, EventBatch batch)
    {
        ArgumentNullException.ThrowIfNull(intake);
        if (!Rejection.IsRejected)
        {
            return intake.Take(Bytes.Span, Position, now, batch);
        }

        intake.Reject(Rejection, Position, Bytes.Span, Bytes.Length);
        return IntakeOutcome.Rejected;
    }
}
