namespace Guard.Server.Alerts;

/// <summary>What became of one try to deliver an event.</summary>
/// <param name="Kind">What to do now.</param>
/// <param name="Text">What was the matter, in one line, without the address's path.</param>
/// <param name="RetryAfter">How long the receiver asks to wait.</param>
internal readonly record struct WebhookAnswer(WebhookAnswerKind Kind, string Text, TimeSpan RetryAfter);
