namespace Guard.Core.Estimation.Detection;

/// <summary>Where a row stands towards an alert. Each episode has one row that starts it and one that ends it.</summary>
public enum AlertPhase
{
    /// <summary>No alert.</summary>
    None,

    /// <summary>An alert starts with this row.</summary>
    Started,

    /// <summary>The alert goes on.</summary>
    Ongoing,

    /// <summary>The alert ended before this row.</summary>
    Ended,
}
