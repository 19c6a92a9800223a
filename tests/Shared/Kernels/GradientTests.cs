using System.Reflection;
using ModularNetworks.Engine;

namespace ModularNetworks.Testing;

/// <summary>Every operation of the assembly under test has gradients that agree with central differences.</summary>
public sealed class GradientTests
{
    private const double Tolerance = 1e-6;
    private const double SingleTolerance = 1e-4;

    private static readonly GradientCase[] Cases =
    [
        .. typeof(GradientTests).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(GradientCases)) && !type.IsAbstract)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type => ((GradientCases)Activator.CreateInstance(type)!).All()),
    ];

    public static TheoryData<string> CaseNames => [.. Cases.Select(gradientCase => gradientCase.Name)];

    public static TheoryData<string> OperationNames =>
        [.. Tested.GetTypes().Where(IsOperation).Select(type => type.Name)];

    /// <summary>The assembly under test: these tests' own name without its last part.</summary>
    private static Assembly Tested => Assembly.Load(Path.GetFileNameWithoutExtension(typeof(GradientTests).Assembly.GetName().Name!));

    [Fact]
    public void Case_names_are_unique() =>
        Assert.Equal(Cases.Length, Cases.Select(gradientCase => gradientCase.Name).Distinct().Count());

    [Theory]
    [MemberData(nameof(OperationNames))]
    public void Every_operation_has_a_gradient_case(string operation) =>
        Assert.True(
            Cases.Any(gradientCase => gradientCase.Operation.Name == operation),
            $"{operation} has no gradient case. Add one in a subclass of {nameof(GradientCases)}.");

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void A_case_records_the_operation_it_names(string name)
    {
        var gradientCase = Find(name);
        using var workers = new WorkerPool(1);
        var runner = new GradientCaseRunner(gradientCase);
        var (_, recorded) = runner.Run(new Tape(SimdKernels.Create(workers)));
        Assert.Contains(gradientCase.Operation, recorded);
    }

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void The_backward_pass_agrees_with_central_differences(string name)
    {
        var runner = new GradientCaseRunner(Find(name));
        var worst = GradientCheck.LargestError(runner.Parameters, runner.Loss);
        Assert.True(worst.Size <= Tolerance, $"{name}: {worst}");
    }

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Vector_kernels_in_single_precision_agree_with_plain_ones_in_double(string name)
    {
        using var workers = new WorkerPool(2);
        var single = Evaluate(name, Precision.Single, SimdKernels.Create(workers));
        var twice = Evaluate(name, Precision.Double, new PlainKernels<double>(workers));
        Assert.Equal(twice.Length, single.Length);
        for (int i = 0; i < single.Length; i++)
        {
            double error = Math.Abs(single[i] - twice[i]) / Math.Max(1, Math.Abs(twice[i]));
            Assert.True(error <= SingleTolerance, $"{name}, number {i}: single {single[i]:R}, double {twice[i]:R}");
        }
    }

    /// <summary>The output and all gradients of a case, one after the other.</summary>
    private static double[] Evaluate(string name, Precision precision, Kernels kernels)
    {
        var runner = new GradientCaseRunner(Find(name));
        foreach (var parameter in runner.Parameters)
            parameter.ConvertTo(precision);
        var tape = new Tape(kernels);
        var (output, _) = runner.Run(tape);
        tape.Backward(GradientCaseRunner.WeightedSum(tape, output));
        return [.. Numbers(output), .. runner.Parameters.SelectMany(parameter => Numbers(parameter.Gradient))];
    }

    private static double[] Numbers(Tensor tensor) => tensor.Precision == Precision.Single
        ? Array.ConvertAll(tensor.Values.ToArray(), value => (double)value)
        : tensor.As<double>().ToArray();

    private static GradientCase Find(string name) => Cases.Single(gradientCase => gradientCase.Name == name);

    private static bool IsOperation(Type type) => type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract;
}
