using System.Reflection;

namespace ModularNetworks.Attack;

/// <summary>A member that is called.</summary>
/// <param name="Type">The type whose object it is called on.</param>
/// <param name="Method">The member.</param>
/// <param name="Invoke">Calls it.</param>
internal sealed record AttackedMember(Type Type, MethodBase Method, Func<object?[], object?> Invoke)
{
    /// <summary>Whether it is called on an object.</summary>
    public bool HasTarget => Method is MethodInfo { IsStatic: false };

    public override string ToString() => NameOf(Method);

    /// <summary>A member's name with the types of its parameters.</summary>
    public static string NameOf(MethodBase method)
    {
        string name = method is ConstructorInfo ? "new" : method.Name;
        return $"{Short(method.DeclaringType!)}.{name}({string.Join(", ", method.GetParameters().Select(parameter => $"{Short(parameter.ParameterType)} {parameter.Name}"))})";
    }

    private static string Short(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Short))}>" : type.Name.TrimEnd('&');
}

/// <summary>A public member that makes an object.</summary>
/// <param name="Method">The member.</param>
/// <param name="Invoke">Calls it.</param>
internal sealed record Maker(MethodBase Method, Func<object?[], object?> Invoke);
