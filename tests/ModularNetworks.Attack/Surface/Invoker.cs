using System.Reflection;
using System.Reflection.Emit;

namespace ModularNetworks.Attack;

/// <summary>
/// Calls a member with boxed arguments. Reflection's own calls take no spans; these give an array where a span is wanted, and
/// return one for a span.
/// </summary>
internal static class Invoker
{
    /// <summary>Compiles the call of a method or constructor.</summary>
    /// <param name="member">The member; its generic parameters are filled in.</param>
    /// <returns>Takes the object, unless the member is static or a constructor, and the arguments.</returns>
    public static Func<object?[], object?> Compile(MethodBase member)
    {
        var call = new DynamicMethod(member.Name, typeof(object), [typeof(object[])], typeof(Invoker).Module, skipVisibility: true);
        var il = call.GetILGenerator();
        int next = 0;
        if (!member.IsStatic && member is MethodInfo)
            LoadTarget(il, next++, member.DeclaringType!);
        foreach (var parameter in member.GetParameters())
            LoadArgument(il, next++, parameter.ParameterType);
        if (member is ConstructorInfo constructor)
        {
            il.Emit(OpCodes.Newobj, constructor);
            Return(il, constructor.DeclaringType!);
        }
        else
        {
            var method = (MethodInfo)member;
            il.Emit(method.IsStatic || method.DeclaringType!.IsValueType ? OpCodes.Call : OpCodes.Callvirt, method);
            Return(il, method.ReturnType);
        }
        return call.CreateDelegate<Func<object?[], object?>>();
    }

    /// <summary>Whether a type is a span, for which arrays stand.</summary>
    public static bool IsSpan(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Span<>) || type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>));

    private static void LoadTarget(ILGenerator il, int place, Type type)
    {
        LoadObject(il, place);
        il.Emit(type.IsValueType ? OpCodes.Unbox : OpCodes.Castclass, type);
    }

    private static void LoadArgument(ILGenerator il, int place, Type type)
    {
        if (type.IsByRef)
        {
            var value = il.DeclareLocal(type.GetElementType()!);
            LoadArgument(il, place, value.LocalType);
            il.Emit(OpCodes.Stloc, value);
            il.Emit(OpCodes.Ldloca, value);
            return;
        }
        LoadObject(il, place);
        if (!IsSpan(type))
        {
            il.Emit(OpCodes.Unbox_Any, type);
            return;
        }
        var array = type.GetGenericArguments()[0].MakeArrayType();
        il.Emit(OpCodes.Castclass, array);
        il.Emit(OpCodes.Newobj, type.GetConstructor([array])!);
    }

    private static void LoadObject(ILGenerator il, int place)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, place);
        il.Emit(OpCodes.Ldelem_Ref);
    }

    private static void Return(ILGenerator il, Type type)
    {
        if (type.IsByRef)
        {
            il.Emit(OpCodes.Ldobj, type.GetElementType()!);
            type = type.GetElementType()!;
        }
        if (type.IsPointer || (type.IsByRefLike && !IsSpan(type)))
        {
            il.Emit(OpCodes.Pop);
            il.Emit(OpCodes.Ldnull);
        }
        else if (IsSpan(type))
        {
            var span = il.DeclareLocal(type);
            il.Emit(OpCodes.Stloc, span);
            il.Emit(OpCodes.Ldloca, span);
            il.Emit(OpCodes.Call, type.GetMethod("ToArray")!);
        }
        else if (type == typeof(void))
        {
            il.Emit(OpCodes.Ldnull);
        }
        else
        {
            il.Emit(OpCodes.Box, type);
        }
        il.Emit(OpCodes.Ret);
    }
}
