using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments.Tests;

public sealed class FiniteNumbersTests
{
    [Fact]
    public void Finite_numbers_pass()
    {
        var measured = new JsonObject { ["loss"] = 1.5, ["steps"] = 3L, ["usage"] = new JsonArray(0.5, 0.5), ["none"] = null };
        Assert.Same(measured, FiniteNumbers.Require("Evaluation", measured));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_is_not_finite_is_named(double value)
    {
        var part = new JsonObject { ["valid"] = new JsonObject { ["perplexity"] = value } };
        var error = Assert.Throws<NonFiniteLossException>(() => FiniteNumbers.Require("Evaluation", part));
        Assert.StartsWith("Evaluation: valid.perplexity is ", error.Message, StringComparison.Ordinal);
        Assert.Throws<NonFiniteLossException>(() => FiniteNumbers.Require("Evaluation", new JsonObject { ["usage"] = new JsonArray(value) }));
    }
}
