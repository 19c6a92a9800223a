namespace ModularNetworks.Experiments;

/// <summary>A part of a record that has no name in files: its entries stand there among those of the record.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FlatPartAttribute : Attribute;
