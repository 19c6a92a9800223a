namespace ModularNetworks.Experiments;

/// <summary>How ranks add up the gradients of the blocks that they share.</summary>
public enum Reductions
{
    /// <summary>By one binary tree, so that bits do not depend on the number of ranks.</summary>
    Tree,

    /// <summary>In whatever order is fastest, with one block for each rank: bits depend on the number of ranks.</summary>
    Fast,
}
