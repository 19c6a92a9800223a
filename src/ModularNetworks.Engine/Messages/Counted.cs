using System.Globalization;

namespace ModularNetworks.Engine;

/// <summary>Numbers of things in messages.</summary>
public static class Counted
{
    /// <summary>A number and what it counts, such as <c>1 column</c> and <c>2 columns</c>.</summary>
    /// <param name="count">The number.</param>
    /// <param name="one">What one is called; several have an s more.</param>
    public static string Of(long count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");

    /// <summary>A number and what it counts, such as <c>1 class</c> and <c>2 classes</c>.</summary>
    /// <param name="count">The number.</param>
    /// <param name="one">What one is called.</param>
    /// <param name="several">What several are called.</param>
    public static string Of(long count, string one, string several) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : several)}");

    /// <inheritdoc cref="Of(long, string)"/>
    public static string Of(ulong count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");

    /// <inheritdoc cref="Of(long, string)"/>
    public static string Of(double count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");
}
