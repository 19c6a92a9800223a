using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class OptdigitsTests
{
    [Fact]
    public void Rows_become_images_of_one_channel()
    {
        using var folder = new TemporaryFolder();
        folder.Write(Optdigits.TrainFile, Row(3) + Row(9));
        folder.Write(Optdigits.TestFile, Row(0));
        var images = Optdigits.Load(folder.Path, 2, 1);
        Assert.Equal(new ImageShape(1, 8, 8), images.Train.Shape);
        Assert.Equal([3, 9], images.Train.Labels.ToArray());
        Assert.Equal(Enumerable.Range(0, 64).Select(i => (byte)(i % 17)), images.Test[0].ToArray());
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], images.Train.Classes);
    }

    [Theory]
    [InlineData("1,2,3\n", "has 3 columns; expected are 65: 64 values and a label")]
    [InlineData("", "has 0 rows; expected are 2")]
    public void Another_table_is_refused(string text, string expected) => Refuses(text, expected);

    [Fact]
    public void Missing_rows_and_numbers_out_of_range_are_told()
    {
        Refuses(Row(1), "has 1 row; expected are 2");
        Refuses(Row(1) + Row(1) + Row(1), "has more than 2 rows; expected are 2");
        Refuses(Row(1) + "17" + Row(1)[1..], "line 2, column 1: a whole number of 0 to 16 is expected; found '17'");
        Refuses(Row(1) + "-1" + Row(1)[1..], "line 2, column 1: a whole number of 0 to 16 is expected; found '-1'");
        Refuses(Row(10) + Row(1), "line 1, column 65: a whole number of 0 to 9 is expected; found '10'");
    }

    [Fact]
    public void Damaged_tables_are_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = Encoding.UTF8.GetBytes(Row(1) + Row(2));
        folder.Write(Optdigits.TestFile, whole);
        int read = Fuzzing.Run("damaged digits", 300, key =>
        {
            folder.Write(Optdigits.TrainFile, Fuzzing.Damage(key, whole));
            Assert.Equal(2, Optdigits.Load(folder.Path, 2, 2).Train.Count);
        });
        Assert.InRange(read, 1, 299);
    }

    [Fact]
    public void The_real_set_has_its_published_sizes()
    {
        var images = Optdigits.Load(RealData.FolderOf("optdigits"));
        Assert.Equal((3823, 1797), (images.Train.Count, images.Test.Count));
        Assert.Equal([0, 1, 6, 15, 12, 1, 0, 0], images.Train[0][..8].ToArray());
        Assert.Equal(8, images.Test.Labels[^1]);
    }

    private static string Row(int label) => string.Join(',', Enumerable.Range(0, 64).Select(i => i % 17).Append(label)) + "\n";

    private static void Refuses(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write(Optdigits.TrainFile, text);
        folder.Write(Optdigits.TestFile, Row(0));
        var error = Assert.Throws<DataException>(() => Optdigits.Load(folder.Path, 2, 1));
        Assert.Contains($"{Optdigits.TrainFile}: {expected}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
