using System.CommandLine;

return await new RootCommand("Guard decides, click by click, whether a human or a robot made an ad click.").Parse(args).InvokeAsync();
