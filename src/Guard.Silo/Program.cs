using System.CommandLine;
using Guard.Silo.Operations;

// The host itself listens to the signals that end it, and takes its time to hand work over.
return await SiloCommandLine.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
