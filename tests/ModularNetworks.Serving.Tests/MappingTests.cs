using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ModularNetworks.Serving.Tests;

/// <summary>Programs of one's own that map the models wrongly are told how.</summary>
public sealed class MappingTests
{
    [Theory]
    [InlineData("{")]
    [InlineData("/{id}")]
    [InlineData("a b")]
    [InlineData("//ai")]
    [InlineData("a\0b")]
    public async Task A_prefix_that_is_no_part_of_an_address_is_refused_by_its_name(string prefix)
    {
        await using var program = Program(_ => { });
        string message = Assert.Throws<ArgumentException>(() => program.MapModularNetworks(prefix)).Message;
        Assert.StartsWith($"the prefix '{prefix}' cannot stand in an address; use letters,", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_without_models_is_told_to_add_them()
    {
        await using var program = Program(configure: null);
        string message = Assert.Throws<InvalidOperationException>(() => program.MapModularNetworks("/ai")).Message;
        Assert.Equal("MapModularNetworks: the program has no models to serve. Add them before: builder.Services.AddModularNetworks(...).", message);
    }

    private static WebApplication Program(Action<ServingOptions>? configure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        if (configure is not null)
            builder.Services.AddModularNetworks(configure);
        return builder.Build();
    }
}
