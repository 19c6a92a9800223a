namespace ModularNetworks.Data;

/// <summary>How the rows of a table are split into parts.</summary>
public enum TableSplit
{
    /// <summary>At random, with equal shares of each class.</summary>
    Random,

    /// <summary>In the order of the file, as time goes: the first rows are for training, the last for the test.</summary>
    Ordered,
}
