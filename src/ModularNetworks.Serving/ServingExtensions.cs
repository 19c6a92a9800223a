using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ModularNetworks.Experiments;

namespace ModularNetworks.Serving;

/// <summary>Serves trained models in a program that is an ASP.NET Core application.</summary>
/// <example>
/// <code>
/// var builder = WebApplication.CreateSlimBuilder(args);
/// builder.Services.AddModularNetworks(options => options.Add("price", "runs/price"));
/// var web = builder.Build();
/// web.MapModularNetworks();
/// web.Run();
/// </code>
/// </example>
public static class ServingExtensions
{
    /// <summary>Adds the models that are served.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="configure">Adds models, and sets bounds.</param>
    /// <exception cref="ArgumentException">Two models have one name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A bound is less than 1.</exception>
    public static IServiceCollection AddModularNetworks(this IServiceCollection services, Action<ServingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ServingOptions();
        configure(options);
        options.Limits.Validate();
        services.AddMetrics();
        services.TryAddSingleton<ServingMetrics>();
        services.AddSingleton(_ => new ServedModels(options));
        services.AddSingleton(provider => new ModelEndpoints(
            provider.GetRequiredService<ServedModels>(), options.Limits, provider.GetRequiredService<ServingMetrics>()));
        return services;
    }

    /// <summary>
    /// Loads the models, and answers requests for them: <c>GET /models</c>, <c>POST /models/NAME/predict</c>, <c>POST /models/NAME/generate</c>,
    /// <c>GET /health</c>, <c>GET /metrics</c> and <c>GET /openapi.json</c>. Who may ask is for the program to say.
    /// </summary>
    /// <param name="routes">The program.</param>
    /// <param name="prefix">What the addresses begin with, such as <c>/ai</c>; nothing by default.</param>
    /// <returns>The end points, to demand authorisation for, for example.</returns>
    /// <exception cref="RunException">A folder is no run, or one of a kind that is not served, or damaged.</exception>
    /// <exception cref="CheckpointException">A run has no checkpoint, or it is damaged.</exception>
    /// <exception cref="ArgumentException">The prefix is no part of an address.</exception>
    /// <exception cref="InvalidOperationException">No models were added to the program's services.</exception>
    public static IEndpointConventionBuilder MapModularNetworks(this IEndpointRouteBuilder routes, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(prefix);
        if (!prefix.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/') || prefix.Contains("//", StringComparison.Ordinal))
            throw new ArgumentException($"the prefix '{prefix}' cannot stand in an address; use letters, digits, '-', '_', points and single slashes.", nameof(prefix));
        var endpoints = routes.ServiceProvider.GetService<ModelEndpoints>() ?? throw new InvalidOperationException(
            "MapModularNetworks: the program has no models to serve. Add them before: builder.Services.AddModularNetworks(...).");
        return endpoints.Map(routes, prefix);
    }
}
