namespace Guard.Silo.Configuration;

/// <summary>What decides. Section <c>Guard:Policy</c>.</summary>
public sealed record PolicySettings
{
    /// <summary>Gets the name of models and thresholds: <c>models/{name}</c>, <c>thresholds/{name}</c>. Default: clicks.</summary>
    public string Name { get; init; } = "clicks";

    /// <summary>Gets how often a silo asks for newer ones, in [100 ms, 1 h]. Default: 5 s.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets the JSON file of allow and deny entries. Default: none.</summary>
    public string? AccessFile { get; init; }

    /// <summary>Gets the file of crawlers in the format of crawler-user-agents.json. Default: a short list that is built in.</summary>
    public string? CrawlerFile { get; init; }

    /// <summary>Gets whether a development cluster without a model makes one from simulated traffic. Default: yes.</summary>
    public bool Starter { get; init; } = true;

    internal void Validate()
    {
        const string Section = "Policy";
        Setting.Require(Name.Length is > 0 and <= 64 && Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'), Section, nameof(Name), "give 1 to 64 letters, digits, hyphens and underscores");
        Setting.Require(PollEvery >= TimeSpan.FromMilliseconds(100) && PollEvery <= TimeSpan.FromHours(1), Section, nameof(PollEvery), "give 100 ms to 1 h");
    }
}
