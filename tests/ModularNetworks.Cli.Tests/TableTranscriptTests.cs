using System.Globalization;
using System.Text;

namespace ModularNetworks.Cli.Tests;

/// <summary>Transcripts of <c>train table</c>, and of other commands on its runs.</summary>
public sealed class TableTranscriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Transcript _transcript = new() { HidesMeasurements = true };

    public TableTranscriptTests() => _transcript.Replace(_folder.Path, "/somewhere");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_from_training_to_measurement()
    {
        File.WriteAllText(_folder["preise.csv"], Rows("id;Länge;Farbe;geprüft;Preis", 60, row => $"{row};{Number(row % 7)};{(row % 2 == 0 ? "rot" : "grün")};{(row % 3 == 0 ? "ja" : "")};{Number(row % 5)}"));
        File.WriteAllText(_folder["kinds.csv"], Rows("1,a,yes", 60, row => $"{row * 0.5},{"abc"[row % 3]},{(row % 2 == 0 ? "yes" : "no")}"));
        string run = _folder["run"];
        _transcript.Run([.. Train("preise.csv", "run", "Preis"), "--steps", "20"]);
        _transcript.Run("eval", run);
        _transcript.Run("eval", run, "--split", "valid", "--json");
        _transcript.Run("inspect", run);
        _transcript.Run("train", "table", "--out", run, "--resume", "--target", "Farbe");
        _transcript.Run([.. Train("kinds.csv", "classes", "3"), "--steps", "20", "--parallel", "2"]);
        _transcript.Run("inspect", _folder["classes"]);
        _transcript.Run([.. Train("kinds.csv", "fixed", "3"), "--steps", "10", "--method", "fixed"]);
        _transcript.Run([.. Train("kinds.csv", "topk", "3"), "--steps", "10", "--method", "topk", "--set", "split=ordered"]);
        File.WriteAllText(_folder["spelt.csv"], Rows("id,price,paid,y", 60, row => $"{row},${row % 4}.50,{1 + (row % 3)}/4/2024,{row * 0.5}"));
        _transcript.Run([.. Train("spelt.csv", "spelt", "y"), "--steps", "10"]);
        _transcript.Run([.. Train("spelt.csv", "kept", "y"), "--steps", "10", "--set", "keep=id", "--set", "spelling=dayFirst"]);
        File.WriteAllText(_folder["spelt-new.csv"], "id,price,paid\n1,$2.50,3/4/2024\n2,2.50,3/4/2024\n3,\"$1,002.50\",\"3/4\n2024\"\n4,$1,\"3/4/2024\n\"\n");
        _transcript.Run("predict", _folder["kept"], _folder["spelt-new.csv"]);
        File.WriteAllText(_folder["new.csv"], "geprüft;Farbe;Länge\nja;rot;0,5\nnein;blau;x\n;grün;2\n");
        _transcript.Run("predict", run, _folder["new.csv"]);
        _transcript.Run("predict", run, _folder["new.csv"], "--strict");
        _transcript.Run("predict", _folder["classes"], _folder["new.csv"]);
        _transcript.Run("predict", run, _folder["none.csv"]);
        _transcript.Run("predict", run);
        _transcript.Run("predict", run, "-");
        _transcript.Run("predict", run, _folder["new.csv"], "--json");
        _transcript.Run("predict", run, _folder["new.csv"], "--json", "--csv");
        _transcript.Run("predict", run, _folder["new.csv"], "--top", "2");
        File.WriteAllText(_folder["kinds-new.csv"], "0,a\n7.5,c\n");
        _transcript.Run("predict", _folder["classes"], _folder["kinds-new.csv"]);
        _transcript.Run("predict", _folder["classes"], _folder["kinds-new.csv"], "--json");
        _transcript.Run("predict", _folder["fixed"], _folder["kinds-new.csv"], "--csv", "-o", _folder["answers.csv"]);
        _transcript.Run("predict", run, _folder["new.csv"], "--strict", "-o", _folder["strict.csv"]);
        Assert.StartsWith("line,3,p(no),p(yes)\n1,", File.ReadAllText(_folder["answers.csv"]), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path, "strict.csv*"));
        _transcript.Run("report", run, _folder["classes"], "-o", _folder["page.html"]);
        File.AppendAllText(_folder["preise.csv"], "61;1;rot;;2\n");
        _transcript.Run("eval", run);
        _transcript.Check("train-table");
    }

    [Fact]
    public void A_table_that_cannot_be_used_is_one_line_and_leaves_nothing()
    {
        File.WriteAllText(_folder["good.csv"], Rows("a,b,y", 40, row => $"{row * 0.5},{row % 3},{row * 0.25}"));
        File.WriteAllText(_folder["ragged.csv"], Rows("a,b,y", 40, row => row == 30 ? "1,2" : $"{row * 0.5},{row % 3},{row}"));
        File.WriteAllText(_folder["word.csv"], Rows("a,b,y", 40, row => row == 30 ? "x,2,3" : $"{row * 0.5},{row % 3},{row}"));
        File.WriteAllText(_folder["empty-target.csv"], Rows("a,b,y", 40, row => row == 30 ? "1,2," : $"{row * 0.5},{row % 3},{row}"));
        File.WriteAllText(_folder["quote.csv"], Rows("a,b,y", 40, row => row == 30 ? "\"1,2,3" : $"{row * 0.5},{row % 3},{row}"));
        File.WriteAllText(_folder["two-signs.csv"], "1;2,x\n3;4,y\n");
        File.WriteAllText(_folder["few.csv"], "a,y\n1,2.5\n2,3.5\n3,4.5\n");
        _transcript.Run("train", "table", "--out", _folder["run"]);
        _transcript.Run("train", "table", "--data", _folder["good.csv"], "--out", _folder["run"]);
        _transcript.Run(Train("none.csv", "run", "y"));
        _transcript.Run(Train("good.csv", "run", "z"));
        foreach (string name in (string[])["ragged.csv", "word.csv", "empty-target.csv", "quote.csv", "few.csv"])
            _transcript.Run(Train(name, "run", "y"));
        _transcript.Run(Train("two-signs.csv", "run", "1"));
        foreach (string setting in (string[])["validShare=0", "validShare=0.95", "header=maybe", "categories=z", "leaveOut=a,b", "target=y", "start=input", "modules=40"])
            _transcript.Run([.. Train("good.csv", "run", "y"), "--set", setting]);
        Assert.False(Directory.Exists(_folder["run"]));
        _transcript.Check("refused-table");
    }

    private static string Rows(string first, int rows, Func<int, string> row)
    {
        var text = new StringBuilder(first).Append('\n');
        for (int n = 1; n <= rows; n++)
            text.Append(row(n)).Append('\n');
        return text.ToString();
    }

    private static string Number(int halves) => (halves * 0.5).ToString(CultureInfo.InvariantCulture).Replace('.', ',');

    private string[] Train(string data, string run, string target) =>
        ["train", "table", "--data", _folder[data], "--target", target, "--threads", "1", "--out", _folder[run]];
}
