using Guard.Simulation.Experiments;

namespace Guard.Cli.Tests.Experiments;

public class MnistCommandTests
{
    [Fact]
    public async Task A_folder_that_is_not_there_is_one_line_and_no_table()
    {
        using var guard = new GuardProcess();
        var result = await guard.RunAsync("experiment", "mnist", "--reference", guard.File("nowhere"));
        Assert.NotEqual(0, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("nowhere", Assert.Single(result.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_repeats_on_any_number_of_threads_and_the_picture_is_drawn()
    {
        Assert.SkipWhen(ExperimentData.Folder() is null, $"No shared/data folder and no {ExperimentData.Variable}: the MNIST test set is not here.");
        using var guard = new GuardProcess();
        var one = await guard.RunAsync("experiment", "mnist", "--runs", "2", "--threads", "1", "--picture", guard.File("digits.html"));
        var two = await guard.RunAsync("experiment", "mnist", "--runs", "2", "--threads", "2");
        Assert.Equal(0, one.ExitCode);
        Assert.Equal(one.Output, two.Output);
        Assert.Contains("unclipped", one.Output, StringComparison.Ordinal);
        Assert.Contains("<svg", await File.ReadAllTextAsync(guard.File("digits.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
