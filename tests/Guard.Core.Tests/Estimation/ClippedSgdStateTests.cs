using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Estimation;

namespace Guard.Core.Tests.Estimation;

public sealed class ClippedSgdStateTests
{
    public static TheoryData<string> Clips => ["rolling", "constant", "none"];

    [Theory]
    [MemberData(nameof(Clips))]
    public void A_restored_estimator_goes_on_bit_for_bit(string clip)
    {
        var options = new ClippedSgdOptions
        {
            Clip = clip switch
            {
                "rolling" => ClipLevel.RollingQuantile(window: 8),
                "constant" => ClipLevel.Constant(1),
                _ => ClipLevel.None,
            },
        };
        var loss = new LinearRegressionLoss(1);
        Prop.ForAll(ArbMap.Default.ArbFor<(int, int)[]>(), ArbMap.Default.ArbFor<byte>(), (samples, cut) =>
        {
            var original = new ClippedSgd(loss, options);
            var half = samples.Length == 0 ? 0 : cut % samples.Length;
            foreach (var (x, y) in samples.Take(half))
            {
                original.Update([x, y]);
            }

            var saved = original.Save();
            var restored = ClippedSgd.Restore(saved, loss, options);
            var same = restored.Save().AsSpan().SequenceEqual(saved);
            foreach (var (x, y) in samples.Skip(half))
            {
                same &= original.Update([x, y]) == restored.Update([x, y]);
                same &= original.Parameters.SequenceEqual(restored.Parameters);
            }

            return same && original.Save().AsSpan().SequenceEqual(restored.Save());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Bytes_of_another_kind_version_or_shape_are_refused_by_name()
    {
        var state = new ClippedSgd(new MeanLoss(2)).Save();

        Refuses(state, 0, "not the saved state of a clipped-SGD estimator");
        Refuses(state, 4, "version 254, this program reads version 1");
        Assert.Contains("dimension is 2 where this estimator has 3", Assert.Throws<InvalidDataException>(() => ClippedSgd.Restore(state, new MeanLoss(3))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => ClippedSgd.Restore(state, new MeanLoss(2), new ClippedSgdOptions { Clip = ClipLevel.RollingQuantile(window: 9) }));
    }

    [Fact]
    public void Bytes_cut_short_or_too_long_or_not_finite_are_refused()
    {
        var estimator = new ClippedSgd(new MeanLoss(2));
        for (var i = 0; i < 10; i++)
        {
            estimator.Update([i, i]);
        }

        var state = estimator.Save();
        for (var length = 0; length < state.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => ClippedSgd.Restore(state.AsSpan(0, length), new MeanLoss(2)));
        }

        Assert.Throws<InvalidDataException>(() => ClippedSgd.Restore([.. state, 0], new MeanLoss(2)));
        var poisoned = state.ToArray();
        BitConverter.TryWriteBytes(poisoned.AsSpan(4 + 1 + 4 + 8 + 8 + 8), double.NaN);
        Assert.Throws<InvalidDataException>(() => ClippedSgd.Restore(poisoned, new MeanLoss(2)));
    }

    private static void Refuses(byte[] state, int at, string message)
    {
        var changed = state.ToArray();
        changed[at] ^= 0xFF;
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => ClippedSgd.Restore(changed, new MeanLoss(2))).Message, StringComparison.Ordinal);
    }
}
