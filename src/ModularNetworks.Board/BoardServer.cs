using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

namespace ModularNetworks.Board;

/// <summary>
/// Shows the runs below a folder as a live page, to browsers on this machine only. It reads the folder and never writes
/// there.
/// </summary>
public sealed class BoardServer : IAsyncDisposable
{
    // A comment, which pages ignore and connections are kept open by.
    private const string SignOfLife = ": alive\n\n";
    private const int LooksBetweenSigns = 30;

    // A browser takes some for each page.
    private const int MostConnections = 1000;
    private const int MostRequestBytes = 1 << 16;

    // On the same machine a page reads a thousand times as fast.
    private static readonly MinDataRate SlowestClient = new(bytesPerSecond: 4096, gracePeriod: TimeSpan.FromSeconds(5));

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(300);

    private readonly RunCatalogue _catalogue;
    private readonly EventHub _hub = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly WebApplication _web;
    private Task _following = Task.CompletedTask;

    private BoardServer(string folder, int port, string version)
    {
        _catalogue = new RunCatalogue(Path.GetFullPath(folder));
        // Nothing but this: no settings are read from files or from the environment.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
            Bound(kestrel.Limits);
        });
        builder.Services.AddRoutingCore();
        _web = builder.Build();
        _web.Use(LocalRequests.Check);
        new BoardPages(_catalogue, _hub, version, _stop.Token).Map(_web);
    }

    /// <summary>The page's address.</summary>
    public Uri Address => new(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts a board.</summary>
    /// <param name="folder">The folder with the runs.</param>
    /// <param name="port">The port to listen at; 0 for any that is free.</param>
    /// <param name="version">The tool's version.</param>
    /// <returns>The running board.</returns>
    /// <exception cref="RunException">There is no such folder, the port is taken, or the tool was built without the page.</exception>
    public static async Task<BoardServer> StartAsync(string folder, int port, string version)
    {
        if (!Directory.Exists(folder))
            throw new RunException($"{folder}: there is no such folder. Give a folder with run folders in it, such as runs.");
        _ = ReportPage.Script;
        var board = new BoardServer(folder, port, version);
        try
        {
            await board._web.StartAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await board.DisposeAsync();
            throw new RunException(
                $"--port {port}: cannot listen there: {exception.Message} Choose another port, above 1023, or 0 for any that is free.", exception);
        }
        board._following = board.FollowAsync();
        return board;
    }

    /// <summary>Stops the board.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        await _web.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>Bounds what clients can make the board keep; those that do not read are dropped.</summary>
    private static void Bound(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = MostConnections;
        limits.MaxRequestBufferSize = MostRequestBytes;
        limits.MaxResponseBufferSize = PatientWriter.PieceBytes;
        limits.MinResponseDataRate = SlowestClient;
    }

    private async Task FollowAsync()
    {
        var follower = new RunFollower(_catalogue);
        using var timer = new PeriodicTimer(LookEvery);
        try
        {
            for (int look = 0; ; look++)
            {
                foreach (string message in follower.Look())
                    _hub.Tell($"data: {message}\n\n");
                if (look % LooksBetweenSigns == 0)
                    _hub.Tell(SignOfLife);
                await timer.WaitForNextTickAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The board is closed.
        }
    }
}
