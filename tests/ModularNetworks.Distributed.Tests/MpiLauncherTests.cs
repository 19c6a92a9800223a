namespace ModularNetworks.Distributed.Tests;

public sealed class MpiLauncherTests
{
    [Fact]
    public void Without_a_launcher_there_is_none() => Assert.Null(Find([]));

    [Fact]
    public void Mpirun_of_Open_MPI_is_known() => Assert.Equal(
        new MpiLauncher(Rank: 1, Size: 4, LocalSize: 2, IsMpich: false),
        Find(new() { ["OMPI_COMM_WORLD_RANK"] = "1", ["OMPI_COMM_WORLD_SIZE"] = "4", ["OMPI_COMM_WORLD_LOCAL_SIZE"] = "2" }));

    [Fact]
    public void Mpiexec_of_MPICH_is_known() => Assert.Equal(
        new MpiLauncher(Rank: 3, Size: 8, LocalSize: 8, IsMpich: true),
        Find(new() { ["PMI_RANK"] = "3", ["PMI_SIZE"] = "8", ["MPI_LOCALNRANKS"] = "8" }));

    [Fact]
    public void Srun_is_known_where_it_starts_MPI()
    {
        Assert.Null(Find(new() { ["SLURM_NTASKS"] = "16" }));
        Assert.Equal(
            new MpiLauncher(Rank: 0, Size: 16, LocalSize: null, IsMpich: false), Find(new() { ["SLURM_NTASKS"] = "16", ["PMIX_RANK"] = "0" }));
    }

    [Fact]
    public void A_library_that_is_not_the_launchers_is_refused()
    {
        var launcher = new MpiLauncher(Rank: 0, Size: 4, LocalSize: 4, IsMpich: false);
        MpiCommunicator.RequireSize(4, launcher);
        string message = Assert.Throws<MpiException>(() => MpiCommunicator.RequireSize(1, launcher)).Message;
        Assert.StartsWith("The launcher started 4 processes, but the library of MPI knows of 1", message, StringComparison.Ordinal);
    }

    private static MpiLauncher? Find(Dictionary<string, string> variables) => MpiLauncher.Find(variables.GetValueOrDefault);
}
