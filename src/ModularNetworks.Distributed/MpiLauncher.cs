using System.Globalization;

namespace ModularNetworks.Distributed;

/// <summary>What the program that started this process says of the others: <c>mpirun</c>, <c>mpiexec</c> or <c>srun</c>.</summary>
/// <param name="Rank">The number of this process.</param>
/// <param name="Size">The number of processes that it started.</param>
/// <param name="LocalSize">The number of them on this machine; null if it does not tell.</param>
/// <param name="IsMpich">Whether it is of MPICH or a relative of it; else of Open MPI.</param>
public sealed record MpiLauncher(int Rank, int Size, int? LocalSize, bool IsMpich)
{
    /// <summary>Reads what the launcher has set in the environment.</summary>
    /// <param name="variable">Reads a variable; null if it is not set.</param>
    /// <returns>Null if no launcher has started this process.</returns>
    public static MpiLauncher? Find(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (Number("OMPI_COMM_WORLD_SIZE") is { } open)
            return new MpiLauncher(Number("OMPI_COMM_WORLD_RANK") ?? 0, open, Number("OMPI_COMM_WORLD_LOCAL_SIZE"), IsMpich: false);
        if (Number("PMI_SIZE") is { } mpich)
            return new MpiLauncher(Number("PMI_RANK") ?? 0, mpich, Number("MPI_LOCALNRANKS"), IsMpich: true);
        // Slurm's own variables are there without MPI too.
        return Number("PMIX_RANK") is { } rank && Number("SLURM_NTASKS") is { } tasks
            ? new MpiLauncher(rank, tasks, Number("SLURM_NTASKS_PER_NODE"), IsMpich: false)
            : null;

        int? Number(string name) => int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }
}
