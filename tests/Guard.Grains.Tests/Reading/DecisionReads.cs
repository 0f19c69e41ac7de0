using System.Buffers;
using System.Text;
using Guard.Core.Hosting;
using Guard.Core.Pipeline;

namespace Guard.Grains.Tests.Reading;

/// <summary>Reads decisions as a client does: by cursor, waiting where there is nothing yet.</summary>
internal static class DecisionReads
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Reads until the decision with a number came.</summary>
    public static async Task<List<KeptDecision>> AllAsync(IDecisionLog log, long until, int page = 1000)
    {
        var decisions = new List<KeptDecision>();
        for (var next = 0L; next < until;)
        {
            await log.WaitAsync(next, TestContext.Current.CancellationToken).AsTask().WaitAsync(s_patience, TestContext.Current.CancellationToken);
            var read = await log.ReadAsync(new DecisionQuery { After = next, Maximum = page }, TestContext.Current.CancellationToken);
            Assert.Equal(0, read.Missed);
            decisions.AddRange(read.Decisions);
            next = read.Next;
        }

        return decisions;
    }

    /// <summary>Writes decisions as CloudEvents, one a line, without their numbers, which a single engine gives otherwise.</summary>
    public static string Text(IEnumerable<KeptDecision> decisions)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new DecisionEventWriter();
        foreach (var decision in decisions)
        {
            writer.Write(buffer, decision with { Number = 0 });
            buffer.Write("\n"u8);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
