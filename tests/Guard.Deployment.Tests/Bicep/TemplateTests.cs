namespace Guard.Deployment.Tests.Bicep;

public sealed class TemplateTests
{
    private const string Types = "GUARD_BICEP_TYPES";
    private static readonly string s_folder = Repository.Path("bicep");

    [Fact]
    public async Task The_templates_parse_and_their_parts_fit_together()
    {
        var result = await BicepGrammar.CheckAsync(s_folder);

        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [Fact]
    public async Task The_templates_hold_to_the_types_that_Azure_publishes()
    {
        var types = Environment.GetEnvironmentVariable(Types);
        Assert.SkipWhen(string.IsNullOrEmpty(types), $"{Types} names no clone of https://github.com/Azure/bicep-types-az.");

        var result = await BicepGrammar.CheckAsync(s_folder, types);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.DoesNotContain(" 0 resources", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build", "main.bicep")]
    [InlineData("lint", "main.bicep")]
    [InlineData("build-params", "main.dev.bicepparam")]
    public async Task The_compiler_takes_the_templates(string command, string file)
    {
        string[] arguments = command == "lint" ? [command, Path.Combine(s_folder, file)] : [command, Path.Combine(s_folder, file), "--stdout"];

        var result = await Tool.RunAsync("bicep", arguments);

        Assert.True(result.ExitCode == 0, result.Errors);
    }

    [Theory]
    [InlineData("modules/key-vault.bicep", "enablePurgeProtection: true", "enablePurgeProtection true", "not Bicep")]
    [InlineData("main.bicep", "retentionDays: logRetentionDays", "retention: logRetentionDays", "has no parameter retention")]
    [InlineData("main.bicep", "vault.outputs.vaultName", "vault.outputs.name", "has no output name")]
    [InlineData("main.dev.bicepparam", "param name = 'guarddev'", "param title = 'guarddev'", "wants the parameter name")]
    [InlineData("main.bicep", "@description('Optional. The Azure region. Default: the resource group\\'s.')", "", "wants a description")]
    public async Task The_check_finds_what_was_broken(string file, string intact, string broken, string fault)
    {
        using var copy = new BrokenCopy(s_folder, file, intact, broken);

        var result = await BicepGrammar.CheckAsync(copy.Folder);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(fault, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key-vault", "enablePurgeProtection: true", "enablePurgeProtektion: true", "has no property enablePurgeProtektion")]
    [InlineData("key-vault", "family: 'A'", "", "wants family")]
    [InlineData("key-vault", "name: 'standard'", "name: 'basic'", "is 'basic'")]
    [InlineData("key-vault", "vaults@2024-11-01", "vaults@2024-11-02", "publishes no")]
    [InlineData("storage", "prefixMatch: [", "prefixesMatch: [", "has no property prefixesMatch")]
    public async Task The_check_of_types_finds_what_was_broken(string module, string intact, string broken, string fault)
    {
        var types = Environment.GetEnvironmentVariable(Types);
        Assert.SkipWhen(string.IsNullOrEmpty(types), $"{Types} names no clone of https://github.com/Azure/bicep-types-az.");
        using var copy = new BrokenCopy(s_folder, $"modules/{module}.bicep", intact, broken);

        var result = await BicepGrammar.CheckAsync(copy.Folder, types);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(fault, result.Output, StringComparison.Ordinal);
    }
}
