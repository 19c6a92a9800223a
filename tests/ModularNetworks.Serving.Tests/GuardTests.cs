using System.Net;
using System.Net.Http.Headers;
using ModularNetworks.Experiments;

namespace ModularNetworks.Serving.Tests;

public sealed class GuardTests(SmallServer server) : IClassFixture<SmallServer>
{
    private const string Key = "0123456789abcdef";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Host", "example.org")]
    [InlineData("Host", "localhost.example.org")]
    [InlineData("Origin", "http://example.org")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Foreign_pages_are_refused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("models", UriKind.Relative));
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await server.Client.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task The_own_page_and_links_to_it_are_answered()
    {
        using var own = new HttpRequestMessage(HttpMethod.Get, new Uri("models", UriKind.Relative));
        own.Headers.Add("Origin", server.Client.BaseAddress!.AbsoluteUri.TrimEnd('/'));
        own.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await server.Client.SendAsync(own, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var link = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        link.Headers.Add("Sec-Fetch-Site", "cross-site");
        link.Headers.Add("Sec-Fetch-Mode", "navigate");
        using var page = await server.Client.SendAsync(link, Stop);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer 0123456789abcdeg", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("Basic 0123456789abcdef", 401)]
    [InlineData("Bearer 0123456789abcdef", 200)]
    public async Task With_a_key_only_who_shows_it_is_answered(string? shown, int status)
    {
        await using var keyed = await server.StartAsync(new ServingLimits(), Key);
        using var client = new HttpClient { BaseAddress = keyed.Addresses[0] };
        if (shown is not null)
            client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(shown);
        using var answer = await client.GetAsync(new Uri("models", UriKind.Relative), Stop);
        Assert.Equal(status, (int)answer.StatusCode);
        foreach (string open in (string[])["/", "health"])
        {
            using var always = await client.GetAsync(new Uri(open, UriKind.Relative), Stop);
            Assert.Equal(HttpStatusCode.OK, always.StatusCode);
        }
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", null, "--urls: others than this machine reach 0.0.0.0:0, and no API key is given.")]
    [InlineData("http://[::]:0", null, "--urls: others than this machine reach [::]:0, and no API key is given.")]
    [InlineData("http://127.0.0.1:0", "short", "the API key has 5 letters; at least 16 are expected.")]
    [InlineData("https://localhost:0", null, "--urls https://localhost:0: it begins with https; ")]
    [InlineData("http://example.org:0", null, "--urls http://example.org:0: example.org is no address of this machine; ")]
    [InlineData("http://localhost:0/path", null, "--urls http://localhost:0/path: it is no address such as ")]
    [InlineData("5080", null, "--urls 5080: it is no address such as ")]
    public async Task An_address_that_is_unsafe_or_none_is_refused(string url, string? key, string expected)
    {
        var error = await Assert.ThrowsAsync<RunException>(() => ModelServer.StartAsync(new ModelServerOptions { Urls = [url], ApiKey = key }, _ => { }));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "none", 404)]
    [InlineData("GET", "models/none", 404)]
    [InlineData("POST", "models/none/predict", 404)]
    [InlineData("POST", "models", 405)]
    [InlineData("GET", "models/table/predict", 405)]
    [InlineData("DELETE", "models/table", 405)]
    public async Task What_is_not_there_is_said_in_one_line(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        using var answer = await server.Client.SendAsync(request, Stop);
        Assert.Equal(status, (int)answer.StatusCode);
        string text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Contains("\"detail\":", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
    }

    [Fact]
    public void Two_models_of_one_name_and_names_that_no_address_has_are_refused()
    {
        var options = new ServingOptions();
        options.Add("a", "x");
        Assert.StartsWith("two models are called a.", Assert.Throws<ArgumentException>(() => options.Add("a", "y")).Message, StringComparison.Ordinal);
        foreach (string name in (string[])["a/b", "..", "a b", "ä", "a?"])
            Assert.Contains("cannot stand in an address", Assert.Throws<ArgumentException>(() => options.Add(name, "y")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_not_served_is_named()
    {
        using var folder = new TemporaryFolder();
        NewRunFolder.Create(new Disk(), folder["run"], new ToyOptions());
        var error = await Assert.ThrowsAsync<RunException>(() => ModelServer.StartAsync(new ModelServerOptions { Urls = ["http://localhost:0"] }, options => options.Add("toy", folder["run"])));
        Assert.Contains("a run of toy is not served.", error.Message, StringComparison.Ordinal);
    }
}
