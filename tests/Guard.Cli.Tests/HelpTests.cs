namespace Guard.Cli.Tests;

public sealed class HelpTests : IDisposable
{
    private readonly GuardProcess _guard = new();

    public void Dispose() => _guard.Dispose();

    [Theory]
    [InlineData("serve")]
    [InlineData("torture")]
    [InlineData("demo")]
    [InlineData("simulate")]
    [InlineData("train")]
    [InlineData("calibrate")]
    [InlineData("replay")]
    [InlineData("evaluate")]
    public async Task Every_command_explains_itself_with_examples(string command)
    {
        var help = await _guard.RunAsync(command, "--help");

        Assert.Equal(0, help.ExitCode);
        Assert.Contains("Examples:", help.Output, StringComparison.Ordinal);
        Assert.Contains($"  guard {command}", help.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("guard: 'decide' is no command of guard; 'guard --help' lists them.", "decide")]
    [InlineData("guard: 'serv' is no command of guard (did you mean serve?); 'guard --help' lists them.", "serv")]
    [InlineData("guard: guard serve takes no '--ulr' (did you mean --url?)", "serve", "--ulr")]
    [InlineData("guard: Required argument missing for command: 'replay'. 'guard replay --help' shows what it takes.", "replay")]
    [InlineData("guard: --format takes one of AccessLog, CloudEvents, TalkingData, not 'csv'.", "replay", "events.ndjson", "--format", "csv")]
    [InlineData("guard: --workers takes a whole number, not 'many'.", "serve", "--workers", "many")]
    [InlineData("guard: --split takes ", "evaluate", "events.ndjson", "--split", "50/50")]
    [InlineData("guard: --until takes ", "train", "events.ndjson", "--until", "yesterday")]
    [InlineData("guard: Option '--scopes' is required. 'guard key create --help' shows what it takes.", "key", "create")]
    public async Task A_command_line_that_is_not_understood_gets_one_line_and_an_exit_code_of_its_own(string expected, params string[] args)
    {
        var result = await _guard.RunAsync(args);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(expected, Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task A_command_that_was_left_out_gets_the_help()
    {
        var result = await _guard.RunAsync("key");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("create", result.Error + result.Output, StringComparison.Ordinal);
    }
}
