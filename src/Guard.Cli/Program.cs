using System.CommandLine;
using Guard.Cli.Evaluate;
using Guard.Cli.Experiments;
using Guard.Cli.Simulate;
using Guard.Cli.Terminal;

var root = new RootCommand("Guard decides, click by click, whether a human or a robot made an ad click.")
{
    SimulateCommand.Create(),
    EvaluateCommand.Create(),
    ExperimentCommand.Create(),
};
HelpWithExamples.AddTo(root);
var parse = root.Parse(args);
var exitCode = await parse.InvokeAsync();
return parse.Errors.Count > 0 ? ExitCode.Usage : exitCode;
