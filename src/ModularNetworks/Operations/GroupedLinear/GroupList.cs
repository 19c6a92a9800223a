namespace ModularNetworks;

/// <summary>The starts and ends of the groups of sorted picks, for code that runs on addresses.</summary>
internal readonly unsafe struct GroupList(int* starts, int count)
{
    /// <summary>The first pick of a group, or the end of the last group.</summary>
    public int Start(int group) => starts[group];

    /// <summary>The group that a place in the sorted picks belongs to.</summary>
    public int Find(int place)
    {
        int low = 0, high = count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (starts[middle] <= place)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }
}
