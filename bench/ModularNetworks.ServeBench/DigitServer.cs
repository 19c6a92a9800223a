using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModularNetworks.Serving;

namespace ModularNetworks.ServeBench;

/// <summary>A server on this machine that answers for a classifier of digits. The requests are the same for all of them.</summary>
internal sealed class DigitServer : IAsyncDisposable
{
    private const string Address = "/models/digits/predict";

    private readonly WebApplication _web;

    private DigitServer(string name, WebApplication web)
    {
        (Name, _web) = (name, web);
        Predict = new Uri(new Uri(web.Urls.First()), Address);
    }

    /// <summary>The server and its model, in words.</summary>
    public string Name { get; }

    /// <summary>The address that predicts.</summary>
    public Uri Predict { get; }

    /// <summary>Starts a server of this library.</summary>
    /// <param name="name">The server and its model, in words.</param>
    /// <param name="path">A file that a classifier saved.</param>
    public static Task<DigitServer> OwnAsync(string name, string path) => StartAsync(
        name,
        services => services.AddModularNetworks(options => options.Add("digits", path)),
        web => web.MapModularNetworks());

    /// <summary>Starts a server of ONNX Runtime, as one writes it in ASP.NET Core.</summary>
    /// <param name="name">The server and its model, in words.</param>
    /// <param name="classifier">The classifier, which becomes a file for ONNX Runtime.</param>
    public static Task<DigitServer> RuntimeAsync(string name, ModularClassifier classifier) => StartAsync(
        name,
        services => services.AddSingleton(_ => new RuntimeModel(classifier)),
        web => web.MapPost(Address, (DigitRequest request, RuntimeModel model) => model.Predict(request)));

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static async Task<DigitServer> StartAsync(string name, Action<IServiceCollection> add, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        add(builder.Services);
        var web = builder.Build();
        map(web);
        await web.StartAsync();
        return new DigitServer(name, web);
    }
}
