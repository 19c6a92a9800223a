using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using ModularNetworks.Engine;

namespace ModularNetworks.Attack;

/// <summary>
/// Makes arguments: numbers and tensors by the documented shapes; parts that have rules of their own by <see cref="Factories"/>; all
/// else by a public constructor or a public static method of the type, whose arguments are made in the same way.
/// </summary>
internal sealed class ObjectMaker
{
    private const int Deepest = 12;
    private const int MostElements = 1 << 20;

    // Names of what numbers count.
    private static readonly HashSet<string> Named = new(StringComparer.OrdinalIgnoreCase) { "classes", "taskNames" };

    private static readonly string[] WrongPrefixes = ["", "/ai", "{", "a b", "/{id}", "//", "a\0b"];

    private readonly Surface _surface;
    private readonly Factories _factories;
    private int _depth;

    public ObjectMaker(Surface surface, World world)
    {
        (_surface, World) = (surface, world);
        _factories = new Factories(this);
    }

    public World World { get; }

    /// <summary>An object of a type.</summary>
    public T Make<T>(string name = "") => (T)Make(new Wanted(typeof(T), name, []))!;

    /// <summary>An object of a type that derives from an abstract one, or implements it.</summary>
    public object OneOf(Type type, params IEnumerable<Type> others) => Make(Wanted.Any(World.Choices.OneOf([.. _surface.TypesThatAre(type).Except(others)])))!;

    /// <summary>The arguments of a member.</summary>
    public object?[] Arguments(MethodBase member) =>
        [.. member.GetParameters().Select(parameter => Argument(parameter))];

    /// <summary>An argument.</summary>
    public object? Make(Wanted wanted)
    {
        if (++_depth > Deepest)
            throw new UnmadeException($"an argument {wanted.Name} ({wanted.Type}) needs itself");
        try
        {
            return Converted(Number(wanted) ?? List(wanted) ?? _factories.Make(wanted) ?? Construct(wanted.Type));
        }
        finally
        {
            _depth--;
        }
    }

    private object? Argument(ParameterInfo parameter)
    {
        if (parameter.IsOut)
            return Activator.CreateInstance(parameter.ParameterType.GetElementType()!);
        return Optional(parameter) ? parameter.DefaultValue : Make(Wanted.By(parameter, _surface.Documentation));
    }

    /// <summary>Now and then leaves an argument out that may be left out; a training without options would take thousands of steps.</summary>
    private bool Optional(ParameterInfo parameter) =>
        parameter is { HasDefaultValue: true, DefaultValue: null } && parameter.ParameterType.IsClass && parameter.ParameterType != typeof(FitOptions)
        && World.Choices.OneIn(2);

    private object? Number(Wanted wanted)
    {
        var numbers = World.Numbers;
        return Type.GetTypeCode(wanted.Type.IsEnum ? typeof(Enum) : wanted.Type) switch
        {
            TypeCode.Int32 => numbers.Size(wanted.Name),
            TypeCode.Int64 => World.Choices.Fault() ? World.Choices.OneOf(-1, 0, long.MaxValue, long.MinValue, 1L << 33) : (long)numbers.Size(wanted.Name),
            TypeCode.UInt64 => World.Choices.Fault() ? ulong.MaxValue : (ulong)World.Choices.Below(9),
            TypeCode.Byte => (byte)World.Choices.Below(256),
            TypeCode.Double => numbers.Double(),
            TypeCode.Single => (float)numbers.Element(),
            TypeCode.Char => World.Choices.Fault() ? 'a' : wanted.Name.Contains("ecimal", StringComparison.Ordinal) ? '.' : ',',
            TypeCode.Boolean => World.Choices.OneIn(2),
            TypeCode.String when wanted.Name == "prefix" && World.Choices.OneIn(2) => World.Choices.OneOf(WrongPrefixes),
            TypeCode.String => wanted.Name is "folder" or "path" or "location" or "source" or "target" ? "/nowhere/attack" : wanted.Name,
            _ => wanted.Type.IsEnum ? Enum.ToObject(wanted.Type, EnumValue(wanted.Type)) : null,
        };
    }

