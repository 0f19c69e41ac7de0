namespace Guard.Grains.Scoring;

/// <summary>Which model, thresholds and lists decide.</summary>
public sealed record PolicyOptions
{
    /// <summary>Gets or sets the name of models and thresholds: <c>models/{name}</c>, <c>thresholds/{name}</c>. Default: clicks.</summary>
    public string Name { get; set; } = "clicks";

    /// <summary>Gets or sets how often the store is asked for newer ones, from 100 ms to 1 h. Default: 5 s.</summary>
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the allow and deny list. Default: none.</summary>
    public Core.Lists.AccessList Access { get; set; } = Core.Lists.AccessList.Empty;

    /// <summary>Gets or sets the crawler list. Default: the built-in one.</summary>
    public Core.Lists.CrawlerList Crawlers { get; set; } = Core.Lists.CrawlerList.BuiltIn;
}
