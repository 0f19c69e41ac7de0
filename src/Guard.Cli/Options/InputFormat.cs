namespace Guard.Cli.Options;

/// <summary>What an input file holds.</summary>
internal enum InputFormat
{
    /// <summary>CloudEvents 1.0 JSON, one a line or in batch arrays.</summary>
    CloudEvents,

    /// <summary>Kaggle's TalkingData columns.</summary>
    TalkingData,

    /// <summary>A web server's access log in the combined format.</summary>
    AccessLog,
}
