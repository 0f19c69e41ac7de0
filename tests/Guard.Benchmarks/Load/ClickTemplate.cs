using System.Buffers;
using System.Globalization;
using System.Text;

namespace Guard.Benchmarks.Load;

/// <summary>One click's JSON with places that are overwritten for each click: what a load sends is made beforehand, and only ids, times and keys change.</summary>
internal sealed class ClickTemplate
{
    private const string Id = "IIIIIIIIIIIIIIII";
    private const string Time = "TTTTTTTTTTTTTTTTTTTTTTTT";
    private const string User = "UUUUUUUU";
    private const string Session = "SSSSSSSS";
    private const string Address = "1AA.1BB.1CC.1DD";
    private readonly byte[] _json;
    private readonly int _id;
    private readonly int _time;
    private readonly int _user;
    private readonly int _session;
    private readonly int _address;

    private ClickTemplate(string userAgent, int kind)
    {
        string[] devices = ["desktop", "mobile", "tablet", "tv"];
        string[] marketplaces = ["US", "DE", "GB", "FR", "JP", "IN"];
        var text = $$$"""{"specversion":"1.0","id":"{{{Id}}}","source":"/ads/click/eu1","type":"guard.ad.click.v1","time":"{{{Time}}}","partitionkey":"9f86d081884c7d65","datacontenttype":"application/json","dataschema":"guard/ad-click/1","data":{"userId":"u-{{{User}}}","sessionId":"s-{{{Session}}}","ip":"{{{Address}}}","userAgent":"{{{userAgent}}}","loggedIn":{{{(kind % 3 == 0 ? "true" : "false")}}},"deviceType":"{{{devices[kind % 4]}}}","marketplace":"{{{marketplaces[kind % 6]}}}","placement":"search-top","adId":"ad-{{{kind % 300}}}","campaignId":"c-{{{kind % 40}}}","advertiserId":"adv-{{{kind % 9}}}","costMicros":350000}}""";
        _json = Encoding.ASCII.GetBytes(text);
        (_id, _time, _user, _session, _address) = (At(text, Id), At(text, Time), At(text, User), At(text, Session), At(text, Address));
    }

    /// <summary>Gets templates that differ in user agent, device, marketplace and ad.</summary>
    public static ClickTemplate[] All { get; } =
    [
        .. Enumerable.Range(0, 24).Select(kind => new ClickTemplate(
            $"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{(108 + kind).ToString(CultureInfo.InvariantCulture)}.0.0.0 Safari/537.36", kind)),
    ];

    /// <summary>Gets the bytes of a click.</summary>
    public int Length => _json.Length;

    /// <summary>Appends a click.</summary>
    /// <param name="body">Where.</param>
    /// <param name="id">Its id.</param>
    /// <param name="time">Its time, 24 characters.</param>
    /// <param name="user">Its user.</param>
    /// <param name="session">Its session.</param>
    /// <param name="address">Its address, of 100 million.</param>
    public void Append(ArrayBufferWriter<byte> body, ulong id, ReadOnlySpan<byte> time, uint user, uint session, uint address)
    {
        var click = body.GetSpan(_json.Length)[.._json.Length];
        _json.CopyTo(click);
        Hexadecimal(click.Slice(_id, Id.Length), id);
        time.CopyTo(click[_time..]);
        Hexadecimal(click.Slice(_user, User.Length), user);
        Hexadecimal(click.Slice(_session, Session.Length), session);
        for (var octet = 0; octet < 4; octet++, address /= 100)
        {
            click[_address + (octet * 4) + 1] = (byte)('0' + (address / 10 % 10));
            click[_address + (octet * 4) + 2] = (byte)('0' + (address % 10));
        }

        body.Advance(_json.Length);
    }

    private static int At(string text, string place) => text.IndexOf(place, StringComparison.Ordinal);

    private static void Hexadecimal(Span<byte> digits, ulong value)
    {
        for (var digit = digits.Length - 1; digit >= 0; digit--, value >>= 4)
        {
            digits[digit] = "0123456789abcdef"u8[(int)(value & 15)];
        }
    }
}
