using System.Runtime.CompilerServices;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The rows that belong to a list of picks, <c>picksPerRow</c> consecutive ones for each row.</summary>
internal readonly unsafe struct PickedRows(EvenRows rows, int* picks, int picksPerRow) : IRows
{
    public float* this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => rows[picksPerRow == 1 ? picks[row] : picks[row] / picksPerRow];
    }
}
