using System.Diagnostics;
using System.Text;

namespace Guard.Azure.Tests.Azurite;

/// <summary>A running emulator of Azure's blobs, in memory, on a free port of this machine; it ends with this process.</summary>
internal sealed class AzuriteProcess : IAsyncDisposable
{
    // The account that every Azurite serves, and its key, both published with it.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const string Announcement = "successfully listens on ";

    // The end of its input is the end of the process that started it, however that came.
    private const string Wrapper = "process.stdin.resume().on('end', () => process.exit(0)); require(process.argv[1]);";

    private readonly Process _process;

    private AzuriteProcess(Process process, string address)
    {
        _process = process;
        Address = new Uri($"{address}/{Account}");
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={Address};";
    }

    public Uri Address { get; }

    public string ConnectionString { get; }

    public static async Task<AzuriteProcess> StartAsync(CancellationToken cancellationToken, params string[] more)
    {
        var script = await AzuriteInstallation.BlobServerAsync(cancellationToken);
        string[] arguments = ["-e", Wrapper, script, "--blobPort", "0", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent", .. more];
        var process = Process.Start(new ProcessStartInfo("node", arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = new StringBuilder();
        process.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            said.AppendLine(line);
            if (line.IndexOf(Announcement, StringComparison.Ordinal) is >= 0 and var at)
            {
                var drained = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new AzuriteProcess(process, line[(at + Announcement.Length)..].Trim());
            }
        }

        throw new InvalidOperationException($"Azurite ended before it listened: {said}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
