using System.Net.Sockets;
using System.Text;
using Guard.Cli.Processes;

namespace Guard.Cli.Torture;

/// <summary>Clients that dawdle, stall or close half of their connection, beside one that behaves.</summary>
internal sealed class SlowTrial() : Trial("slow")
{
    private const string Event = """{"specversion":"1.0","id":"slow-ID","source":"/slow","type":"guard.ad.click.v1","time":"2020-01-06T12:00:00Z","data":{"userId":"u","ip":"203.0.113.7"}}""";
    private static readonly TimeSpan s_drip = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_promptly = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public override async Task<string> RunAsync(TortureGround ground, Findings findings, IProgress<(double Share, string Text)> progress, CancellationToken cancellation)
    {
        await using var server = await ServerProcess.StartReadyAsync(new ServerLaunch(ground.NewData("slow")), cancellation);
        var clients = ground.Options.SlowClients;
        var before = server.ResidentBytes;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var well = BehaveAsync(server, findings, ended.Token);
        var stalling = Enumerable.Range(0, clients).Select(client => (client % 3) switch
        {
            0 => DripAsync(server.Api.Address, findings, cancellation),
            1 => StallAsync(server.Api.Address, client, findings, cancellation),
            _ => HalfCloseAsync(server, client, findings, cancellation),
        });
        progress.Report((.2, $"{clients} slow, stalling and half-closed clients"));
        await Task.WhenAll(stalling);
        await ended.CancelAsync();
        var served = await well;

        findings.Require(!server.HasExited, $"the server ended: {server.Errors}");
        findings.Require(served > 0, "the client that behaves was served nothing");
        for (var client = 1; client < clients; client += 3)
        {
            findings.Require(!await IsKnownAsync(server, $"slow-{client}", cancellation), "an event of a body that never ended was taken in");
        }

        return $"{clients} clients that sent their request byte by byte, stalled within the body or closed their half; one that behaves was served {served:N0} times beside them, each within {s_promptly.TotalSeconds:N0} s; memory {before >> 20} MB before and {server.ResidentBytes >> 20} MB after";
    }

    private static async Task<int> BehaveAsync(ServerProcess server, Findings findings, CancellationToken ended)
    {
        var served = 0;
        while (!ended.IsCancellationRequested)
        {
            using var limit = new CancellationTokenSource(s_promptly);
            try
            {
                await server.Api.SendAsync(Encoding.UTF8.GetBytes(Named($"well-{served}")), gzip: false, limit.Token);
                served++;
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
            }
            catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or Api.ApiException)
            {
                findings.Add($"beside slow clients a request of one event failed: {exception.Message}");
                return served;
            }
        }

        return served;
    }

    /// <summary>Sends a head byte by byte until the server has enough of it.</summary>
    private static async Task DripAsync(Uri address, Findings findings, CancellationToken cancellation)
    {
        using var client = await ConnectAsync(address, cancellation);
        var head = Encoding.ASCII.GetBytes($"POST /v1/events HTTP/1.1\r\nHost: {address.Authority}\r\nX-Long: {new string('x', 4_000)}\r\n");
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            foreach (var each in head)
            {
                await client.SendAsync(new[] { each }, cancellation);
                await Task.Delay(s_drip, TimeProvider.System, cancellation);
                if (TimeProvider.System.GetElapsedTime(began) > s_patience)
                {
                    findings.Add($"a request that came byte by byte was still waited for after {s_patience.TotalSeconds:N0} s");
                    return;
                }
            }
        }
        catch (SocketException)
        {
            // The server closed: right.
        }
    }

    /// <summary>Sends half of a body and waits for the server to have enough of it.</summary>
    private static async Task StallAsync(Uri address, int number, Findings findings, CancellationToken cancellation)
    {
        using var client = await ConnectAsync(address, cancellation);
        var body = Named($"slow-{number}") + "\n";
        await client.SendAsync(Encoding.ASCII.GetBytes(Head(address, body.Length + 500) + body), cancellation);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_patience);
        try
        {
            var buffer = new byte[4096];
            while (await client.ReceiveAsync(buffer, limit.Token) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Reset instead of closed: right too.
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            findings.Add($"a body that stalled was still waited for after {s_patience.TotalSeconds:N0} s");
        }
    }

    /// <summary>
    /// Sends a whole request and closes the sending half. The server may answer or, as Kestrel does, take the client for gone; but it
    /// must end the connection, and keep what it has acknowledged.
    /// </summary>
    private static async Task HalfCloseAsync(ServerProcess server, int number, Findings findings, CancellationToken cancellation)
    {
        using var client = await ConnectAsync(server.Api.Address, cancellation);
        var body = Named($"slow-{number}");
        await client.SendAsync(Encoding.ASCII.GetBytes(Head(server.Api.Address, body.Length) + body), cancellation);
        client.Shutdown(SocketShutdown.Send);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_promptly);
        var (buffer, answer) = (new byte[4096], "");
        try
        {
            for (var read = 1; read > 0; answer += Encoding.ASCII.GetString(buffer, 0, read))
            {
                read = await client.ReceiveAsync(buffer, limit.Token);
            }
        }
        catch (SocketException)
        {
            // Reset instead of closed.
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            findings.Add($"a connection of which the client closed its half stayed open for {s_promptly.TotalSeconds:N0} s");
        }

        if (answer.StartsWith("HTTP/1.1 2", StringComparison.Ordinal))
        {
            findings.Require(await IsKnownAsync(server, $"slow-{number}", cancellation), "an event that was acknowledged to a client that had closed its half is not known");
        }
    }

    private static async Task<bool> IsKnownAsync(ServerProcess server, string click, CancellationToken cancellation)
    {
        try
        {
            await server.Api.GetAsync($"v1/decisions/{click}", cancellation);
            return true;
        }
        catch (Api.ApiException refused) when (refused.Status == System.Net.HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private static string Named(string id) => Event.Replace("slow-ID", id, StringComparison.Ordinal);

    private static string Head(Uri address, int length) => $"POST /v1/events HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/x-ndjson\r\nContent-Length: {length}\r\n\r\n";

    private static async Task<Socket> ConnectAsync(Uri address, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port, cancellation);
        return socket;
    }
}
