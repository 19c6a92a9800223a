using System.Reflection;

namespace ModularNetworks.Attack;

/// <summary>Fills in the type parameters of types and methods.</summary>
internal static class Generics
{
    /// <summary>A type with its parameters filled in; null if the attack has nothing for them.</summary>
    public static Type? Close(Type type)
    {
        if (!type.IsGenericTypeDefinition)
            return type;
        return type.GetGenericArguments() switch
        {
            [{ Name: "TBatch" }] => type.MakeGenericType(typeof(Batch)),
            [{ Name: "TModel" }] => type.MakeGenericType(typeof(ModularClassifier)),
            [{ Name: "T" }] => type.MakeGenericType(typeof(float)),
            _ => null,
        };
    }

    /// <summary>A member with its parameters filled in, in every way that makes a difference.</summary>
    public static IReadOnlyList<MethodBase> Close(MethodBase member)
    {
        if (member is not MethodInfo { IsGenericMethodDefinition: true } method)
            return [member];
        Type[] arguments = method.GetGenericArguments()[0].Name switch
        {
            "TKernel" or "TBlocks" => [typeof(NoKernel)],
            "TOperation" => [typeof(NoOperation)],
            "TBatch" => [typeof(Batch)],
            _ => [typeof(float), typeof(double)],
        };
        return [.. arguments.Select(argument => method.MakeGenericMethod(argument))];
    }
}
