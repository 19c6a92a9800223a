using System.Text.Json.Nodes;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class SnapshotTests
{
    [Fact]
    public void Flows_count_modules_and_pairs_of_modules_of_each_group()
    {
        // Two layers with K = 2, three datapoints; the modes by layer: (0,1) (2,2) (1,0), then (1,1) (0,2) (1,0).
        var selections = new RecordedSelections();
        selections.Observe(0, 1, Certain([0, 1, 2, 2, 1, 0]));
        selections.Observe(1, 1, Certain([1, 1, 0, 2, 1, 0]));
        var plan = SnapshotPlan.OfLayers([new("a", 3, 2), new("b", 3, 2)], ["cat", "dog"], [0, 1, 0]);

        var flows = RunCase.Read(Snapshot.Of(plan, selections, isFirst: false))["flows"]!.AsArray();

        Assert.Equal(
            """{"group":"cat","count":2,"nodes":[[[0,2],[1,2]],[[0,1],[1,3]]],"edges":[[[0,0,1],[0,1,3],[1,0,1],[1,1,3]]]}""",
            flows[0]!.ToJsonString());
        Assert.Equal(
            """{"group":"dog","count":1,"nodes":[[[2,2]],[[0,1],[2,1]]],"edges":[[[2,0,2],[2,2,2]]]}""", flows[1]!.ToJsonString());
    }

    [Fact]
    public void Rows_are_of_all_labels_also_where_data_are_in_their_order()
    {
        int[] ordered = [.. Enumerable.Repeat(0, 100), .. Enumerable.Repeat(1, 100)];
        var plan = SnapshotPlan.OfLayers([new("a", 3, 1)], ["cat", "dog"], ordered);
        Assert.Equal(SnapshotPlan.MostRows, plan.Rows.Length);
        Assert.Equal(["cat", "dog"], plan.Rows.Distinct());
        Assert.All(plan.Rows.Index(), row => Assert.Equal(row.Item, ordered[plan.RowPlace(0, row.Index).Row] == 0 ? "cat" : "dog"));
        // Other lines of the run may be of an earlier version, which had other rows.
        Assert.True(plan.NamesRowsAlways);
        int[] mixed = [.. Enumerable.Range(0, 200).Select(i => i % 2)];
        plan = SnapshotPlan.OfLayers([new("a", 3, 1)], ["cat", "dog"], mixed);
        Assert.Equal(34, plan.RowPlace(0, 34).Row);
        Assert.False(plan.NamesRowsAlways);
    }

    [Theory]
    [InlineData("toy em")]
    [InlineData("toy topk")]
    [InlineData("ptb em")]
    [InlineData("ptb topk")]
    [InlineData("ptb reinforce")]
    [InlineData("optdigits em")]
    public void A_run_has_one_before_training_and_one_at_every_measurement(string name)
    {
        using var folder = new TemporaryFolder();
        RunCase.Complete(RunCase.Options(name, folder), folder["run"]);
        JsonObject[] lines = [.. RunCase.Snapshots(folder["run"]).Select(line => JsonNode.Parse(line)!.AsObject())];
        Assert.Equal([0, 14, 24], lines.Select(line => line["step"]!.GetValue<int>()));
        Assert.All(lines, line => AssertConsistent(line, lines[0]));
        Assert.Equal(name.StartsWith("toy", StringComparison.Ordinal), lines[0].ContainsKey("toy"));
    }

    [Fact]
    public void A_baseline_has_none()
    {
        using var folder = new TemporaryFolder();
        RunCase.Complete(RunCase.Options("toy fixed", folder), folder["run"]);
        Assert.Empty(RunCase.Snapshots(folder["run"]));
    }

    /// <summary>Probabilities add up to one, and what flows into a module flows out of it.</summary>
    private static void AssertConsistent(JsonObject line, JsonObject first)
    {
        int rows = first["rows"]!.AsArray().Count, columns = first["columns"]!.AsArray().Count;
        Assert.True(rows > 0);
        foreach (var layer in line["layers"]!.AsArray())
        {
            int modules = layer!["modules"]!.GetValue<int>(), picks = layer["picks"]!.GetValue<int>();
            Assert.Equal(rows, layer["probabilities"]!.AsArray().Count);
            foreach (var row in layer["probabilities"]!.AsArray())
            {
                Assert.Equal(picks, row!.AsArray().Count);
                foreach (var distribution in row.AsArray())
                {
                    Assert.Equal(modules, distribution!.AsArray().Count);
                    Assert.Equal(1, distribution.AsArray().Sum(share => share!.GetValue<double>()), 0.005);
                }
            }
        }
        foreach (var flow in line["flows"]!.AsArray())
        {
            Assert.Equal(columns, flow!["nodes"]!.AsArray().Count);
            Assert.Equal(columns - 1, flow["edges"]!.AsArray().Count);
            int count = flow["count"]!.GetValue<int>();
            foreach (var column in flow["nodes"]!.AsArray())
                Assert.Equal(count, column!.AsArray().Sum(node => node![1]!.GetValue<int>()));
            foreach (var edges in flow["edges"]!.AsArray())
                Assert.Equal(count, edges!.AsArray().Sum(edge => edge![2]!.GetValue<int>()));
        }
    }

    private static Tensor Certain(int[] modes)
    {
        var logits = Tensor.Allocate(new Shape(modes.Length / 2, 2, 3));
        for (int i = 0; i < modes.Length; i++)
            logits.Values[(3 * i) + modes[i]] = 100;
        return logits;
    }
}
