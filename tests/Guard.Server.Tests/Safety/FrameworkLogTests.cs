using Guard.Server.Tests.Hosting;
using Microsoft.Extensions.Logging;

namespace Guard.Server.Tests.Safety;

public sealed class FrameworkLogTests
{
    [Theory]
    [InlineData("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning)]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)]
    public async Task The_framework_tells_nothing_below_its_level_whatever_a_program_asks_for(string category, LogLevel least)
    {
        await using var server = await TestServer.StartAsync();
        var logger = server.Service<ILoggerFactory>().CreateLogger(category);

        Assert.All(Enum.GetValues<LogLevel>().Where(level => level < LogLevel.None), level => Assert.Equal(level >= least, logger.IsEnabled(level)));
    }
}
