using System.Diagnostics;
using Guard.Engine.Log;

namespace Guard.Engine.Tests.Log;

public sealed class LogCrashTests
{
    [Fact]
    public async Task A_process_killed_at_any_moment_leaves_every_acknowledged_block_in_order_and_once()
    {
        using var folder = new LogFolderOnDisk();
        var random = new Random(4);
        long acknowledged = 0;
        for (var kill = 0; kill < 12; kill++)
        {
            using var child = AppendingChild.Start(folder.Path);
            var wanted = random.Next(1, 30);
            for (var lines = 1; await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line; lines++)
            {
                acknowledged = long.TryParse(line, out var position) ? position : acknowledged;
                if (lines == wanted)
                {
                    Spin(random.Next(2000)); // Not in step with the writer.
                    child.Kill();
                }
            }

            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            using var log = folder.Open();
            Assert.True(log.Next >= acknowledged, $"{acknowledged} blocks were acknowledged, {log.Next} are there.");
            Assert.Equal(LogFolderOnDisk.Positions(0, log.Next), LogFolderOnDisk.Read(log));
            Assert.All(log.Findings, finding => Assert.True(finding.Fault is LogFault.TornTail or LogFault.EmptySegment or LogFault.DamagedIndex, finding.ToString()));
            var last = log.Next - 1;
            Assert.Equal([new KeyPlace(last, 0)], log.Find(LogFolderOnDisk.KeyOf(last)));
        }

        Assert.Empty(folder.Aside);
        Assert.True(folder.Segments.Length > 1, "The runs were too short to fill a segment.");
    }

    [Fact]
    public async Task A_second_process_on_the_folder_is_refused_until_the_first_is_gone()
    {
        using var folder = new LogFolderOnDisk();
        using (var child = AppendingChild.Start(folder.Path))
        {
            await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

            var error = Assert.Throws<FolderInUseException>(() => folder.Open());

            Assert.Equal($"{folder.Path}: another process works in this folder: stop it, or give another folder.", error.Message);
            child.Kill();
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using var log = folder.Open();
        Assert.Equal(LogFolderOnDisk.Positions(0, log.Next), LogFolderOnDisk.Read(log));
    }

    [Fact]
    public async Task On_a_disk_that_is_really_full_nothing_is_lost_or_doubled()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && CanMount(), "Mounting a small disk needs Linux with user namespaces.");
        using var folder = new LogFolderOnDisk();
        // Inside its own mounts the child sees a disk of 256 KB, of which a filler takes the most until the file 'free' is asked for outside.
        const string Script = """
            mkdir -p "$1/disk" && mount -t tmpfs -o size=256k guard "$1/disk" && head -c 200k /dev/zero > "$1/disk/filler" || exit 9
            mkdir "$1/disk/log"; GUARD_TEST_LOG_FOLDER="$1/disk/log" "$2" & child=$!
            read -r line
            rm "$1/disk/filler"
            read -r line
            kill -9 $child; wait $child 2>/dev/null; cp "$1/disk/log/"* "$1/"; exit 0
            """;
        using var child = Process.Start(new ProcessStartInfo("unshare", ["-rm", "sh", "-c", Script, "sh", folder.Path, AppendingChild.Program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;

        var full = await UntilAsync(child, static line => line == nameof(LogCondition.DiskFull));
        await child.StandardInput.WriteLineAsync("free");
        await child.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var resumed = await UntilAsync(child, static line => long.TryParse(line, out _));
        await child.StandardInput.WriteLineAsync("kill");
        await child.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, child.ExitCode);
        Assert.True(resumed > full, $"{full} blocks before the disk was full, {resumed} after.");
        using var log = folder.Open();
        Assert.True(log.Next >= resumed);
        Assert.Equal(LogFolderOnDisk.Positions(0, log.Next), LogFolderOnDisk.Read(log));
        Assert.Empty(folder.Aside);
    }

    /// <summary>Reads lines until one that is asked for, and gives the last position that was acknowledged.</summary>
    private static async Task<long> UntilAsync(Process child, Predicate<string> wanted)
    {
        long acknowledged = 0;
        while (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            acknowledged = long.TryParse(line, out var position) ? position : acknowledged;
            if (wanted(line))
            {
                return acknowledged;
            }
        }

        throw new EndOfStreamException($"The child ended after position {acknowledged}.");
    }

    private static bool CanMount()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("unshare", ["-rm", "sh", "-c", "mount -t tmpfs guard /mnt"]) { RedirectStandardError = true, UseShellExecute = false })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static void Spin(int turns)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            Thread.SpinWait(100);
        }
    }
}
