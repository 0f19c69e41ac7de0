using System.CommandLine;
using Guard.Cli.Terminal;
using Guard.Core.Clicks;
using Guard.Core.Lists;

namespace Guard.Cli.Options;

/// <summary>The options that name allow, deny and crawler lists.</summary>
internal static class ListOptions
{
    private static readonly Option<string?> s_access = new("--access") { Description = "Allow and deny entries for users, addresses and user agents (JSON)", HelpName = "file" };
    private static readonly Option<string?> s_crawlers = new("--crawlers") { Description = "Crawlers' user agents in the format of crawler-user-agents.json; a short list is built in", HelpName = "file" };

    public static void AddTo(Command command) => command.AddOptions(s_access, s_crawlers);

    public static AccessList Access(ParseResult parse, KeyedHash hash) =>
        parse.GetValue(s_access) is { } path ? AccessList.Read(File.ReadAllBytes(path), hash, path) : AccessList.Empty;

    public static CrawlerList Crawlers(ParseResult parse) =>
        parse.GetValue(s_crawlers) is { } path ? CrawlerList.Read(File.ReadAllBytes(path), path) : CrawlerList.BuiltIn;
}
