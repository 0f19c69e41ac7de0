using System.CommandLine;
using System.Globalization;
using Guard.Cli.Options;
using Guard.Cli.Terminal;
using Guard.Server.Keys;
using Spectre.Console;

namespace Guard.Cli.Keys;

/// <summary><c>guard key</c>: keys for the HTTP API.</summary>
internal static class KeyCommand
{
    public static Command Create()
    {
        var command = new Command("key", "Make, list and revoke the keys of a Guard's HTTP API") { CreateKey(), List(), Revoke() };
        return command;
    }

    private static GuardCommand CreateKey()
    {
        var scopes = new Option<ApiScopes>("--scopes")
        {
            Description = "What the key allows: send events, read decisions and the console, or admin for everything",
            HelpName = "send,read,admin",
            Required = true,
            CustomParser = result => Scopes(result.Tokens.Count > 0 ? result.Tokens[0].Value : "") is { } parsed ? parsed : Refuse(result),
        };
        var name = new Option<string>("--name") { Description = "What you call it, such as the producer that gets it", DefaultValueFactory = _ => "unnamed" };
        var days = new Option<double?>("--days") { Description = "How long it holds; without end where not given" };
        var json = new Option<bool>("--json") { Description = "Print the key as JSON" };
        var command = new GuardCommand("create", "Make a key; it is shown once, and only its hash is kept")
        {
            Examples = ["guard key create --scopes send --name shop-frontend", "guard key create --scopes read,send --days 90 --data production"],
        };
        command.AddOptions(scopes, name, days, json, DataFolder.Option);
        command.Runs((parse, session, _) =>
        {
            var data = DataFolder.Of(parse);
            var now = TimeProvider.System.GetUtcNow();
            var made = ApiKeys.Create(parse.GetRequiredValue(name), parse.GetRequiredValue(scopes), now, parse.GetValue(days) is { } end ? now.AddDays(end) : null);
            KeyFile.Write(data, [.. KeyFile.Read(data).All, made.Key]);
            if (parse.GetValue(json))
            {
                session.WriteJson(new { key = made.Secret, id = made.Key.Id, name = made.Key.Name, made.Key.Expires });
            }
            else
            {
                session.Output.WriteLine(made.Secret);
                session.Error.WriteLine($"Keep it: only its hash stands in {KeyFile.PathIn(data)}. A Guard that runs knows it once it is started again; with any key, every caller needs one, on this machine too.");
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static GuardCommand List()
    {
        var command = new GuardCommand("list", "List the keys, without their secrets") { Examples = ["guard key list"] };
        command.AddOptions(DataFolder.Option);
        command.Runs((parse, session, _) =>
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("Id", "Name", "Allows", "Made", "Ends");
            foreach (var key in KeyFile.Read(DataFolder.Of(parse)).All)
            {
                table.AddRow(Markup.Escape(key.Id), Markup.Escape(key.Name), key.Scopes.ToString().ToLowerInvariant(), Day(key.Created), key.Expires is { } end ? Day(end) : "never");
            }

            session.Console.Write(table);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static GuardCommand Revoke()
    {
        var id = new Argument<string>("id") { Description = "The key's id, its second part" };
        var command = new GuardCommand("revoke", "Remove a key") { Examples = ["guard key revoke 3f9a1c2b04de"] };
        command.Add(id);
        command.AddOptions(DataFolder.Option);
        command.Runs((parse, session, _) =>
        {
            var (data, wanted) = (DataFolder.Of(parse), parse.GetRequiredValue(id));
            var keys = KeyFile.Read(data).All;
            var rest = keys.Where(key => key.Id != wanted).ToList();
            if (rest.Count == keys.Count)
            {
                throw new CommandException($"{KeyFile.PathIn(data)}: there is no key '{wanted}'; 'guard key list' shows those that are.");
            }

            KeyFile.Write(data, rest);
            session.Error.WriteLine("Removed. A Guard that runs allows it until it is started again.");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static ApiScopes? Scopes(string text)
    {
        var scopes = ApiScopes.None;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            switch (part)
            {
                case "send":
                    scopes |= ApiScopes.Send;
                    break;
                case "read":
                    scopes |= ApiScopes.Read;
                    break;
                case "admin":
                    scopes |= ApiScopes.Admin;
                    break;
                default:
                    return null;
            }
        }

        return scopes;
    }

    private static ApiScopes Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError("--scopes takes send, read, admin, or several of them with commas between.");
        return ApiScopes.None;
    }

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
