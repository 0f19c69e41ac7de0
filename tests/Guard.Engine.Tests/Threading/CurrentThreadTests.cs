using System.Globalization;
using Guard.Engine.Threading;

namespace Guard.Engine.Tests.Threading;

public sealed class CurrentThreadTests
{
    private const int NiceField = 16;

    [Fact]
    public void A_thread_gives_way_by_itself_and_no_other_does()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a niceness for each thread.");
        var (before, after) = (0, 0);
        var thread = new Thread(() =>
        {
            before = Nice();
            CurrentThread.GiveWay();
            after = Nice();
        });
        var own = Nice();

        thread.Start();
        thread.Join();

        Assert.Equal(own, before);
        Assert.Equal(Math.Max(own, 10), after);
        Assert.Equal(own, Nice());
    }

    private static int Nice()
    {
        var fields = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[NiceField], CultureInfo.InvariantCulture);
    }
}
