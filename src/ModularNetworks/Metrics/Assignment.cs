namespace ModularNetworks;

/// <summary>
/// The assignment problem: gives every row a column of its own so that the sum of the gains is the largest. The Hungarian method
/// with shortest augmenting paths (Kuhn 1955; Jonker and Volgenant 1987), O(rows² columns).
/// </summary>
internal sealed class Assignment
{
    private const int None = -1;

    private readonly double[,] _gains;
    private readonly double[] _rowPotentials;
    private readonly double[] _columnPotentials;
    private readonly int[] _rowOfColumn;

    private Assignment(double[,] gains)
    {
        _gains = gains;
        _rowPotentials = new double[gains.GetLength(0)];
        _columnPotentials = new double[gains.GetLength(1)];
        _rowOfColumn = new int[gains.GetLength(1)];
        Array.Fill(_rowOfColumn, None);
    }

    /// <summary>Assigns the columns.</summary>
    /// <param name="gains"><c>[rows, columns]</c>, with at least as many columns as rows.</param>
    /// <returns>The column of each row, <c>[rows]</c>.</returns>
    /// <exception cref="ArgumentException">There are fewer columns than rows.</exception>
    public static int[] Best(double[,] gains)
    {
        int rows = gains.GetLength(0), columns = gains.GetLength(1);
        if (columns < rows)
            throw new ArgumentException($"Assignment: {rows} rows cannot have different columns of {columns}. Add columns without gain.");
        var assignment = new Assignment(gains);
        for (int row = 0; row < rows; row++)
            assignment.Match(row);
        int[] columnOfRow = new int[rows];
        foreach (var (column, row) in assignment._rowOfColumn.Index().Where(match => match.Item != None))
            columnOfRow[row] = column;
        return columnOfRow;
    }

    /// <summary>Gives a row a column; rows that have one may change theirs.</summary>
    private void Match(int row)
    {
        int columns = _rowOfColumn.Length, column = None;
        double[] slack = new double[columns];
        int[] before = new int[columns];
        bool[] isReached = new bool[columns];
        Array.Fill(slack, double.PositiveInfinity);
        do
        {
            if (column != None)
                isReached[column] = true;
            column = Nearest(row, column, slack, before, isReached);
            MovePotentials(row, slack[column], slack, isReached);
        }
        while (_rowOfColumn[column] != None);
        for (; column != None; column = before[column])
            _rowOfColumn[column] = before[column] == None ? row : _rowOfColumn[before[column]];
    }

    /// <summary>The column with the least slack that is not yet reached, with slacks lowered by the row of the column reached last.</summary>
    private int Nearest(int row, int last, double[] slack, int[] before, bool[] isReached)
    {
        int from = last == None ? row : _rowOfColumn[last], nearest = None;
        for (int column = 0; column < slack.Length; column++)
        {
            if (isReached[column])
                continue;
            double ofRow = -_gains[from, column] - _rowPotentials[from] - _columnPotentials[column];
            if (ofRow < slack[column])
                (slack[column], before[column]) = (ofRow, last);
            if (nearest == None || slack[column] < slack[nearest])
                nearest = column;
        }
        return nearest;
    }

    private void MovePotentials(int row, double distance, double[] slack, bool[] isReached)
    {
        _rowPotentials[row] += distance;
        for (int column = 0; column < slack.Length; column++)
        {
            if (!isReached[column])
            {
                slack[column] -= distance;
                continue;
            }
            _rowPotentials[_rowOfColumn[column]] += distance;
            _columnPotentials[column] -= distance;
        }
    }
}
