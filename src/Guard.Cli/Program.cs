return await Guard.Cli.CommandLine.RunAsync(args, Console.Out, Console.Error);
