using System.Reflection;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Attack;

/// <summary>The public members that are not called, and why.</summary>
internal static class Exclusions
{
    private static readonly HashSet<string> FromTheCompiler =
        new(StringComparer.Ordinal) { "Equals", "GetHashCode", "Deconstruct", "op_Equality", "op_Inequality" };

    private static readonly HashSet<Type> Catalogue = [typeof(DataSet), typeof(RemoteFile), typeof(DataSetDownload)];

    private static readonly HashSet<Type> OnStreams = [typeof(EncodedRows), typeof(AnswerWriter), typeof(CsvAnswers), typeof(JsonAnswers)];

    /// <summary>Why a member is not called; null if it is.</summary>
    public static string? ReasonFor(Type type, MethodBase member)
    {
        if (type == typeof(IWidth<>) || type == typeof(VectorMath<,>))
            return "instructions on registers and addresses, for the authors of kernels";
        if (type.IsInterface && type != typeof(IModularLayer))
            return "an interface; the types that implement it are called";
        if (member.IsAbstract && !type.IsInterface)
            return "abstract; the types that implement it are called";
        if (Catalogue.Contains(type))
            return "describes downloads, whose sizes tests/fuzz --reader download attacks";
        if (OnStreams.Contains(type))
            return "reads or writes tables of open streams, to which tests/fuzz --reader own-table gives bad ones";
        if (type.IsByRefLike && member is MethodInfo)
            return $"on a type that cannot be boxed; called by {nameof(RefStructs)}";
        if (member.GetParameters().FirstOrDefault()?.Name is "path" or "folder" or "location")
            return "a reader of files, to which tests/fuzz gives bad ones";
        return FromTheCompiler.Contains(member.Name) ? "equality and taking apart, as the compiler or GetHashCode has them" : null;
    }
}
