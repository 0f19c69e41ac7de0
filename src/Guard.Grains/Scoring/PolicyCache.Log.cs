using Microsoft.Extensions.Logging;

namespace Guard.Grains.Scoring;

public sealed partial class PolicyCache
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Model} with thresholds {Thresholds} decides on this silo.")]
    private partial void LogTakenUp(string model, string thresholds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is in force could not be taken up, and the last good pair goes on deciding: {Fault}")]
    private partial void LogFault(string fault);
}
