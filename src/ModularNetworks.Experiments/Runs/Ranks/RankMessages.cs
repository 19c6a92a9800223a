using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Texts between the ranks of a run.</summary>
internal static class RankMessages
{
    // Errors are one line; what is longer is cut.
    private const int MostBytes = 2000;

    /// <summary>Tells all ranks a text of rank 0.</summary>
    /// <returns>The text of rank 0.</returns>
    public static string Tell(ICommunicator ranks, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte[] length = BitConverter.GetBytes(bytes.Length);
        ranks.Broadcast(length, root: 0);
        Array.Resize(ref bytes, BitConverter.ToInt32(length));
        ranks.Broadcast(bytes, root: 0);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Checks that no rank has failed.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="failure">What went wrong on this one; null if nothing did.</param>
    /// <exception cref="RunException">One has failed. Rank 0 throws what went wrong there, else the failure of the first rank that has one.</exception>
    public static void RequireNone(ICommunicator ranks, Exception? failure)
    {
        string[] all = Gather(ranks, failure?.Message ?? "");
        int first = Array.FindIndex(all, message => message.Length > 0);
        if (first < 0)
            return;
        if (failure is not null && first == ranks.Rank)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        throw new RunException($"rank {first}: {all[first]}");
    }

    /// <summary>Checks that all ranks have the same of something.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="what">What they must have.</param>
    /// <param name="own">What this one has.</param>
    /// <exception cref="RunException">They do not.</exception>
    public static void RequireSame(ICommunicator ranks, string what, string own)
    {
        string[] all = Gather(ranks, own);
        int other = Array.FindIndex(all, text => text != all[0]);
        if (other > 0)
            throw new RunException($"All ranks must have {what}: rank 0 has {all[0]}, rank {other} has {all[other]}.");
    }

    private static string[] Gather(ICommunicator ranks, string own)
    {
        byte[] bytes = new byte[MostBytes], all = new byte[MostBytes * ranks.Size];
        Encoding.UTF8.GetEncoder().Convert(own, bytes, flush: true, out _, out _, out _);
        ranks.AllGather(bytes, all);
        return [.. Enumerable.Range(0, ranks.Size).Select(rank => Encoding.UTF8.GetString(all, rank * MostBytes, MostBytes).TrimEnd('\0'))];
    }
}
