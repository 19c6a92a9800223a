using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ModularNetworks.Attack;

/// <summary>What the documentation of public members says of their parameters: the shapes, by the names of the axes.</summary>
internal sealed partial class Documentation
{
    // What the parameters' documentation leaves to that of the member or type.
    private static readonly Dictionary<string, string> Unsaid = new(StringComparer.Ordinal)
    {
        ["MatrixStack.tensor"] = "modules, joined, outputs",
        ["Matrix.tensor"] = "rows, inputs",
        ["SelectionLogits.logits"] = "rows, K, modules",
        ["PoolingOperations.input"] = "rows, channels * height * width",
        ["ImageAugmentation.image"] = "channels * height * width",
        ["ImageAugmentation.result"] = "channels * height * width",
        ["ImageNormalization.image"] = "channels * height * width",
        ["ImageNormalization.values"] = "channels * height * width",
        ["ControllerInput.Values"] = "rows, inputs",
    };

    private readonly Dictionary<string, List<XElement>> _members = [];

    /// <summary>Reads what lies beside some assemblies.</summary>
    public Documentation(IEnumerable<Assembly> assemblies)
    {
        foreach (var assembly in assemblies)
        {
            string path = Path.ChangeExtension(assembly.Location, ".xml");
            foreach (var member in File.Exists(path) ? XDocument.Load(path).Descendants("member") : [])
            {
                string name = member.Attribute("name")!.Value.Split('(')[0];
                if (!_members.TryGetValue(name, out var overloads))
                    _members.Add(name, overloads = []);
                overloads.Add(member);
            }
        }
    }

    /// <summary>The shapes that a parameter may have, such as <c>rows, inputs</c>; none if nothing is said.</summary>
    public IReadOnlyList<string> ShapesOf(ParameterInfo parameter)
    {
        var said = Parameters(parameter.Member).FirstOrDefault(said => said.Attribute("name")?.Value == parameter.Name);
        if (Unsaid.TryGetValue($"{parameter.Member.DeclaringType!.Name}.{parameter.Name}", out string? shape))
            return [shape];
        if (said is null)
            return [];
        return [.. said.Descendants("c").Select(code => Brackets().Match(code.Value)).Where(found => found.Success).Select(found => found.Groups[1].Value)];
    }

    private IEnumerable<XElement> Parameters(MemberInfo member)
    {
        string type = (member.DeclaringType!.FullName ?? member.DeclaringType.Name).Split('[')[0].Replace('+', '.');
        string name = member is ConstructorInfo ? "#ctor" : member.Name;
        IEnumerable<string> keys = [$"M:{type}.{name}", $"M:{type}.{name}``1", $"T:{type}", .. InheritedFrom(member).Select(inherited => $"M:{inherited.FullName}.{name}")];
        return keys.SelectMany(key => _members.GetValueOrDefault(key) ?? []).SelectMany(found => found.Elements("param"));
    }

    private static IEnumerable<Type> InheritedFrom(MemberInfo member)
    {
        for (var type = member.DeclaringType!.BaseType; type is not null; type = type.BaseType)
            yield return type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        foreach (var type in member.DeclaringType.GetInterfaces())
            yield return type.IsGenericType ? type.GetGenericTypeDefinition() : type;
    }

    [GeneratedRegex(@"^\[([^\]]*)\]")]
    private static partial Regex Brackets();
}
