using System.Runtime.InteropServices;
using Guard.Server.Requests;

namespace Guard.Server.Tests.Requests;

public sealed class PooledBodyTests
{
    [Theory]
    [InlineData(10 << 20)]
    [InlineData((1 << 20) + 1)]
    public void Threads_that_read_large_bodies_after_one_another_share_their_buffers(int length)
    {
        var (budget, buffers) = (new BodyBudget(new GuardServerOptions()), new HashSet<byte[]>(ReferenceEqualityComparer.Instance));
        for (var number = 0; number < 20; number++)
        {
            var reader = new Thread(() =>
            {
                using var body = new PooledBody(budget);
                body.Advance(body.Room(length).Length);
                Assert.True(MemoryMarshal.TryGetArray(body.Memory, out var held));
                buffers.Add(held.Array!);
            });
            reader.Start();
            reader.Join();
        }

        // Other tests may hold some meanwhile.
        Assert.InRange(buffers.Count, 1, 10);
        Assert.Equal(0, budget.Taken);
    }
}
