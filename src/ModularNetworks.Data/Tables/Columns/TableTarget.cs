namespace ModularNetworks.Data;

/// <summary>The column that is predicted: classes or a number.</summary>
public sealed record TableTarget
{
    /// <summary>The name in the header; without a header the column's number from 1.</summary>
    public required string Name { get; init; }

    /// <summary>The names of the classes, in the order of their numbers; null if the target is a number.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>How the numbers are written; null for plain digits with the decimal sign of the table.</summary>
    public NumberForm? NumberForm { get; init; }

    /// <summary>The mean of the numbers in the training rows; networks predict how many deviations a number is above it.</summary>
    public double Mean { get; init; }

    /// <summary>The standard deviation of the numbers in the training rows; 1 if they are all the same.</summary>
    public double Deviation { get; init; } = 1;
}
