using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Modules of a type of its own that compute as others do.</summary>
internal sealed class DelegatingPool(ModulePool modules) : ModulePool
{
    public override int Modules => modules.Modules;

    public override ModuleFamilies Families => modules.Families;

    public override IReadOnlyList<Parameter> Parameters => modules.Parameters;

    public override Tensor Forward(Tape tape, Tensor input, IndexTensor selection) => modules.Forward(tape, input, selection);
}

/// <summary>A controller of a type of its own that decides as another does.</summary>
internal sealed class DelegatingController(Controller controller) : Controller
{
    public override int Modules => controller.Modules;

    public override int Picks => controller.Picks;

    public override ModuleFamilies Families => controller.Families;

    public override IReadOnlyList<Parameter> Parameters => controller.Parameters;

    public override SelectionLogits Logits(Tape tape, ControllerInput input) => controller.Logits(tape, input);
}
