using System.Diagnostics.CodeAnalysis;

namespace ModularNetworks.Experiments;

/// <summary>
/// Options that belong together and check their own ranges. In <c>config.json</c>, and for <c>--set</c>, the options of all groups of a
/// run stand side by side: their names must differ.
/// </summary>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
public abstract record OptionGroup
{
    private static readonly string[] HaveTheirOwnFlag = ["method", "modules", "parallel", "steps", "seed", "threads", "vocabulary"];

    /// <summary>Checks the options.</summary>
    /// <exception cref="RunException">An option is out of range, or two do not fit.</exception>
    public abstract void Validate();

    /// <summary>Demands that an option is at least 1.</summary>
    /// <param name="option">The option's name in <c>config.json</c>.</param>
    /// <param name="value">The option's value.</param>
    /// <exception cref="RunException">The value is less.</exception>
    protected static void RequireAtLeastOne(string option, long value) => Require(value >= 1, option, value, "at least 1");

    /// <summary>Demands that an option is a finite number and not negative.</summary>
    /// <param name="option">The option's name in <c>config.json</c>.</param>
    /// <param name="value">The option's value.</param>
    /// <exception cref="RunException">The value is no such number.</exception>
    protected static void RequireAtLeastZero(string option, double value) =>
        Require(double.IsFinite(value) && value >= 0, option, value, "0 or more");

    /// <summary>Demands a condition on an option.</summary>
    /// <param name="condition">Whether the option's value is allowed.</param>
    /// <param name="option">The option's name in <c>config.json</c>.</param>
    /// <param name="value">The option's value.</param>
    /// <param name="rule">The rule in words, such as <c>from 0 to 1</c>.</param>
    /// <exception cref="RunException">The condition does not hold.</exception>
    protected static void Require(bool condition, string option, object value, string rule)
    {
        if (condition)
            return;
        string fix = HaveTheirOwnFlag.Contains(option) ? $"--{option}." : $"--set {option}=...";
        string text = value is bool truth ? (truth ? "true" : "false") : $"{value}";
        throw new RunException($"{option} is {text}; it must be {rule}. Change it with {fix}");
    }
}
