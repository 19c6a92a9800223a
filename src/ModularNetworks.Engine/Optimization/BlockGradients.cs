namespace ModularNetworks.Engine;

/// <summary>
/// The gradient of a mini-batch whose blocks are shared out among ranks: the sum of the blocks' gradients, added up by one binary tree,
/// within a rank and across ranks. As the tree does not depend on the number of ranks, no bit of the sum does.
/// </summary>
/// <param name="parameters">The parameters.</param>
/// <param name="communicator">The ranks; each takes as many blocks, and their number is a power of two.</param>
/// <param name="isFast">Whether ranks are added up in whatever order is fastest, so that bits depend on their number.</param>
internal sealed class BlockGradients(IReadOnlyList<Parameter> parameters, ICommunicator communicator, bool isFast)
{
    private readonly List<BlockSum> _sums = [];

    // Before anything is allocated for rows.
    private readonly IReadOnlyList<Parameter> _parameters = NotingRows(parameters);
    private readonly PackedGradients _packed = new(parameters, communicator);
    private readonly TreeSum _tree = new(communicator);
    private int _added;

    // Sums that are in use; those above are kept for later blocks.
    private int _used;

    /// <summary>Takes the gradient of the next of this rank's blocks, and clears it.</summary>
    public void Add()
    {
        if (_added % 2 == 0)
            _used++;
        if (_sums.Count < _used)
            _sums.Add(new BlockSum(_parameters));
        _sums[_used - 1].Take();
        _added++;
        // Two sums of as many blocks become one, as digits are carried in a binary number.
        for (int pairs = _added / 2; _added % 2 == 0 && pairs % 2 == 0; pairs /= 2)
        {
            _used--;
            _sums[_used - 1].Take(_sums[_used]);
        }
    }

    /// <summary>Makes the sum over the blocks of all ranks the gradient of the parameters.</summary>
    public void Sum()
    {
        var values = _packed.Pack(_sums[0], isFast ? length => length : _tree.PaddedLength);
        if (isFast)
            communicator.AllReduce(values);
        else
            _tree.Run(values);
        _packed.Unpack();
        _sums[0].Clear();
        (_added, _used) = (0, 0);
    }

    private static IReadOnlyList<Parameter> NotingRows(IReadOnlyList<Parameter> parameters)
    {
        Parameter.RequireWhole(parameters, "Blocks of a mini-batch", "Its gradient is a sum over the ranks already; give the other parameters.");
        foreach (var parameter in parameters)
            parameter.NoteTableRows();
        return parameters;
    }
}
