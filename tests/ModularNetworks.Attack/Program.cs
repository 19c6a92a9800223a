using System.CommandLine;
using ModularNetworks.Attack;

var calls = new Option<long>("--calls") { Description = "How many calls, over all members.", DefaultValueFactory = _ => 100_000 };
var seed = new Option<ulong>("--seed") { Description = "Decides the arguments.", DefaultValueFactory = _ => 1 };
var only = new Option<long?>("--only") { Description = "One call only, with all about it." };
var members = new Option<bool>("--members") { Description = "Prints how the calls of each member ended, and the members that are not called." };
var child = new Option<long?>("--child") { Description = "Makes the calls from this number on, in this process.", Hidden = true };
var planted = new Option<bool>("--planted") { Description = "Calls members with planted faults instead.", Hidden = true };

var command = new RootCommand("Calls all public members that take tensors, indices, numbers or sizes with seeded right and wrong arguments.");
foreach (var option in (Option[])[calls, seed, only, members, child, planted])
    command.Options.Add(option);
command.SetAction(result =>
{
    var surface = result.GetValue(planted) ? Surface.OfPlantedFaults() : Surface.OfTheProduct();
    ulong seeded = result.GetValue(seed);
    if (result.GetValue(only) is { } number)
        return new Child(surface, seeded, Console.Out).Show(number) == CallEnd.Failed ? 1 : 0;
    if (result.GetValue(child) is not { } from)
        return new Campaign(surface, seeded, Console.Out).Run(result.GetValue(calls), result.GetValue(members));
    new Child(surface, seeded, Console.Out).Run(from, result.GetValue(calls));
    return 0;
});
return command.Parse(args).Invoke();
