using System.Reflection;

namespace ModularNetworks.Attack;

/// <summary>An object that is to be made.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">The name of the parameter that it is for.</param>
/// <param name="Shapes">The shapes that it may have by the parameter's documentation.</param>
internal readonly record struct Wanted(Type Type, string Name, IReadOnlyList<string> Shapes)
{
    /// <summary>What a parameter wants.</summary>
    public static Wanted By(ParameterInfo parameter, Documentation documentation)
    {
        var type = parameter.ParameterType;
        return new(type.IsByRef ? type.GetElementType()! : type, parameter.Name!, documentation.ShapesOf(parameter));
    }

    /// <summary>An object of a type, for no parameter.</summary>
    public static Wanted Any(Type type) => new(type, type.Name, []);
}
