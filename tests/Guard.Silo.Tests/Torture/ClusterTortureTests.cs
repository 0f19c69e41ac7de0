using System.Diagnostics;
using System.Text.Json;

namespace Guard.Silo.Tests.Torture;

/// <summary>The command of Guard.Cluster.Torture, short: real silos, each a process of its own, over PostgreSQL.</summary>
public sealed class ClusterTortureTests
{
    [Fact]
    public Task A_cluster_whose_silos_are_killed_decides_and_counts_as_the_local_engine_does() => FindsNothingAsync("kills", "--silos", "2", "--kills", "3", "--life", "2");

    [Fact]
    public Task A_cluster_grows_and_shrinks_under_load_without_a_trace() => FindsNothingAsync("scale", "--silos", "2");

    [Fact]
    public Task A_rolling_upgrade_and_its_rollback_leave_no_trace() => FindsNothingAsync("upgrade", "--silos", "2");

    [Fact]
    public Task Thresholds_are_put_in_force_and_taken_back_while_silos_run() => FindsNothingAsync("policy", "--silos", "2");

    [Fact]
    public Task A_new_hashing_key_begins_anew_and_the_old_one_goes_on() => FindsNothingAsync("key", "--silos", "1");

    [Fact]
    public Task A_restored_backup_goes_on_where_it_was_taken() => FindsNothingAsync("restore", "--silos", "1");

    [Fact]
    public Task A_cluster_that_moves_to_other_stores_goes_on_there() => FindsNothingAsync("move", "--silos", "1");

    [Fact]
    public Task A_zone_drains_under_load_and_nobody_is_refused() => FindsNothingAsync("drain", "--silos", "2");

    private static async Task FindsNothingAsync(string trial, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Guard.Cluster.Torture.dll");
        string[] command = [program, "--only", trial, "--probe", "1", "--json", .. arguments];
        using var process = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", command)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(output.Length > 0, await errors);
            using var json = JsonDocument.Parse(output);
            var report = json.RootElement[0];
            Assert.SkipWhen(report.GetProperty("skipped").GetString() is not null, report.GetProperty("skipped").GetString() ?? "");
            Assert.True(report.GetProperty("found").GetArrayLength() == 0, output);
            Assert.True(process.ExitCode == 0 && report.GetProperty("tried").GetString()!.Length > 0, output + await errors);
            TestContext.Current.TestOutputHelper?.WriteLine(report.GetProperty("tried").GetString()!);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
