using System.Text.Json;
using System.Text.RegularExpressions;
using Guard.Server.Tests.Hosting;

namespace Guard.Server.Tests;

/// <summary>The blocks of the front README, run as they stand there but for the address.</summary>
public sealed partial class ReadmeTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_curl_lines_send_a_click()
    {
        AssertAccepted(await Tools.RunAsync("sh", ["-c", "command -v curl > /dev/null || { echo absent; exit 0; }\n" + Block("sh")]));
        Assert.Equal(1, _server.Host.Last);
    }

    [Fact]
    public async Task The_JavaScript_lines_send_a_click()
    {
        var output = await Tools.RunAsync("node", ["--input-type=module", "-e", Block("js")]);

        Assert.StartsWith("200 ", output);
        AssertAccepted(output[4..]);
    }

    [Fact]
    public async Task The_Python_lines_send_a_click() => AssertAccepted(await Tools.RunAsync("python3", ["-c", Block("python")]));

    [Fact]
    public async Task The_CSharp_lines_have_a_click_scored()
    {
        var folder = Directory.CreateTempSubdirectory("guard-readme-");
        try
        {
            var file = Path.Combine(folder.FullName, "producer.cs");
            await File.WriteAllTextAsync(file, Block("csharp"), TestContext.Current.CancellationToken);

            // Ahead-of-time compilation, the default of such files, wants a package that a limited registry lacks.
            var output = await Tools.RunAsync("dotnet", ["run", "--property:PublishAot=false", file]);

            Assert.StartsWith("200 ", output);
            Assert.Equal("cs-1", JsonDocument.Parse(output[4..]).RootElement.GetProperty("decision").GetProperty("id").GetString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_address_stands_in_the_table()
    {
        var readme = Readme("Server");
        foreach (var endpoint in _server.Service<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints.OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>())
        {
            var path = endpoint.RoutePattern.RawText!.Replace("**", "", StringComparison.Ordinal);
            Assert.Contains("/" + path.TrimStart('/'), readme);
        }
    }

    private static void AssertAccepted(string output)
    {
        Assert.SkipWhen(output.Trim() == "absent", "The tool is not installed here.");
        Assert.Equal(1, JsonDocument.Parse(output).RootElement.GetProperty("accepted").GetInt32());
    }

    private string Block(string language)
    {
        var block = Blocks().Matches(Readme("Front")).Single(match => match.Groups["language"].Value == language).Groups["code"].Value;
        Assert.Contains("http://localhost:5080", block);
        return block.Replace("http://localhost:5080", _server.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
    }

    private static string Readme(string of) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, of, "README.md"));

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline, 1000)]
    private static partial Regex Blocks();
}
