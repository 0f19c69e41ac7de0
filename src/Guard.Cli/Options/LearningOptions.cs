using System.CommandLine;
using Guard.Cli.Evaluate;
using Guard.Cli.Terminal;
using Guard.Core.Calibration;
using Guard.Core.Training;

namespace Guard.Cli.Options;

/// <summary>The options of the commands that train or calibrate.</summary>
internal static class LearningOptions
{
    private static readonly Option<double> s_budget = new("--budget") { Description = "The greatest share of purchasing clicks that may be invalidated (FPR)", DefaultValueFactory = _ => new CalibrationOptions().Budget };
    private static readonly Option<int> s_minimum = new("--minimum-purchasing") { Description = "The fewest purchasing clicks with which a slice has a threshold of its own", DefaultValueFactory = _ => new CalibrationOptions().MinimumPurchasing };
    private static readonly Option<double> s_floor = new("--coverage-floor") { Description = "The least share of robotic sessions' clicks to invalidate in every slice" };
    private static readonly Option<double> s_maturity = new("--maturity") { Description = "Days that a click's purchases are given to arrive before it is learnt from", HelpName = "days", DefaultValueFactory = _ => new WeakLabelOptions().Maturity.TotalDays };
    private static readonly Option<int> s_seed = new("--seed") { Description = "The seed of training", DefaultValueFactory = _ => new NetworkTrainerOptions().Seed };
    private static readonly Option<int> s_epochs = new("--epochs") { Description = "The most passes over the training clicks", DefaultValueFactory = _ => new NetworkTrainerOptions().MaxEpochs };

    /// <summary>Adds the options of a backtest.</summary>
    public static void AddTo(Command command)
    {
        AddTraining(command);
        AddCalibration(command);
    }

    public static void AddTraining(Command command) => command.AddOptions(s_maturity, s_seed, s_epochs);

    public static void AddCalibration(Command command) => command.AddOptions(s_budget, s_minimum, s_floor);

    public static BacktestOptions Backtest(ParseResult parse) => new()
    {
        Split = parse.GetRequiredValue(TrafficSplit.Option),
        Training = Training(parse),
        Calibration = Calibration(parse),
    };

    public static TrainingRunOptions Training(ParseResult parse)
    {
        var options = new BacktestOptions().Training;
        return options with
        {
            Labels = options.Labels with { Maturity = TimeSpan.FromDays(parse.GetValue(s_maturity)) },
            Network = options.Network with { Seed = parse.GetValue(s_seed), MaxEpochs = parse.GetValue(s_epochs) },
        };
    }

    public static CalibrationOptions Calibration(ParseResult parse) => new()
    {
        Budget = parse.GetValue(s_budget),
        MinimumPurchasing = parse.GetValue(s_minimum),
        CoverageFloor = parse.GetValue(s_floor),
    };
}
