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
    [InlineData("decide")]
    [InlineData("replay")]
    [InlineData("replay", "events.ndjson", "--format", "csv")]
    [InlineData("evaluate", "events.ndjson", "--split", "50/50")]
    [InlineData("train", "events.ndjson", "--until", "yesterday")]
    public async Task A_command_line_that_is_not_understood_has_an_exit_code_of_its_own(params string[] args)
    {
        var result = await _guard.RunAsync(args);

        Assert.Equal(2, result.ExitCode);
        Assert.NotEmpty(result.Error);
    }
}
