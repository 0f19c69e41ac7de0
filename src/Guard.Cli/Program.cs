using System.CommandLine;
using Guard.Cli.Calibrate;
using Guard.Cli.Demo;
using Guard.Cli.Evaluate;
using Guard.Cli.Replay;
using Guard.Cli.Simulate;
using Guard.Cli.Terminal;
using Guard.Cli.Train;

var root = new RootCommand("Guard decides, click by click, whether a human or a robot made an ad click.")
{
    DemoCommand.Create(),
    SimulateCommand.Create(),
    TrainCommand.Create(),
    CalibrateCommand.Create(),
    ReplayCommand.Create(),
    EvaluateCommand.Create(),
};
HelpWithExamples.AddTo(root);
var parse = root.Parse(args);
var exitCode = await parse.InvokeAsync();
return parse.Errors.Count > 0 ? ExitCode.Usage : exitCode;
