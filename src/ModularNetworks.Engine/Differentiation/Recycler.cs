namespace ModularNetworks.Engine;

/// <summary>Hands out objects in order, and the same ones again after a reset.</summary>
internal sealed class Recycler<T>(Func<T> create, Action<T> release)
{
    private readonly List<T> _items = [];
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
        _used = 0;
    }
}
