using System.Security.Cryptography;

namespace Guard.Server.Alerts;

/// <summary>How long to wait before the next try: twice as long each time, less up to a half at random, so that many senders do not come together.</summary>
internal static class WebhookBackoff
{
    /// <summary>Gets the wait after some failed tries.</summary>
    /// <param name="options">The first and the longest wait.</param>
    /// <param name="tries">How many tries failed, from 1.</param>
    /// <param name="asked">How long the receiver asks to wait; it is heeded up to a day.</param>
    /// <param name="chance">In [0, 1).</param>
    public static TimeSpan After(WebhookOptions options, int tries, TimeSpan asked, double chance)
    {
        var longest = Math.Min(options.LongestRetry.TotalMilliseconds, options.FirstRetry.TotalMilliseconds * Math.Pow(2, tries - 1));
        var wait = TimeSpan.FromMilliseconds(longest * (1 - chance / 2));
        var heeded = asked < TimeSpan.FromDays(1) ? asked : TimeSpan.FromDays(1);
        return wait > heeded ? wait : heeded;
    }

    /// <summary>Draws a number in [0, 1).</summary>
    public static double Chance() => RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20);
}
