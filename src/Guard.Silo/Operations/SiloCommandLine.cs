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
        root.Add(Publish());
        return root;
    }

    private static Command Publish()
    {
        var from = new Option<DirectoryInfo?>("--from") { Description = "The data folder of `guard train` and `guard calibrate`, whose model and thresholds are copied; without it, versions that the cluster holds", HelpName = "folder" };
        var model = new Option<string?>("--model") { Description = "The version of the model. Without it, the one in force there", HelpName = "version" };
        var thresholds = new Option<string?>("--thresholds") { Description = "The version of the thresholds, such as an earlier one to go back to. Without it, those in force there", HelpName = "version" };
        var publish = new Command("publish", "Put a model and thresholds in force in the cluster; silos take them up without a restart") { from, model, thresholds };
        publish.SetAction((parse, cancellation) => GuardedAsync(() => PublishCommand.RunAsync(
            ConfigurationOf(parse), parse.GetValue(from), parse.GetValue(model), parse.GetValue(thresholds), parse.InvocationConfiguration.Output, cancellation)));
        return publish;
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
