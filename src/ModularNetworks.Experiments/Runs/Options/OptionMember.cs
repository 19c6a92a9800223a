using System.Reflection;

namespace ModularNetworks.Experiments;

/// <summary>
/// An option, by its name in <c>config.json</c>: a property of a run's options, or of a group in them. The members of a group stand among
/// the run's own options, where the group is declared.
/// </summary>
/// <param name="Name">The option's name.</param>
/// <param name="Property">The property that has its value.</param>
/// <param name="Group">The property that has the group; null if the option is the run's own.</param>
internal sealed record OptionMember(string Name, PropertyInfo Property, PropertyInfo? Group)
{
    /// <summary>All options of a run, in the order of <c>config.json</c>.</summary>
    public static IEnumerable<OptionMember> Of(RunOptions options) => OptionProperties.Of(options).SelectMany(
        own => own.Property.PropertyType.IsAssignableTo(typeof(OptionGroup))
            ? OptionProperties.Of((OptionGroup)own.Property.GetValue(options)!).Select(member => new OptionMember(member.Name, member.Property, own.Property))
            : [new OptionMember(own.Name, own.Property, null)]);

    /// <summary>The option's value.</summary>
    public object? Get(RunOptions options) => Property.GetValue(HolderIn(options));

    /// <summary>Sets the option where it can be set. A group is changed, and must be of these options alone.</summary>
    public void Set(RunOptions options, object? value)
    {
        if (Property.CanWrite)
            Property.SetValue(HolderIn(options), value);
    }

    private object HolderIn(RunOptions options) => Group is null ? options : Group.GetValue(options)!;
}
