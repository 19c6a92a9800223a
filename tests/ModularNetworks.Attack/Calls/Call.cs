using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using ModularNetworks.Engine;
using ModularNetworks.Serving;

namespace ModularNetworks.Attack;

/// <summary>One call of a member, made twice with fresh objects.</summary>
/// <param name="surface">The members.</param>
/// <param name="seed">Decides the arguments, with the number.</param>
/// <param name="number">Decides the member, too.</param>
internal sealed class Call(Surface surface, ulong seed, long number)
{
    // What a tape lends has any content: zeros in one of the two calls, not-a-number and large indices in the other.
    private static readonly float[] Garbage = [0, float.NaN];

    // What is lent has any content by its documentation.
    private static readonly HashSet<string> Lenders = new(StringComparer.Ordinal) { "Rent", "RentIndices" };

    /// <summary>The member that is called.</summary>
    public AttackedMember Member { get; } = surface.Schedule[(int)(number % surface.Schedule.Count)];

    /// <summary>Calls it twice.</summary>
    public Outcome Run()
    {
        var (first, second) = (Once(Garbage[0]), Once(Garbage[1]));
        // When memory runs out depends on what the collector has found meanwhile.
        if (first.IsOutOfMemory || second.IsOutOfMemory)
            return first.IsOutOfMemory ? first : second;
        if (first.End == CallEnd.Failed || first == second)
            return first.End == CallEnd.Answered ? first with { Text = "" } : first;
        return new Outcome(CallEnd.Failed, Difference(first.Text, second.Text), $"{first}\n{second}");
    }

    /// <summary>Makes the arguments once more, for a description.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Arguments that cannot be made are described as such.")]
    public string Describe()
    {
        using var world = CreateWorld(Garbage[0]);
        try
        {
            var digest = new Digest(surface);
            foreach (object? argument in Arguments(new ObjectMaker(surface, world)))
                digest.Add(argument);
            return $"{world.Kernels.InstructionSet} {world.Kernels.Precision}, recording {world.Tape.IsRecording}:{digest}";
        }
        catch (Exception refusal)
        {
            return $"arguments are refused: {refusal.Message}";
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Every exception is judged.")]
    private Outcome Once(float garbage)
    {
        using var world = CreateWorld(garbage);
        try
        {
            object?[] arguments = Arguments(new ObjectMaker(surface, world));
            object? result = Settled(Member.Invoke(arguments));
            using var owned = OwnerOf(result);
            GoBackward(world, result);
            var digest = new Digest(surface);
            if (result is ITrainer trainer)
                digest.Add(trainer.Step());
            digest.Add(Lenders.Contains(Member.Method.Name) ? null : result);
            foreach (object? given in arguments.Concat(world.Tensors).Concat(world.Tensors.Select(tensor => tensor.Gradient)))
                digest.Add(given);
            return new Outcome(CallEnd.Answered, digest.ToString());
        }
        catch (Exception exception)
        {
            var end = Verdict.IsRefusal(exception, Member.Method, surface) ? CallEnd.Refused : CallEnd.Failed;
            return new Outcome(end, $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}", end == CallEnd.Failed ? $"{exception}" : "");
        }
    }

    private World CreateWorld(float garbage) => new(RandomKey.FromSeed(seed).Split((ulong)number), garbage);

    private object?[] Arguments(ObjectMaker maker) => Member.HasTarget
        ? [maker.Make(Wanted.Any(Member.Type)), .. maker.Arguments(Member.Method)]
        : maker.Arguments(Member.Method);

    /// <summary>What a call comes to that does not end at once.</summary>
    private static object? Settled(object? result)
    {
        if (result is not Task task)
            return result;
        task.GetAwaiter().GetResult();
        return task.GetType().GetProperty(nameof(Task<>.Result))?.GetValue(task);
    }

    private static IDisposable? OwnerOf(object? result) => result is ModelServer server ? new RunningServer(server) : result as IDisposable;

    /// <summary>Passes gradients back from every result that has one.</summary>
    private static void GoBackward(World world, object? result)
    {
        if (!world.Tape.IsRecording)
            return;
        var found = result is Tensor tensor ? [tensor] : TensorsOf(result);
        if (found.FirstOrDefault(tensor => tensor.TracksGradient) is not { } output)
            return;
        world.ChangeIndices();
        var gradient = world.Tape.Rent(output.Shape);
        for (int i = 0; i < gradient.Shape.Count; i++)
            gradient[i] = 0.5;
        world.Tape.Backward(output, gradient);
    }

    private static IEnumerable<Tensor> TensorsOf(object? result) =>
        result is null || !result.GetType().IsValueType ? [] : result.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.PropertyType == typeof(Tensor))
            .Select(property => property.GetValue(result)).OfType<Tensor>();

    private static string Difference(string first, string second)
    {
        int at = first.Zip(second).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Create(CultureInfo.InvariantCulture, $"two identical calls differ: '{Part(first, at)}' and '{Part(second, at)}'");
    }

    private static string Part(string text, int at) => text[Math.Min(at, text.Length)..Math.Min(at + 40, text.Length)];

    /// <summary>Stops a server.</summary>
    private sealed class RunningServer(ModelServer server) : IDisposable
    {
        public void Dispose() => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
