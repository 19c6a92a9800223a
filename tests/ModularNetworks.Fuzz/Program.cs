using System.CommandLine;
using ModularNetworks.Fuzz;

var inputs = new Option<long>("--inputs") { Description = "How many inputs, over all readers.", DefaultValueFactory = _ => 1_000_000 };
var seed = new Option<ulong>("--seed") { Description = "Decides the inputs.", DefaultValueFactory = _ => 1 };
var reader = new Option<string?>("--reader") { Description = "One reader only." };
var input = new Option<long?>("--input") { Description = "One input of the reader only, with all about it." };
reader.AcceptOnlyFromAmong([.. FuzzTargets.Names]);
var jobs = new Option<int>("--jobs") { Description = "The number of processes.", DefaultValueFactory = _ => Environment.ProcessorCount };
var part = new Option<string?>("--part") { Hidden = true };
jobs.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < 1)
        result.AddError("--jobs must be at least 1.");
});
input.Validators.Add(result =>
{
    if (result.GetValue(reader) is null)
        result.AddError("--input needs --reader.");
});

var command = new RootCommand("Gives every reader seeded bad input, and finds crashes, hangs, over-allocation and files written where they must not be.");
foreach (var option in (Option[])[inputs, seed, jobs, reader, input, part])
    command.Options.Add(option);
command.SetAction(result =>
{
    var campaign = new Campaign(result.GetValue(seed), TimeProvider.System, Console.Out);
    string[] names = result.GetValue(reader) is { } name ? [name] : [.. FuzzTargets.Names];
    if (result.GetValue(input) is { } number)
        return campaign.Replay(names[0], number);
    return result.GetValue(part) is { } taken
        ? campaign.RunPart(names, result.GetValue(inputs), Part.Parse(taken))
        : campaign.Run(names, result.GetValue(inputs), result.GetValue(jobs));
});
return command.Parse(args).Invoke();
