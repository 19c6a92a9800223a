using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace ModularNetworks.Fuzz;

/// <summary>Makes JSON texts of sound ones: valid JSON in which an entry is something else than is expected there.</summary>
internal static class JsonInputs
{
    private const int MostChanges = 3;

    // Written by hand, since System.Text.Json would not write some of them.
    private static readonly Gen<string> Leaf = Gen.Elements(
        "null", "true", "false", "0", "-1", "1", "2", "3", "0.5", "-0.0", "1e-400", "1e308", "1e999", "2147483647", "2147483648",
        "9223372036854775807", "9223372036854775808", "18446744073709551615", "\"\"", "\"1\"", "\"em\"", "\"topk\"", "\"sampled\"",
        "\"NaN\"", "\"\\ud800\"", "\"\\u001b[2J\\n\"", "\"../../x\"", "[]", "{}", "{\"a\":1,\"a\":2}", "[[0]]", "[null]", "[1,\"a\"]");

    private static readonly Gen<string> Text = ArbMap.Default.GeneratorFor<string>()
        .Select(text => JsonSerializer.Serialize(text ?? ""));

    private static readonly Gen<string> Number = ArbMap.Default.GeneratorFor<double>()
        .Select(number => double.IsFinite(number) ? JsonSerializer.Serialize(number) : "-1");

    /// <summary>Any JSON value.</summary>
    public static Gen<string> Value { get; } = Nested(2);

    /// <summary>A sound text with some entries changed, or, as often, with some bytes changed.</summary>
    /// <param name="draws">Decide everything.</param>
    /// <param name="samples">Sound texts: JSON values, or lines of them.</param>
    public static byte[] Of(Draws draws, IReadOnlyList<byte[]> samples)
    {
        if (draws.OneIn(2))
            return Mutation.Of(draws, samples);
        string text = Encoding.UTF8.GetString(draws.OneOf(samples));
        string[] lines = text.Contains("}\n{", StringComparison.Ordinal) ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [text];
        int changes = 1 + draws.Below(MostChanges);
        for (int i = 0; i < changes; i++)
        {
            int line = draws.Below(lines.Length);
            lines[line] = Change(draws, lines[line]);
        }
        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }

    private static Gen<string> Nested(int depth) => depth == 0 ? Leaf : Gen.Frequency(
        (6, Leaf), (2, Text), (2, Number),
        (1, Nested(depth - 1).ArrayOf(2).Select(items => $"[{string.Join(',', items)}]")),
        (1, Nested(depth - 1).Select(item => $"{{\"step\":{item}}}")));

    /// <summary>Replaces an entry by any value, takes it away, or gives it again.</summary>
    private static string Change(Draws draws, string text)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return draws.From(Value); // A change before made it no JSON.
        }
        using (document)
        {
            int target = draws.Below(Count(document.RootElement));
            var written = new StringBuilder();
            Write(draws, document.RootElement, written, ref target);
            return written.ToString();
        }
    }

    private static int Count(JsonElement element) => 1 + element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Sum(entry => Count(entry.Value)),
        JsonValueKind.Array => element.EnumerateArray().Sum(Count),
        _ => 0,
    };

    /// <summary>Writes a value; the one at place <paramref name="target"/> in the order of writing is changed.</summary>
    private static void Write(Draws draws, JsonElement element, StringBuilder written, ref int target)
    {
        if (target-- == 0)
        {
            written.Append(draws.From(Value));
            return;
        }
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteAll(draws, element.EnumerateObject().Select(entry => (Name(draws, entry.Name), entry.Value)), '{', '}', written, ref target);
                break;
            case JsonValueKind.Array:
                WriteAll(draws, element.EnumerateArray().Select(item => ("", item)), '[', ']', written, ref target);
                break;
            default:
                written.Append(element.GetRawText());
                break;
        }
    }

    private static void WriteAll(
        Draws draws, IEnumerable<(string Name, JsonElement Value)> entries, char open, char close, StringBuilder written, ref int target)
    {
        written.Append(open);
        string separator = "";
        foreach (var (name, value) in entries)
        {
            bool isGone = target == 0 && draws.OneIn(3), isTwice = target == 0 && draws.OneIn(6);
            if (isGone)
            {
                target--;
                continue;
            }
            written.Append(separator).Append(name);
            if (isTwice)
                written.Append(value.GetRawText()).Append(',').Append(name);
            Write(draws, value, written, ref target);
            separator = ",";
        }
        written.Append(close);
    }

    private static string Name(Draws draws, string name) =>
        JsonSerializer.Serialize(draws.OneIn(200) ? name.ToUpperInvariant() : name) + ":";
}