    private int EnumValue(Type type) => World.Choices.Fault() ? 77 : World.Choices.Below(Enum.GetValues(type).Length);

    /// <summary>Arrays, spans, lists.</summary>
    private Array? List(Wanted wanted)
    {
        var element = ElementOf(wanted.Type);
        if (element is null || _factories.Knows(wanted.Type))
            return null;
        if (element == typeof(byte) && wanted.Name == "file" && !World.Choices.Fault())
            return Pictures.OfPixels(2, 3);
        int count = World.Choices.Fault() ? World.Choices.OneOf(0, 1, 9) : CountOf(wanted, element);
        var array = Array.CreateInstance(element, count);
        for (int i = 0; i < count; i++)
            array.SetValue(element == typeof(string) ? $"{wanted.Name}{i}" : ElementFor(wanted, element), i);
        return array;
    }

    private object? ElementFor(Wanted wanted, Type element) =>
        element == typeof(int) ? World.Numbers.Index()
        : element == typeof(float) ? (float)World.Numbers.Element()
        : Make(wanted with { Type = element });

    private int CountOf(Wanted wanted, Type element)
    {
        if (wanted.Name == "values")
            return Math.Min(World.Numbers.Last.Count, MostElements);
        if (element == typeof(string) && Named.Contains(wanted.Name))
            return FittedParts.Classes;
        if (element == typeof(ReadOnlyMemory<byte>))
            return World.Sizes[wanted.Name];
        if (wanted.Shapes.Count > 0)
            return World.Sizes.ShapeOf(World.Choices.OneOf(wanted.Shapes)).Aggregate(1, (product, size) => product * size);
        return element.IsPrimitive ? World.Sizes[wanted.Name == "tasks" ? "rows" : wanted.Name] : 1 + World.Choices.Below(2);
    }

    private static Type? ElementOf(Type type)
    {
        if (type.IsArray)
            return type.GetElementType();
        if (!type.IsGenericType || type == typeof(string))
            return null;
        var definition = type.GetGenericTypeDefinition();
        bool isList = Invoker.IsSpan(type) || definition == typeof(IReadOnlyList<>) || definition == typeof(IEnumerable<>);
        return isList ? type.GetGenericArguments()[0] : null;
    }

    /// <summary>By a public constructor, or a public static method that returns the type.</summary>
    public object? Construct(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return World.Choices.OneIn(2) ? null : Make(Wanted.Any(value));
        if (type.IsValueType && World.Choices.Fault())
            return Activator.CreateInstance(type);
        if (type.IsAbstract)
            return OneOf(type);
        // The constructor of a delegate takes an address.
        if (typeof(Delegate).IsAssignableFrom(type))
            throw new UnmadeException($"nothing is known to call as a {type}");
        var makers = _surface.MakersOf(type);
        if (makers.Count == 0)
            throw new UnmadeException($"no public member makes a {type}");
        var maker = World.Choices.OneOf(makers);
        return WithProperties(maker.Invoke(Arguments(maker.Method)));
    }

    /// <summary>Sets some of the options that may be set when an object is made.</summary>
    private object? WithProperties(object? made)
    {
        if (made is null || !_surface.IsAttacked(made.GetType().Assembly))
            return made;
        foreach (var property in made.GetType().GetProperties().Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0))
        {
            // A constructor alone leaves properties unset that the compiler requires.
            if (!property.IsDefined(typeof(RequiredMemberAttribute)) && !World.Choices.OneIn(4))
                continue;
            try
            {
                property.SetValue(made, Make(new Wanted(property.PropertyType, property.Name, [])));
            }
            catch (TargetInvocationException refusal)
            {
                ExceptionDispatchInfo.Throw(refusal.InnerException!);
            }
        }
        return made;
    }

    /// <summary>Brings parameters to the precision of the kernels, as a caller has to.</summary>
    private object? Converted(object? made)
    {
        if (made is not null && made is not IList && made.GetType().GetProperty("Parameters")?.GetValue(made) is IReadOnlyList<Parameter> parameters)
            World.Adopt(parameters);
        return made;
    }
}
