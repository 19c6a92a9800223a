using System.Runtime.InteropServices;

namespace ModularNetworks.Distributed;

/// <summary>
/// A library of MPI, found when the program runs. Open MPI and MPICH have the same functions, but other handles: the one addresses of
/// its symbols, the other numbers.
/// </summary>
internal sealed unsafe class MpiLibrary
{
    // Functions may be called by one thread at a time.
    private const int Serialized = 2;

    private static readonly string[] OfOpenMpi = ["libmpi.so.40", "libmpi.so", "libmpi.40.dylib", "libmpi.dylib"];
    private static readonly string[] OfMpich = ["libmpich.so.12", "libmpi.so.12", "libmpich.so", "libmpi.12.dylib", "libmpich.dylib"];

    private readonly nint _library;

    private MpiLibrary(nint library)
    {
        _library = library;
        bool isOpenMpi = NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out nint world);
        World = isOpenMpi ? world : 0x44000000;
        Byte = isOpenMpi ? Function("ompi_mpi_byte") : 0x4c00010d;
        Float = isOpenMpi ? Function("ompi_mpi_float") : 0x4c00040a;
        Sum = isOpenMpi ? Function("ompi_mpi_op_sum") : 0x58000003;
        InPlace = isOpenMpi ? 1 : -1;
    }

    /// <summary>The communicator of all processes.</summary>
    public nint World { get; }

    /// <summary>The type of bytes.</summary>
    public nint Byte { get; }

    /// <summary>The type of single-precision numbers.</summary>
    public nint Float { get; }

    /// <summary>The operation that adds.</summary>
    public nint Sum { get; }

    /// <summary>Says in place of what is sent that it lies where the result comes.</summary>
    public nint InPlace { get; }

    /// <summary>Loads the library of a launcher and begins to use it.</summary>
    /// <exception cref="MpiException">There is none.</exception>
    public static MpiLibrary Open(MpiLauncher launcher)
    {
        string[] names = launcher.IsMpich ? OfMpich : OfOpenMpi;
        foreach (string name in names)
        {
            if (!NativeLibrary.TryLoad(name, out nint found))
                continue;
            var library = new MpiLibrary(found);
            int provided;
            Check("MPI_Init_thread", ((delegate* unmanaged<void*, void*, int, int*, int>)library.Function("MPI_Init_thread"))(null, null, Serialized, &provided));
            return library;
        }
        throw new MpiException(
            $"{(launcher.IsMpich ? "MPICH" : "Open MPI")} started this process, but its library was not found ({string.Join(", ", names)}). "
            + "Install it, or name its folder in LD_LIBRARY_PATH.");
    }

    /// <summary>The address of a function or another symbol.</summary>
    public nint Function(string name) => NativeLibrary.TryGetExport(_library, name, out nint address)
        ? address
        : throw new MpiException($"The library of MPI that was found has no {name}. Install Open MPI 4 or later, or MPICH 3 or later.");

    /// <summary>Checks what a function returned.</summary>
    public static void Check(string function, int result)
    {
        if (result != 0)
            throw new MpiException($"{function} failed with error {result}.");
    }
}
