namespace ModularNetworks.Serving;

/// <summary>Where a <see cref="ModelServer"/> listens, and to whom it answers.</summary>
public sealed record ModelServerOptions
{
    /// <summary>The address of this machine alone that is listened at if nothing else is said.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>The addresses to listen at, such as <c>http://127.0.0.1:5080</c>; port 0 is any that is free.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [DefaultUrl];

    /// <summary>The key that requests must show; null if none is needed, which is possible on this machine only.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Is told of each request that failed by a fault of the server.</summary>
    public Action<Exception> Failed { get; init; } = _ => { };
}
