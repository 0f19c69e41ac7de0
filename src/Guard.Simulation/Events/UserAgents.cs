using System.Text.Encodings.Web;
using System.Text.Json;
using Guard.Core.Clicks;

namespace Guard.Simulation.Events;

/// <summary>User agents as browsers, apps, television sets and crawlers send them.</summary>
internal static class UserAgents
{
    private static readonly List<JsonEncodedText> s_all = [];
    private static readonly Range[] s_devices = new Range[5];

    static UserAgents()
    {
        s_devices[(int)DeviceType.Desktop] = AddAll(Desktop());
        s_devices[(int)DeviceType.Mobile] = AddAll(Mobile());
        s_devices[(int)DeviceType.Tablet] = AddAll(Tablet());
        s_devices[(int)DeviceType.Tv] = AddAll(Tv());
        CrawlerRange = AddAll(
        [
            "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
            "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
            "Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.0.0 Safari/537.36",
            "python-requests/2.32.3",
            "curl/8.5.0",
            "Go-http-client/1.1",
        ]);
    }

    private static Range CrawlerRange { get; }

    public static JsonEncodedText Text(int index) => s_all[index];

    /// <summary>Draws a user agent of a device; the earlier in its list, the more frequent.</summary>
    public static ushort Draw(ref SeededRandom random, DeviceType device)
    {
        var (offset, length) = s_devices[(int)device].GetOffsetAndLength(s_all.Count);
        return (ushort)(offset + (int)(length * Math.Pow(random.Uniform(), 1.7)));
    }

    public static ushort DrawCrawler(ref SeededRandom random)
    {
        var (offset, length) = CrawlerRange.GetOffsetAndLength(s_all.Count);
        return (ushort)(offset + random.Index(length));
    }

    private static Range AddAll(IEnumerable<string> texts)
    {
        var start = s_all.Count;
        s_all.AddRange(texts.Select(text => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)));
        return start..s_all.Count;
    }

    private static IEnumerable<string> Desktop()
    {
        string[] systems = ["Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7", "X11; Linux x86_64"];
        foreach (var system in systems)
        {
            foreach (var version in (int[])[143, 142, 141, 139, 137])
            {
                yield return $"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Safari/537.36";
            }
        }

        foreach (var version in (int[])[143, 142, 140])
        {
            yield return $"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Safari/537.36 Edg/{version}.0.0.0";
        }

        foreach (var version in (string[])["18.6", "18.5", "17.6"])
        {
            yield return $"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{version} Safari/605.1.15";
        }

        foreach (var system in systems)
        {
            foreach (var version in (int[])[145, 144, 140])
            {
                yield return $"Mozilla/5.0 ({system}; rv:{version}.0) Gecko/20100101 Firefox/{version}.0";
            }
        }
    }

    private static IEnumerable<string> Mobile()
    {
        foreach (var version in (string[])["18_6", "18_5", "18_3", "17_7", "16_7"])
        {
            var safari = version.Replace('_', '.');
            yield return $"Mozilla/5.0 (iPhone; CPU iPhone OS {version} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{safari} Mobile/15E148 Safari/604.1";
        }

        foreach (var version in (int[])[143, 142, 141, 139])
        {
            yield return $"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Mobile Safari/537.36";
        }

        foreach (var model in (string[])["SM-S921B", "SM-A546B", "SM-G991B", "Pixel 8", "Pixel 7a", "2201117TY", "CPH2451", "M2101K6G"])
        {
            yield return $"Mozilla/5.0 (Linux; Android 14; {model}) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36";
            yield return $"Mozilla/5.0 (Linux; Android 13; {model} Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/138.0.7204.179 Mobile Safari/537.36";
        }
    }

    private static IEnumerable<string> Tablet()
    {
        foreach (var version in (string[])["18_6", "17_7", "16_7", "15_8"])
        {
            yield return $"Mozilla/5.0 (iPad; CPU OS {version} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{version.Replace('_', '.')} Mobile/15E148 Safari/604.1";
        }

        foreach (var model in (string[])["SM-X710", "SM-T870", "SM-X200", "Lenovo TB328FU"])
        {
            yield return $"Mozilla/5.0 (Linux; Android 13; {model}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
        }
    }

    private static IEnumerable<string> Tv() =>
    [
        "Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko) 94.0.4606.31/7.0 TV Safari/537.36",
        "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/94.0.4606.128 Safari/537.36 WebAppManager",
        "Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) 76.0.3809.146/6.0 TV Safari/537.36",
        "Mozilla/5.0 (Linux; Android 11; BRAVIA 4K UR2) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Linux; Android 9; AFTKA) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Safari/537.36",
    ];
}
