namespace ModularNetworks.Benchmarks;

/// <summary>A program below <c>peers/</c> that does the cases' work by another library.</summary>
/// <param name="Library">The name of the library, with which the program's first line begins.</param>
/// <param name="Folder">The folder of the program, of which <c>run.sh</c> is started.</param>
/// <param name="Remedy">What to do if the program does not work.</param>
internal sealed record PeerProgram(string Library, string Folder, string Remedy)
{
    private static readonly PeerProgram PyTorch = new(
        "PyTorch", "pytorch", "install what it needs with: apt-get install -y bash python3-torch python3-numpy (or leave out --peer)");

    private static readonly PeerProgram TorchSharp = new(
        "TorchSharp",
        "torchsharp",
        "install what it needs with: apt-get install -y bash gcc python3 libtcmalloc-minimal4, and build it by build.sh in bench/peers/torchsharp "
            + "(or leave out --peer)");

    /// <summary>What the program says of itself, and what is said of it, when it fails.</summary>
    public string Subject => $"{Library} peer: ";

    /// <summary>The program of a peer.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="peer"/> is none.</exception>
    public static PeerProgram Of(BenchPeer peer) => peer switch
    {
        BenchPeer.PyTorch or BenchPeer.PyTorchStock => PyTorch,
        BenchPeer.TorchSharp or BenchPeer.TorchSharpStock => TorchSharp,
        _ => throw new ArgumentOutOfRangeException(nameof(peer), peer, "A peer with a program is needed."),
    };

    /// <summary>Whether a peer runs in the environment in which it is fast, or as it is installed.</summary>
    public static bool IsTuned(BenchPeer peer) => peer is BenchPeer.PyTorch or BenchPeer.TorchSharp;
}
