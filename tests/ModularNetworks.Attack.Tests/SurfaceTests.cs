using System.Reflection;
using ModularNetworks.Engine;

namespace ModularNetworks.Attack.Tests;

/// <summary>The attack leaves out no public member that takes tensors, indices, numbers or sizes without a reason.</summary>
public sealed class SurfaceTests
{
    private static readonly Surface Product = Surface.OfTheProduct();

    [Theory]
    [InlineData(typeof(ModularGru), nameof(ModularGru.Forward))]
    [InlineData(typeof(IModularLayer), nameof(IModularLayer.RunChosen))]
    [InlineData(typeof(ElementwiseOperations), nameof(ElementwiseOperations.Add))]
    [InlineData(typeof(CompositionStore), "set_Item")]
    [InlineData(typeof(ImagePatches), ".ctor")]
    [InlineData(typeof(ViterbiEm<Batch>), ".ctor")]
    [InlineData(typeof(Data.WindowedText), nameof(Data.WindowedText.CopyTo))]
    [InlineData(typeof(Onnx.OnnxExport), nameof(Onnx.OnnxExport.Write))]
    [InlineData(typeof(Serving.ModelServer), nameof(Serving.ModelServer.StartAsync))]
    [InlineData(typeof(Serving.ServingExtensions), nameof(Serving.ServingExtensions.MapModularNetworks))]
    [InlineData(typeof(ML.ModularMulticlassTrainer), nameof(ML.ModularMulticlassTrainer.Fit))]
    [InlineData(typeof(ML.ModularNetworkTransformer<ModularClassifier>), nameof(ML.ModularNetworkTransformer<>.Transform))]
    public void Methods_operators_indexers_and_constructors_are_called(Type type, string member) =>
        Assert.Contains(Product.Schedule, attacked => attacked.Type == type && attacked.Method.Name == member);

    [Fact]
    public void Every_public_method_with_a_tensor_is_called_or_left_out_for_a_reason()
    {
        var called = Product.Schedule.Select(attacked => Definition(attacked.Method)).ToHashSet();
        var leftOut = Product.LeftOut.Select(member => Definition(member.Method)).ToHashSet();
        var forgotten = new[] { typeof(Tensor).Assembly, typeof(ModularGru).Assembly }
            .SelectMany(assembly => assembly.GetExportedTypes())
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Tensor) || parameter.ParameterType == typeof(IndexTensor)))
            .Where(method => !called.Contains(Definition(method)) && !leftOut.Contains(Definition(method)))
            .Select(AttackedMember.NameOf).Distinct();
        Assert.Empty(forgotten);
    }

    private static string Definition(MethodBase method) => $"{method.Module.Name}-{method.MetadataToken}";
}
