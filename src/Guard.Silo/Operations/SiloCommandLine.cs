using System.CommandLine;
using Guard.Silo.Configuration;

namespace Guard.Silo.Operations;

/// <summary>The silo's command line: without a command it runs.</summary>
internal static class SiloCommandLine
{
    private const int Done = 0;
    private const int CannotStart = 1;

    private static readonly Option<FileInfo?> s_settings = new("--settings")
    {
        Description = """A JSON file of settings, such as { "Guard": { "Clustering": { "Kind": "AdoNet" } } }. What the environment says goes before it: GUARD__CLUSTERING__KIND=AdoNet""",
        HelpName = "file",
        Recursive = true,
    };

    public static RootCommand Create()
    {
        var root = new RootCommand("Run a silo of a Guard cluster. Without any settings it makes a development cluster on this machine.") { s_settings };
        root.SetAction((parse, cancellation) => GuardedAsync(() => RunCommand.RunAsync(ConfigurationOf(parse), cancellation)));

        var apply = new Option<bool>("--apply") { Description = "Make the tables in the database of Guard:Clustering:ConnectionString; applied again it changes nothing" };
        var schema = new Command("schema", "Print the SQL of the tables that a cluster over PostgreSQL needs, or apply it") { apply };
        schema.SetAction((parse, cancellation) => GuardedAsync(() => parse.GetValue(apply)
            ? SchemaCommand.ApplyAsync(ConfigurationOf(parse), parse.InvocationConfiguration.Output, cancellation)
            : SchemaCommand.PrintAsync(parse.InvocationConfiguration.Output)));
        root.Add(schema);
        return root;
    }

    private static IConfigurationRoot ConfigurationOf(ParseResult parse)
    {
        var builder = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true);
        if (parse.GetValue(s_settings) is { } file)
        {
            builder.AddJsonFile(file.FullName, optional: false);
        }

        try
        {
            return builder.AddEnvironmentVariables().Build();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw new SiloConfigurationException($"--settings: {exception.Message} {exception.InnerException?.Message}", exception);
        }
    }

    private static async Task<int> GuardedAsync(Func<Task> command)
    {
        try
        {
            await command();
            return Done;
        }
        catch (SiloConfigurationException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return CannotStart;
        }
        catch (OperationCanceledException)
        {
            return Done;
        }
    }
}
