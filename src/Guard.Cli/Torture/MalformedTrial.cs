using System.Buffers;
using System.Text.Json;
using Guard.Cli.Api;
using Guard.Cli.Processes;
using Guard.Simulation;
using Guard.Simulation.Scenarios;

namespace Guard.Cli.Torture;

/// <summary>
/// Sends malformed events with a few valid ones between them, and whole bodies that are none: every valid event is to be
/// taken in and every answer to come soon, without an error of the server's own and without memory that grows.
/// </summary>
internal sealed class MalformedTrial() : Trial("malformed")
{
    private const int Producers = 4;
    private const int BodyEvents = 1_000;
    private const int ValidEvery = 250;
    private const int BodiesBetweenOddOnes = 10;

    /// <summary>The share of the way after which memory is not to grow any more, and what collections may leave on top.</summary>
    private const double WarmUp = 0.3;
    private const long Slack = 128 << 20;
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    public override async Task<string> RunAsync(TortureGround ground, Findings findings, IProgress<(double Share, string Text)> progress, CancellationToken cancellation)
    {
        await using var server = await ServerProcess.StartReadyAsync(new ServerLaunch(ground.NewData("malformed")), cancellation);
        var valid = new Simulator(Scenario.Load("quiet"), new SimulatorOptions(MaxClicks: BodyEvents)).Lines()
            .Select(line => line.ToArray()).Where(line => line.AsSpan().IndexOf("guard.ad.click.v1"u8) >= 0).ToArray();
        var (sent, odd, taken) = (0L, 0, 0L);
        long? settled = null;
        await Task.WhenAll(Enumerable.Range(0, Producers).Select(SendAsync));

        findings.Require(!server.HasExited, $"the server ended: {server.Errors}");
        var resident = server.HasExited ? 0 : server.ResidentBytes;
        findings.Require(resident <= settled + (settled / 4) + Slack, $"the server held {settled >> 20} MB after {WarmUp:P0} of the events and {resident >> 20} MB after all");
        findings.Require(server.HasExited || await server.Api.IsReadyAsync(cancellation), "the server is not ready any more");
        return $"{sent:N0} malformed events and {odd:N0} malformed bodies; {taken:N0} valid events among them; memory {settled >> 20} MB after {WarmUp:P0} of them and {resident >> 20} MB after all";

        async Task SendAsync(int producer)
        {
            var random = ground.Random($"{Name} {producer}");
            var (mutations, body) = (new Mutations(random), new ArrayBufferWriter<byte>(1 << 21));
            for (var number = 0; Volatile.Read(ref sent) < ground.Options.Malformed && !server.HasExited; number++)
            {
                body.ResetWrittenCount();
                var good = 0;
                for (var line = 0; line < BodyEvents; line++)
                {
                    if (line % ValidEvery == 0)
                    {
                        Click(body, valid[random.Next(valid.Length)], $"good-{producer}-{number}-{line}");
                        good++;
                    }
                    else
                    {
                        body.Write(mutations.Spoil(valid[random.Next(valid.Length)]));
                    }

                    body.Write("\n"u8);
                }

                await ThroughAsync(body.WrittenMemory, good, $"good-{producer}-{number}-0");
                Interlocked.Add(ref sent, BodyEvents - good);
                Interlocked.Add(ref taken, good);
                if (number % BodiesBetweenOddOnes == 0)
                {
                    await OddBodies.SendAsync(server.Api.Address, mutations, random, findings, s_soon, cancellation);
                    Interlocked.Increment(ref odd);
                }

                var share = Volatile.Read(ref sent) / (double)ground.Options.Malformed;
                settled = settled is null && share >= WarmUp ? server.ResidentBytes : settled;
                progress.Report((share, $"{Volatile.Read(ref sent):N0} malformed events"));
            }

            settled ??= server.HasExited ? 0 : server.ResidentBytes;
        }

        async Task ThroughAsync(ReadOnlyMemory<byte> body, int good, string first)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(s_soon);
            while (true)
            {
                try
                {
                    var receipt = await server.Api.SendAsync(body, gzip: false, limit.Token);
                    findings.Require(receipt.Accepted >= good, $"{good} valid events were sent among malformed ones, and {receipt.Accepted} accepted");
                    findings.Require(receipt.Accepted + receipt.Duplicates + receipt.Quarantined == BodyEvents, $"{BodyEvents} lines were sent, and {receipt} came back");
                    await server.Api.GetAsync($"v1/decisions/{first}", limit.Token);
                    return;
                }
                catch (ApiException busy) when (busy.IsBusy)
                {
                    await Task.Delay(busy.RetryAfter, TimeProvider.System, limit.Token);
                }
                catch (Exception refused) when (refused is ApiException or HttpRequestException or JsonException)
                {
                    findings.Add($"a body of malformed events: {refused.Message}");
                    return;
                }
                catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
                {
                    findings.Add($"a body of malformed events had no answer within {s_soon.TotalSeconds:N0} s");
                    return;
                }
            }
        }
    }

    private static void Click(ArrayBufferWriter<byte> body, ReadOnlySpan<byte> valid, string id)
    {
        var start = valid.IndexOf("\"id\":\""u8) + 6;
        body.Write(valid[..start]);
        body.Write(System.Text.Encoding.ASCII.GetBytes(id));
        body.Write(valid[(start + valid[start..].IndexOf((byte)'"'))..]);
    }
}
