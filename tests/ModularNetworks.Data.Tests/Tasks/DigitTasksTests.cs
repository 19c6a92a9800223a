using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class DigitTasksTests
{
    private const int Size = 3;
    private const int Train = 40;

    [Theory]
    [InlineData(DigitTask.Plain, 1, 9)]
    [InlineData(DigitTask.Rotation, 4, 9)]
    [InlineData(DigitTask.Task, 8, 17)]
    [InlineData(DigitTask.Several, 8, 17)]
    public void Every_image_appears_once_for_each_rule_and_in_one_part(DigitTask task, int rules, int features)
    {
        var splits = DigitTasks.Create(Images(), task);
        Assert.Equal((34 * rules, 6 * rules, 5 * rules), (splits.Train.Count, splits.Valid.Count, splits.Test.Count));
        var seen = new HashSet<int>();
        foreach (var points in (TaskPoints[])[splits.Train, splits.Valid])
        {
            Assert.Equal(rules, points.TaskNames.Count);
            var byTask = Enumerable.Range(0, points.Count).GroupBy(n => points.Tasks[n]).ToArray();
            Assert.All(byTask, group => Assert.Equal(points.Count / rules, group.Count()));
            int[] unturned = [.. byTask.Single(group => group.Key == 0).Select(n => (int)Math.Round(Row(points, n)[0] * 255))];
            Assert.All(unturned, image => Assert.True(seen.Add(image)));
            Assert.Equal(features, points.Inputs.Features);
        }
        Assert.Equal(Train, seen.Count);
    }

    [Fact]
    public void Plain_images_have_their_own_labels()
    {
        var images = Images();
        var points = DigitTasks.Create(images, DigitTask.Plain).Test;
        Assert.Equal(images.Test.Labels.ToArray(), points.Labels.ToArray());
        Assert.Equal(images.Test[2].ToArray().Select(pixel => pixel / 255f), Row(points, 2));
    }

    [Fact]
    public void Turned_images_are_turned_counterclockwise_and_every_turn_has_other_labels()
    {
        var images = Images();
        var points = DigitTasks.Create(images, DigitTask.Rotation).Test;
        float[] image = [.. images.Test[1].ToArray().Select(pixel => pixel / 255f)];
        int[][] turns = [[0, 1, 2, 3, 4, 5, 6, 7, 8], [2, 5, 8, 1, 4, 7, 0, 3, 6], [8, 7, 6, 5, 4, 3, 2, 1, 0], [6, 3, 0, 7, 4, 1, 8, 5, 2]];
        for (int turn = 0; turn < 4; turn++)
        {
            Assert.Equal(turns[turn].Select(place => image[place]), Row(points, 4 + turn));
            Assert.Equal(turn, points.Tasks[4 + turn]);
        }
        Assert.Equal(["0 degrees", "90 degrees", "180 degrees", "270 degrees"], points.TaskNames);
        AssertPermuted(images.Test, points, rules: 4);
    }

    [Fact]
    public void Of_several_tasks_four_agree_and_the_others_are_in_conflict()
    {
        var splits = DigitTasks.Create(Images(), DigitTask.Several);
        var points = splits.Test;
        Assert.True(splits.ShowsTasks);
        string[] labels = [.. Enumerable.Range(0, 8).Select(task => string.Join(',', points.Labels.ToArray().Where((_, n) => n % 8 == task)))];
        Assert.Single(labels.Take(4).Distinct());
        Assert.Equal(5, labels.Distinct().Count());
        Assert.Equal([0f, 0, 0, 0, 0, 1, 0, 0], Row(points, 5).Skip(Size * Size));
    }

    [Fact]
    public void A_stream_has_new_rules_then_known_ones_together_and_the_first_one_again()
    {
        var images = Images();
        var splits = DigitTasks.CreateStream(images);
        var points = splits.Test;
        Assert.True(splits.ShowsTasks);
        Assert.Equal(10, points.TaskNames.Distinct().Count());
        float[] image = [.. images.Test[1].ToArray().Select(pixel => pixel / 255f)];
        Assert.Equal(image, Row(points, 10));
        Assert.Equal(image, Row(points, 13));
        Assert.Equal([2, 5, 8, 1, 4, 7, 0, 3, 6], Row(points, 15).Select(pixel => Array.IndexOf(image, pixel)));
        Assert.Equal(LabelsOf(0), images.Test.Labels.ToArray());
        Assert.Equal(LabelsOf(0), LabelsOf(9));
        Assert.Equal(Row(points, 15), Row(points, 18));
        Assert.Equal(LabelsOf(2), LabelsOf(8));
        Assert.NotEqual(LabelsOf(5), LabelsOf(8));

        int[] LabelsOf(int task) => [.. Enumerable.Range(0, points.Count).Where(n => points.Tasks[n] == task).Select(n => points.Labels[n])];
    }

    [Fact]
    public void The_vector_of_a_named_rule_ends_with_its_number_one_hot()
    {
        var images = Images();
        var points = DigitTasks.Create(images, DigitTask.Task).Test;
        for (int n = 0; n < points.Count; n++)
        {
            float[] row = Row(points, n);
            Assert.Equal(images.Test[n / 8].ToArray().Select(pixel => pixel / 255f), row[..9]);
            Assert.Equal(Enumerable.Range(0, 8).Select(rule => rule == n % 8 ? 1f : 0), row[9..]);
        }
        AssertPermuted(images.Test, points, rules: 8);
    }

    [Fact]
    public void Images_of_other_kinds_are_refused()
    {
        var colored = new ImageShape(3, 2, 2);
        var split = new LabelledImages(colored, [.. Enumerable.Repeat((ReadOnlyMemory<byte>)new byte[12], 9)], new int[9], ["a"]);
        var error = Assert.Throws<DataException>(() => DigitTasks.Create(new ImageSplits(split, split), DigitTask.Plain));
        Assert.StartsWith("DigitTasks: 9 training images of 3x2x2; square images of one channel are expected", error.Message, StringComparison.Ordinal);
    }

    /// <summary>In every rule, each class has one label, which no other class has; rules differ, and are the same whenever they are made.</summary>
    private static void AssertPermuted(LabelledImages images, TaskPoints points, int rules)
    {
        var permutations = new HashSet<string>();
        for (int rule = 0; rule < rules; rule++)
        {
            int[] labels = [.. Enumerable.Range(0, images.Count).Select(image => points.Labels[(image * rules) + rule])];
            Assert.Equal(images.Count, labels.Distinct().Count());
            Assert.True(permutations.Add(string.Join(' ', labels)));
        }
        var again = DigitTasks.Create(Images(), rules == 4 ? DigitTask.Rotation : DigitTask.Task).Test;
        Assert.Equal(points.Labels.ToArray(), again.Labels.ToArray());
    }

    private static float[] Row(TaskPoints points, int row)
    {
        var features = new float[points.Inputs.Features];
        points.Inputs.CopyTo(row, features);
        return features;
    }

    /// <summary>Images whose first pixel is their number; test images are of different classes.</summary>
    private static ImageSplits Images() => new(Split(Train, 0), Split(5, 250));

    private static LabelledImages Split(int count, int first) => new(
        new ImageShape(1, Size, Size),
        Enumerable.Range(0, count).Select(n => (ReadOnlyMemory<byte>)Enumerable.Range(0, Size * Size)
            .Select(place => (byte)(place == 0 ? first + n : (place * 23) + (n == 0 && place == 8 ? 71 : n))).ToArray()),
        Enumerable.Range(0, count).Select(n => n % 10),
        Enumerable.Range(0, 10).Select(digit => $"{digit}"));
}
