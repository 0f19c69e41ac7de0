using Guard.Grains.Calibrating;
using Guard.Grains.Hosting;
using Guard.Grains.Scoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Tests.Hosting;

public sealed class OptionsAtStartTests
{
    [Fact]
    public void Options_within_their_ranges_start() => Validate(static _ => { });

    [Theory]
    [InlineData("../other", "00:00:05", "Name", "1 to 64 letters")]
    [InlineData("", "00:00:05", "Name", "1 to 64 letters")]
    [InlineData("clicks", "00:00:00", "PollEvery", "100 ms to 1 h")]
    [InlineData("clicks", "1.00:00:00", "PollEvery", "100 ms to 1 h")]
    public void A_silo_whose_policy_options_do_not_do_is_stopped_at_its_start(string name, string pollEvery, string option, string mend)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Validate(silo =>
            silo.Configure<PolicyOptions>(options => (options.Name, options.PollEvery) = (name, TimeSpan.Parse(pollEvery)))));

        Assert.Contains($"The policy option {option} is out of range: give {mend}", error.Message);
    }

    [Fact]
    public void A_silo_whose_other_options_do_not_do_is_stopped_too()
    {
        var decisions = Assert.Throws<OptionsValidationException>(() => Validate(static silo => silo.Configure<ClusterOptions>(static options => options.Decisions.KeepFor = TimeSpan.Zero)));
        Assert.Contains("The option KeepFor of kept decisions is out of range: give 1 h to 10 years", decisions.Message);

        var calibration = Assert.Throws<OptionsValidationException>(() => Validate(static silo => silo.Configure<CalibrationJobOptions>(static options => options.Bounds.GreatestFpr = 2)));
        Assert.Contains("A calibration bound is out of range", calibration.Message);
    }

    private static void Validate(Action<ISiloBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.AddGuardGrains();
            configure(silo);
        });
        using var host = builder.Build();
        host.Services.GetRequiredService<IStartupValidator>().Validate();
    }
}
