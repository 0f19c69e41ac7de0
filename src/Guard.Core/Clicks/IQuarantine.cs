namespace Guard.Core.Clicks;

/// <summary>Where events go that do not decode or break a bound.</summary>
/// <remarks>A row may hold personal data in the clear: a host keeps it where only the operator reads.</remarks>
public interface IQuarantine
{
    /// <summary>Keeps a rejected event.</summary>
    void Add(in RejectedEvent rejected);
}
