using System.Net;
using System.Net.Sockets;
using Guard.Cli.Processes;

namespace Guard.Cli.Tests.Processes;

public sealed class ServerProcessTests
{
    [Fact]
    public async Task A_server_is_asked_where_it_says_its_console_is_whatever_addresses_it_wrote_before()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "The server is played by a shell.");
        using var console = new TcpListener(IPAddress.Loopback, 0);
        console.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)console.LocalEndpoint).Port}/";
        var answering = AnswerAsync(console);
        await using var server = ServerProcess.Start(["sh", "-c", $"echo 'warn: see http://127.0.0.1:9/help for help.'; echo 'console     {address}'; exec cat"], new Dictionary<string, string>());

        await server.ReadyAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal(new Uri(address), server.Api.Address);
        await answering;
    }

    private static async Task AnswerAsync(TcpListener console)
    {
        using var client = await console.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await client.ReceiveAsync(new byte[4096], TestContext.Current.CancellationToken);
        await client.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
    }
}
