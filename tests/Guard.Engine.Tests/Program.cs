using Guard.Engine.Tests.Hosting;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Guard.Engine.Tests;

/// <summary>The test program, which tests start once more as a process that may be killed.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (await CrashChild.RunIfChildAsync())
        {
            return 0;
        }

        return args.Any(argument => argument is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
