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

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        Require(
            Name is { Length: > 0 and <= 64 } && Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'),
            nameof(Name),
            "1 to 64 letters, digits, hyphens and underscores");
        Require(PollEvery >= TimeSpan.FromMilliseconds(100) && PollEvery <= TimeSpan.FromHours(1), nameof(PollEvery), "100 ms to 1 h");
        Require(Access is not null, nameof(Access), "a list, which may be empty");
        Require(Crawlers is not null, nameof(Crawlers), "a list, such as the built-in one");
    }

    private static void Require(bool valid, string name, string range)
    {
        if (!valid)
        {
            throw new ArgumentException($"The policy option {name} is out of range: give {range}.", name);
        }
    }
}
