using System.Diagnostics.CodeAnalysis;
using ModularNetworks.Benchmarks;
using ModularNetworks.Cli;
using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>A reader under test: makes inputs, and reads them.</summary>
internal abstract class FuzzTarget : IDisposable
{
    /// <summary>A megabyte.</summary>
    protected const long Megabyte = 1 << 20;

    private const int LongestLine = 2000;

    /// <summary>The reader's name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>How much memory it may allocate for an input of no bytes.</summary>
    public virtual long MostBytes => Megabyte;

    /// <summary>How much memory it may allocate for each byte of an input, beside that.</summary>
    public virtual int MostBytesPerByte => 64;

    /// <summary>Whether it may write files in the sandbox.</summary>
    public virtual bool MayWrite => false;

    /// <summary>The files that it is given.</summary>
    public Sandbox Sandbox { get; } = new();

    /// <summary>Sound inputs.</summary>
    protected abstract IReadOnlyList<byte[]> Samples { get; }

    /// <summary>Makes an input.</summary>
    public virtual byte[] Make(Draws draws) => Mutation.Of(draws, Samples);

    /// <summary>Puts the input where it is read from. What that costs is not the reader's.</summary>
    public virtual void Prepare(byte[] input)
    {
    }

    /// <summary>Reads an input.</summary>
    /// <returns>Whether it was read; false if it was refused with one clear line.</returns>
    /// <exception cref="FuzzFailureException">It was refused in another way than that.</exception>
    public abstract bool Read(byte[] input);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Sandbox.Dispose();

    /// <summary>Whether some reading succeeds; false if it ends with one of the exceptions that say what the user can mend.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Any other exception is what is looked for.")]
    protected static bool Accepts(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception refusal) when (refusal is DataException or RunException or CheckpointException or NonFiniteLossException or BenchException or UserErrorException)
        {
            string line = ErrorLine.Of(refusal);
            return line.Length <= LongestLine && !line.Any(char.IsControl)
                ? false
                : throw new FuzzFailureException($"the refusal is not one clear line: {line}", refusal);
        }
        catch (Exception defect) when (defect is not FuzzFailureException)
        {
            throw new FuzzFailureException($"unexpected {defect.GetType().Name}: {defect.Message}", defect);
        }
    }
}
