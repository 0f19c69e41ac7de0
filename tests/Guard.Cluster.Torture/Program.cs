using Guard.Cluster.Torture;

return await TortureCommand.Create().Parse(args).InvokeAsync();
