using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using ModularNetworks.Engine;
using ModularNetworks.Serving;

namespace ModularNetworks.Attack;

/// <summary>Writes answers to the last bit, so that two can be compared.</summary>
internal sealed class Digest(Surface surface)
{
    private const int Deepest = 3;
    private const int MostItems = 500;
    private const int MostRows = 4;

    private readonly StringBuilder _text = new();

    /// <summary>Adds an object: its numbers, or those of its public properties.</summary>
    public void Add(object? value, int depth = 0)
    {
        _text.Append(' ');
        switch (value)
        {
            case null:
                _text.Append("null");
                break;
            case Tensor tensor:
                AddTensor(tensor);
                break;
            case IndexTensor indices:
                _text.Append(indices.Shape);
                AddGuarded(() => indices.Values.ToArray(), depth);
                break;
            case float or double:
                AddNumber(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case MemoryStream stream:
                _text.Append(Convert.ToHexString(SHA256.HashData(stream.ToArray())));
                break;
            case IDataView view:
                AddRows(view, depth);
                break;
            case VBuffer<float> vector:
                Add(vector.DenseValues().ToArray(), depth);
                break;
            case IFormattable or string or bool:
                _text.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
            case ITuple tuple:
                for (int i = 0; i < tuple.Length; i++)
                    Add(tuple[i], depth);
                break;
            case IEnumerable items:
                foreach (object? item in items.Cast<object?>().Take(MostItems))
                    Add(item, depth + 1);
                break;
            default:
                AddProperties(value, depth);
                break;
        }
    }

    public override string ToString() => _text.ToString();

    private void AddTensor(Tensor tensor)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{tensor.Shape}");
        AddGuarded(() => tensor.Shape.Count > MostItems ? (object)HashOf(tensor) : Enumerable.Range(0, tensor.Shape.Count).Select(i => tensor[i]).ToArray(), 0);
    }

    /// <summary>Rows are computed when they are asked for.</summary>
    private void AddRows(IDataView view, int depth)
    {
        foreach (var (name, value) in view.Preview(MostRows).RowView.SelectMany(row => row.Values))
        {
            _text.Append(name);
            Add(value, depth + 1);
        }
    }

    private static ulong HashOf(Tensor tensor)
    {
        ulong hash = 0;
        for (int i = 0; i < tensor.Shape.Count; i++)
            hash = (hash * 31) + (double.IsNaN(tensor[i]) ? 7 : BitConverter.DoubleToUInt64Bits(tensor[i]));
        return hash;
    }

    // Which of the two operands' payload not-a-number has depends on the compiler.
    private void AddNumber(double number) =>
        _text.Append(double.IsNaN(number) ? "NaN" : BitConverter.DoubleToInt64Bits(number).ToString("x", CultureInfo.InvariantCulture));

    private void AddProperties(object value, int depth)
    {
        var type = value.GetType();
        _text.Append(type.Name);
        // A server listens at any port that is free.
        if (depth >= Deepest || !surface.IsAttacked(type.Assembly) || value is WorkerPool or Kernels or Tape or StepTimes or ModelServer)
            return;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0 && !property.PropertyType.IsByRefLike))
            AddGuarded(() => property.GetValue(value), depth + 1);
    }

    private void AddGuarded(Func<object?> read, int depth)
    {
        try
        {
            Add(read(), depth);
        }
        catch (Exception refusal) when (refusal is TargetInvocationException or InvalidOperationException)
        {
            _text.Append((refusal.InnerException ?? refusal).GetType().Name);
        }
    }
}
