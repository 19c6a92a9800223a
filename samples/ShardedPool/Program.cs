using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ModularNetworks.Distributed;
using ModularNetworks.Engine;

// 65,536 modules, shared out among the processes that mpirun starts; without it, one process has all:
//     mpirun -n 2 dotnet ShardedPool.dll [MODULES WIDTH STEPS]
// Every datapoint names its two modules, which learn to hand on their inputs. The fingerprint of all weights and of the last
// outputs is the same for any number of processes.
const int Batch = 4096, Picks = 2;
int[] sizes = args.Length == 0 ? [65_536, 32, 100] : [.. args.Select(arg => int.Parse(arg, CultureInfo.InvariantCulture))];
var (modules, width, steps) = (sizes[0], sizes[1], sizes[2]);
var launcher = MpiLauncher.Find(Environment.GetEnvironmentVariable);
using var mpi = launcher is null ? null : MpiCommunicator.Open(launcher);
ICommunicator ranks = mpi is null ? new SingleRank() : mpi;

var key = RandomKey.FromSeed(1);
using var device = new Device();
var pool = new ShardedModules("pool", ranks, modules, width, width, Activation.None, key.Split("pool"));
var optimizer = new Adam(pool.Parameters, device.Kernels, learningRate: 0.01);
int first = Batch * ranks.Rank / ranks.Size, rows = (Batch * (ranks.Rank + 1) / ranks.Size) - first;
double[] losses = new double[steps], milliseconds = new double[steps];
ulong fingerprint = 0;
for (int step = 0; step < steps; step++)
{
    var (x, selection) = OwnRows(step);
    ranks.Barrier();
    var (clock, tape) = (Stopwatch.StartNew(), device.Tape);
    tape.Reset(recording: true);
    var outputs = tape.SumAxis(pool.Forward(tape, x, selection), axis: 1); // x [rows, width] and selection [rows, K] of this rank
    var loss = tape.Scale(tape.Sum(tape.Square(tape.Subtract(outputs, x))), 1.0 / (Batch * width));
    tape.Backward(loss);
    optimizer.Step();
    milliseconds[step] = clock.Elapsed.TotalMilliseconds;
    losses[step] = Sum(loss.ToScalar(), (a, b) => a + b);
    fingerprint = Fingerprint(outputs, first);
}
fingerprint += Fingerprint(pool.Weight.Value, pool.FirstModule) + Fingerprint(pool.Bias.Value, pool.FirstModule);
fingerprint = Sum(fingerprint, (a, b) => a + b);
using var process = Process.GetCurrentProcess();
long bytes = Sum(process.PeakWorkingSet64, Math.Max);
if (ranks.Rank == 0)
{
    Console.WriteLine($"ranks: {ranks.Size}, modules: {modules}, a step: {milliseconds.Order().ElementAt(steps / 2):F1} ms (median), a rank: at most {bytes / 1_000_000} MB");
    Console.WriteLine($"loss {losses[0]:F4} at first, {losses[^1]:F4} after {steps} steps");
    Console.WriteLine($"fingerprint {fingerprint:x16}");
}

(Tensor X, IndexTensor Selection) OwnRows(int step)
{
    var (numbers, picks) = (key.Split("x").Split((ulong)step), key.Split("picks").Split((ulong)step));
    var x = Tensor.Allocate(new Shape(rows, width));
    var selection = IndexTensor.Allocate(new Shape(rows, Picks));
    for (int i = 0; i < rows * width; i++)
        x.Values[i] = (2 * numbers.Uniform((ulong)((first * width) + i))) - 1;
    for (int i = 0; i < rows * Picks; i++)
        selection.Values[i] = picks.Below((ulong)((first * Picks) + i), modules);
    return (x, selection);
}

// A sum over all elements, each with its place in the whole, so that their order and their ranks do not matter.
static ulong Fingerprint(Tensor part, int firstRow)
{
    ulong sum = 0, place = (ulong)firstRow * (ulong)(part.Shape.Count / Math.Max(1, part.Shape[0]));
    foreach (float value in part.Values)
        sum += new RandomKey(++place).Split(BitConverter.SingleToUInt32Bits(value)).Value;
    return sum;
}

T Sum<T>(T own, Func<T, T, T> add)
    where T : unmanaged
{
    var all = new T[ranks.Size];
    ranks.AllGather(MemoryMarshal.AsBytes<T>(new[] { own }), MemoryMarshal.AsBytes(all.AsSpan()));
    return all.Aggregate(add);
}
