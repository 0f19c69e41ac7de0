using System.Net.Sockets;
using System.Text;
using Guard.Engine.Tests;

namespace Guard.Server.Tests.Hosting;

/// <summary>A connection on which a test writes what no HTTP client would.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _tcp = new() { NoDelay = true };
    private NetworkStream _stream = null!;

    public static async Task<RawClient> ConnectAsync(TestServer server)
    {
        var client = new RawClient();
        await client._tcp.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        client._stream = client._tcp.GetStream();
        return client;
    }

    public async Task WriteAsync(string text) => await _stream.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);

    /// <summary>Says that nothing more comes, and still listens.</summary>
    public void EndSending() => _tcp.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Cuts the connection with a reset.</summary>
    public void Reset()
    {
        _tcp.LingerState = new LingerOption(enable: true, 0);
        _tcp.Close();
    }

    /// <summary>Reads until the server closes the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            int read;
            while ((read = await ReadAsync(buffer)) > 0)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // A reset ends the answer as well.
        }

        return text.ToString();
    }

    /// <summary>Reads until a text has come.</summary>
    public async Task<string> ReadUntilAsync(string end)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal) && await ReadAsync(one) > 0)
        {
            text.Append((char)one[0]);
        }

        return text.ToString();
    }

    private Task<int> ReadAsync(byte[] buffer) => Waiting.ForAsync(cancellation => _stream.ReadAsync(buffer, cancellation));

    public void Dispose() => _tcp.Dispose();
}
