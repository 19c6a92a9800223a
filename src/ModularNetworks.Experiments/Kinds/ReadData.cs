namespace ModularNetworks.Experiments;

/// <summary>Data that several runs share: those of the seeds that were asked for last. Serves several threads.</summary>
internal sealed class ReadData<TData>
    where TData : class
{
    // Runs at the same time have the same seed, or two that follow each other.
    private const int MostKept = 2;

    private readonly Lock _gate = new();
    private readonly List<(ulong Seed, TData Data)> _known = [];

    /// <summary>The data of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="read">Reads them, if they are not known.</param>
    public TData Of(ulong seed, Func<TData> read)
    {
        lock (_gate)
        {
            int place = _known.FindIndex(one => one.Seed == seed);
            if (place >= 0)
                return _known[place].Data;
            if (_known.Count == MostKept)
                _known.RemoveAt(0);
            _known.Add((seed, read()));
            return _known[^1].Data;
        }
    }
}
