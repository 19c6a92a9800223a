namespace ModularNetworks.Experiments;

/// <summary>A list that files have only if it has an item.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LeftOutIfEmptyAttribute : Attribute;
