using System.Reflection;
using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;
using ModularNetworks.ML;
using ModularNetworks.Onnx;
using ModularNetworks.Serving;

namespace ModularNetworks.Attack;

/// <summary>
/// The public members of some assemblies that take tensors, indices, numbers or sizes, each as often as it is called beside the others.
/// </summary>
internal sealed class Surface
{
    // Members that take tensors or spans have more ways to go wrong than those that take one number.
    private const int CallsOfDeepMembers = 4;

    // They take and give models and data, not numbers alone.
    private static readonly Assembly[] Outer = [typeof(OnnxExport).Assembly, typeof(ModelServer).Assembly, typeof(ModularNetworkCatalog).Assembly];

    private readonly Assembly[] _assemblies;
    private readonly Type[] _types;
    private readonly Dictionary<Type, IReadOnlyList<Maker>> _makers = [];
    private readonly List<AttackedMember> _schedule = [];
    private readonly List<(MethodBase Method, string Reason)> _leftOut = [];

    private Surface(Assembly[] assemblies, Type[] types)
    {
        _assemblies = assemblies;
        _types = [.. types.Where(type => !type.IsEnum && !typeof(Delegate).IsAssignableFrom(type) && !typeof(Exception).IsAssignableFrom(type))];
        Documentation = new Documentation(assemblies);
        foreach (var type in _types.OrderBy(type => type.FullName, StringComparer.Ordinal))
            Add(type);
    }

    /// <summary>
    /// The product: the engine, the modular networks, the data in memory; ONNX files, the server of models and the trainers of ML.NET, all of
    /// whose members are called that take anything.
    /// </summary>
    public static Surface OfTheProduct()
    {
        Assembly[] assemblies = [typeof(Tensor).Assembly, typeof(ModularModel).Assembly, typeof(DataException).Assembly, .. Outer];
        return new Surface(assemblies, [.. assemblies.SelectMany(assembly => assembly.GetExportedTypes()), typeof(RefStructs)]);
    }

    /// <summary>Members with planted faults, for tests.</summary>
    public static Surface OfPlantedFaults() => new([typeof(PlantedFaults).Assembly, typeof(Tensor).Assembly], [typeof(PlantedFaults)]);

    /// <summary>What is said of the members.</summary>
    public Documentation Documentation { get; }

    /// <summary>The members in the order in which they are called, again and again.</summary>
    public IReadOnlyList<AttackedMember> Schedule => _schedule;

    /// <summary>The members that are not called, and why.</summary>
    public IReadOnlyList<(MethodBase Method, string Reason)> LeftOut => _leftOut;

    /// <summary>Whether an assembly is attacked.</summary>
    public bool IsAttacked(Assembly assembly) => _assemblies.Contains(assembly);

    /// <summary>Whether an assembly is one of the product's, attacked or not.</summary>
    public bool IsOfTheProduct(Assembly assembly) => IsAttacked(assembly) || assembly == typeof(RunException).Assembly;

    /// <summary>The public types that derive from, or implement, an abstract one.</summary>
    public IReadOnlyList<Type> TypesThatAre(Type type)
    {
        Type[] found = [.. _types.Select(Generics.Close).OfType<Type>().Where(other => !other.IsAbstract && other.IsAssignableTo(type))];
        return found.Length > 0 ? found : throw new UnmadeException($"no public type is a {type}");
    }

    /// <summary>The public constructors of a type; its static methods that return it, if it has none.</summary>
    public IReadOnlyList<Maker> MakersOf(Type type)
    {
        if (!_makers.TryGetValue(type, out var makers))
        {
            IEnumerable<MethodBase> found = type.GetConstructors();
            if (!found.Any())
                found = type.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == type);
            _makers.Add(type, makers = [.. found.Select(method => new Maker(method, Invoker.Compile(method)))]);
        }
        return makers;
    }

    private void Add(Type type)
    {
        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var closed = Generics.Close(type);
        foreach (var member in (closed ?? type).GetMembers(Declared).OfType<MethodBase>().Where(TakesNumbers))
        {
            if (Exclusions.ReasonFor(type, member) is { } reason)
                _leftOut.Add((member, reason));
            else
                Plan(closed!, member);
        }
    }

    private void Plan(Type type, MethodBase member)
    {
        foreach (var method in Generics.Close(member))
        {
            bool isDeep = method.GetParameters().Any(parameter => !parameter.ParameterType.IsPrimitive) && !method.IsSpecialName;
            var attacked = new AttackedMember(type, method, Invoker.Compile(method));
            _schedule.AddRange(Enumerable.Repeat(attacked, isDeep || method.IsConstructor ? CallsOfDeepMembers : 1));
        }
    }

    private bool TakesNumbers(MethodBase member)
    {
        var type = member.DeclaringType!;
        return type == typeof(PlantedFaults) || (Outer.Contains(type.Assembly) && member.GetParameters().Length > 0)
            || member.GetParameters().Any(parameter => !parameter.IsOut && IsNumbers(parameter.ParameterType, depth: 0));
    }

    private bool IsNumbers(Type type, int depth)
    {
        if (type.IsByRef || type.IsArray || type.IsPointer)
            return IsNumbers(type.GetElementType()!, depth);
        if (type.IsEnum || type == typeof(bool) || type == typeof(byte) || type == typeof(char))
            return false;
        if (type.IsPrimitive || type == typeof(Tensor) || type == typeof(IndexTensor))
            return true;
        if (type.IsGenericType && depth == 0)
            return type.GetGenericArguments().Any(argument => IsNumbers(argument, depth + 1));
        bool isRecord = type.IsValueType || type.GetMethod("<Clone>$") is not null;
        return isRecord && IsAttacked(type.Assembly) && type != typeof(RandomKey);
    }
}
