using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Clicks;
using Guard.Engine.Log;
using Guard.Engine.State;
using Guard.Engine.Tests.Hosting;

namespace Guard.Engine.Tests.State;

public sealed class EngineStateTests
{
    [Fact]
    public async Task Parts_that_were_saved_at_positions_of_their_own_and_the_log_behind_them_give_the_state_of_the_whole_log()
    {
        using var folder = await HostFolder.CreateAsync();
        await WriteAsync(folder, TestBodies.Events(5, 1_500).Chunk(20));
        using var log = PartitionLog.Open(Path.Combine(folder.Path, "log"));
        var whole = Replayed(Empty(folder), log, 0, log.Next);
        var expected = Enumerable.Range(0, whole.Parts).Select(part => Saved(whole, part)).ToArray();

        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (saving, at) = (Empty(folder), 0L);
            var restored = Empty(folder);
            for (var part = 0; part < saving.Parts; part++)
            {
                if (random.Next(3) == 0)
                {
                    var next = Math.Min(log.Next, at + random.Next(1, 5));
                    Replayed(saving, log, at, next);
                    at = next;
                }

                restored.Load(part, at, Saved(saving, part));
            }

            Replayed(restored, log, restored.ReplayFrom, log.Next, random.Next(1, 40_000));
            Assert.Equal(expected, Enumerable.Range(0, restored.Parts).Select(part => Saved(restored, part)));
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    private static EngineState Empty(HostFolder folder) => new(new IntakeOptions { DuplicateCapacity = 200 }, folder.Options.Shards);

    private static async Task WriteAsync(HostFolder folder, IEnumerable<string[]> bodies)
    {
        await using var host = await folder.StartAsync(folder.Options with { Intake = new IntakeOptions { DuplicateCapacity = 200 } });
        foreach (var body in bodies)
        {
            await host.Ingest.SendAsync(TestBodies.Lines(body));
        }
    }

    private static EngineState Replayed(EngineState state, PartitionLog log, long from, long end, int payloadBytes = 1 << 20)
    {
        using var cursor = log.Read(from);
        LogReplay.Run(state, cursor, end, payloadBytes, TestContext.Current.CancellationToken);
        return state;
    }

    private static byte[] Saved(EngineState state, int part)
    {
        var bytes = new ArrayBufferWriter<byte>();
        state.Save(part, bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
