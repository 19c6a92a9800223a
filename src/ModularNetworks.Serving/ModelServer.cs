using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Serving;

/// <summary>Serves trained models by itself, with a page to try them: to programs on this machine, or to those that have the key.</summary>
public sealed class ModelServer : IAsyncDisposable
{
    private const int MostConnections = 1000;
    private const int LeastKeyLength = 16;

    // On the same machine a client reads and writes a thousand times as fast.
    private static readonly MinDataRate SlowestClient = new(bytesPerSecond: 4096, gracePeriod: TimeSpan.FromSeconds(5));

    private readonly WebApplication _web;

    private ModelServer(ModelServerOptions options, Action<ServingOptions> models, IReadOnlyList<ListenAddress> addresses)
    {
        // Nothing but this: no settings are read from files or from the environment.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var address in addresses)
                kestrel.Listen(address.EndPoint);
            Bound(kestrel.Limits);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddModularNetworks(models);
        _web = builder.Build();
        _web.Use((context, next) => AnswerAsync(context, next, options.Failed));
        _web.Use(new RequestGuard(options.ApiKey).Check);
        _web.MapModularNetworks();
        _web.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], TryPage.SendAsync);
    }

    /// <summary>The addresses at which it answers.</summary>
    public IReadOnlyList<Uri> Addresses => [.. _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];

    /// <summary>Loads models, and begins to serve them.</summary>
    /// <param name="options">Where to listen, and to whom to answer.</param>
    /// <param name="models">Adds models, and sets bounds.</param>
    /// <exception cref="RunException">
    /// A model cannot be loaded or is none that is served, an address cannot be listened at, or one that others reach has no key, or the key is short.
    /// </exception>
    /// <exception cref="CheckpointException">A run has no checkpoint, or it is damaged.</exception>
    /// <exception cref="ArgumentException">Two models have one name.</exception>
    public static async Task<ModelServer> StartAsync(ModelServerOptions options, Action<ServingOptions> models)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(models);
        ListenAddress[] addresses = [.. options.Urls.Select(ListenAddress.Parse)];
        if (options.ApiKey is null && addresses.FirstOrDefault(address => !address.IsLoopback) is { } open)
            throw new RunException($"--urls: others than this machine reach {open.EndPoint}, and no API key is given. Give one with --api-key-file, or listen at localhost.");
        if (options.ApiKey is { Length: < LeastKeyLength })
            throw new RunException($"the API key has {Counted.Of(options.ApiKey.Length, "letter")}; at least {LeastKeyLength} are expected. 'openssl rand -hex 24' makes one.");
        var server = new ModelServer(options, models, addresses);
        try
        {
            await server._web.StartAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await server.DisposeAsync();
            throw new RunException($"--urls {string.Join(';', options.Urls)}: cannot listen there: {exception.Message} Choose another port, or 0 for any that is free.", exception);
        }
        return server;
    }

    /// <summary>Stops the server.</summary>
    public ValueTask DisposeAsync() => _web.DisposeAsync();

    /// <summary>Bounds what clients can make the server keep; those that neither write nor read are dropped.</summary>
    private static void Bound(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = MostConnections;
        // Each end point has its own bound, and says it.
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = SlowestClient;
        limits.MinResponseDataRate = SlowestClient;
    }

    /// <summary>Answers, and says in one line why where nothing else has: no such address, another method, a fault.</summary>
    private static async Task AnswerAsync(HttpContext context, RequestDelegate next, Action<Exception> failed)
    {
        try
        {
            await next(context);
        }
        catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            failed(fault);
            await Answers.WriteProblemAsync(context, StatusCodes.Status500InternalServerError, "the server failed; its output says more.");
        }
        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null })
            await Answers.WriteProblemAsync(context, context.Response.StatusCode, $"{context.Request.Method} {RequestProperties.Quoted(context.Request.Path)} is not answered; GET /openapi.json tells what is.");
    }
}
