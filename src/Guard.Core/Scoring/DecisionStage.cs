namespace Guard.Core.Scoring;

/// <summary>The stages of a decision in their order of precedence: the first that matches decides.</summary>
public enum DecisionStage : byte
{
    /// <summary>An allow entry matched: valid.</summary>
    AllowList = 0,

    /// <summary>A deny entry matched: general invalid traffic.</summary>
    DenyList = 1,

    /// <summary>The user agent is a crawler's: general invalid traffic.</summary>
    CrawlerList = 2,

    /// <summary>The model's score against the slice's threshold.</summary>
    Model = 3,
}
