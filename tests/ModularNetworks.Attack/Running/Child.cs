using System.Globalization;

namespace ModularNetworks.Attack;

/// <summary>The process that makes the calls: says each before it is made, and what came of it.</summary>
/// <param name="surface">The members.</param>
/// <param name="seed">Decides the arguments.</param>
/// <param name="output">Receives a line before and a line after every call.</param>
internal sealed class Child(Surface surface, ulong seed, TextWriter output)
{
    /// <summary>Makes some calls.</summary>
    public void Run(long from, long count)
    {
        for (long number = from; number < from + count; number++)
        {
            Say($"{number}");
            var outcome = new Call(surface, seed, number).Run();
            Say($"{outcome.End} {outcome.Text}");
        }
    }

    /// <summary>Makes one call, and prints all about it.</summary>
    public CallEnd Show(long number)
    {
        var call = new Call(surface, seed, number);
        Say($"{call.Member}");
        Say($"{call.Describe()}");
        var outcome = call.Run();
        Say($"{outcome.End} {outcome.Text}");
        Say($"{outcome.Detail}");
        return outcome.End;
    }

    private void Say(FormattableString line)
    {
        output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        output.Flush();
    }
}
