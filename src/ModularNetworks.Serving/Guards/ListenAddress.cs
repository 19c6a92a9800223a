using System.Net;
using ModularNetworks.Experiments;

namespace ModularNetworks.Serving;

/// <summary>An address to listen at.</summary>
/// <param name="EndPoint">The address and the port.</param>
internal sealed record ListenAddress(IPEndPoint EndPoint)
{
    /// <summary>Whether only this machine reaches it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(EndPoint.Address);

    /// <summary>Reads an address.</summary>
    /// <param name="url">The address, such as <c>http://127.0.0.1:5080</c>.</param>
    /// <exception cref="RunException">It is none that can be listened at.</exception>
    public static ListenAddress Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.PathAndQuery != "/" || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
            throw Refused(url, "it is no address such as http://127.0.0.1:5080");
        if (uri.Scheme != Uri.UriSchemeHttp)
            throw Refused(url, $"it begins with {uri.Scheme}; http is served, and a proxy in front can speak https");
        if (uri.Host == "localhost")
            return new ListenAddress(new IPEndPoint(IPAddress.Loopback, uri.Port));
        return IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address)
            ? new ListenAddress(new IPEndPoint(address, uri.Port))
            : throw Refused(url, $"{uri.Host} is no address of this machine; give localhost, an IP address, or 0.0.0.0 for all");
    }

    private static RunException Refused(string url, string reason) => new($"--urls {url}: {reason}.");
}
