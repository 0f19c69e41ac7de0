using System.Buffers;
using Guard.Core.Counters;
using Guard.Core.Watching.Streams;

namespace Guard.Core.Tests.Watching.Streams;

public sealed class StreamRegistryStateTests
{
    private static readonly StreamRegistryOptions s_options = new() { Alerts = 3, ReadingBytes = 20_000 };

    [Fact]
    public void A_restored_registry_goes_on_as_the_saved_one()
    {
        var whole = new StreamRegistry(s_options);
        var cut = new StreamRegistry(s_options);
        foreach (var part in Spikes.Of(4, 1_500).Chunk(977))
        {
            var saved = Saved(cut);
            cut = StreamRegistry.Restore(saved, s_options);
            Assert.Equal(saved, Saved(cut));
            foreach (var point in part)
            {
                whole.Take(point);
                cut.Take(point);
            }
        }

        Assert.Equal(Saved(whole), Saved(cut));
        Assert.Equal(whole.EventsAfter(0, 100).Select(one => (one.Id, one.Number)), cut.EventsAfter(0, 100).Select(one => (one.Id, one.Number)));
        Assert.True(whole.Alerts(10).Count == 3);
    }

    [Fact]
    public void Every_flipped_byte_and_every_cut_is_found()
    {
        var registry = new StreamRegistry(s_options);
        foreach (var point in Spikes.Of(2, 320))
        {
            registry.Take(point);
        }

        var saved = Saved(registry);
        for (var at = 0; at < saved.Length; at += at < 200 ? 1 : 211)
        {
            var broken = saved.ToArray();
            broken[at] ^= 0x40;
            Assert.Throws<StateFormatException>(() => StreamRegistry.Restore(broken, s_options));
            Assert.Throws<StateFormatException>(() => StreamRegistry.Restore(saved.AsSpan(0, at), s_options));
        }
    }

    [Fact]
    public void An_option_out_of_range_is_named() =>
        Assert.Contains("OwnAlertAt", Assert.Throws<ArgumentException>(() => new StreamRegistry(new StreamRegistryOptions { OwnAlertAt = 1 })).Message);

    [Fact]
    public void Guards_own_streams_want_more_evidence_for_an_alert_than_a_producers() =>
        Assert.Equal((.75, .6), (new StreamRegistryOptions().AlertAtOf("guard.slice.all.ivr"), new StreamRegistryOptions().AlertAtOf("click.latency")));

    private static byte[] Saved(StreamRegistry registry)
    {
        var bytes = new ArrayBufferWriter<byte>();
        registry.Save(bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
