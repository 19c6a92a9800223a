using System.Diagnostics;
using System.Reflection;
using ModularNetworks.Engine;

namespace ModularNetworks.Attack;

/// <summary>Tells refusals, which say what the caller did wrong, from accidents.</summary>
internal static class Verdict
{
    private static readonly Type[] Families =
        [typeof(ArgumentException), typeof(InvalidOperationException), typeof(NotSupportedException), typeof(InsufficientMemoryException)];

    /// <summary>
    /// Whether an exception is the product's own, or of a family for wrong arguments or wrong moments, and a check threw it: code of the
    /// product or a helper such as <see cref="ArgumentOutOfRangeException.ThrowIfNegative"/>, not the inside of a span or a list.
    /// </summary>
    public static bool IsRefusal(Exception exception, MethodBase member, Surface surface)
    {
        if (string.IsNullOrWhiteSpace(exception.Message))
            return false;
        // Elements of tensors are read as those of arrays, and their documentation says so.
        if (exception is IndexOutOfRangeException && member.DeclaringType == typeof(Tensor) && member.IsSpecialName)
            return true;
        if (surface.IsOfTheProduct(exception.GetType().Assembly))
            return true;
        return Families.Any(family => family.IsInstanceOfType(exception)) && ThrewByCheck(exception, surface);
    }

    private static bool ThrewByCheck(Exception exception, Surface surface)
    {
        var thrower = new StackTrace(exception).GetFrame(0)?.GetMethod()?.DeclaringType;
        // What is short is compiled into its caller: the call of the attack, which has no type, or a network of the attack.
        return thrower is null || thrower.Assembly == typeof(Verdict).Assembly || surface.IsOfTheProduct(thrower.Assembly) || typeof(Exception).IsAssignableFrom(thrower)
            || IsCheckOfMlNet(thrower);
    }

    /// <summary>Whether ML.NET itself has checked: a trained transformer is a chain of its own, and refuses other data as all of its transformers do.</summary>
    private static bool IsCheckOfMlNet(Type thrower) => thrower.FullName == "Microsoft.ML.Runtime.Contracts";
}
