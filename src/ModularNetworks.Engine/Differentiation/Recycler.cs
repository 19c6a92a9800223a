namespace ModularNetworks.Engine;

/// <summary>
/// Hands out objects in order, and the same ones again after two resets. What one reset takes back rests until the
/// next,
/// so that whoever wrongly holds on to it for a step meets a released object and not a stranger's.
/// </summary>
internal sealed class Recycler<T>(Func<T> create, Action<T> release)
{
    private List<T> _items = [];
    private List<T> _resting = [];
    private int _used;

    public T Next()
    {
        if (_used == _items.Count)
            _items.Add(create());
        return _items[_used++];
    }

    public void Reset()
    {
        for (int i = 0; i < _used; i++)
            release(_items[i]);
        (_items, _resting) = (_resting, _items);
        _used = 0;
    }
}
