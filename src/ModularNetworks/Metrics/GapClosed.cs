namespace ModularNetworks;

/// <summary>
/// How much of what width brings modules bring too: the share of the gap between a dense network and one that is M times as
/// wide that the modular network closes,
/// <code>(L_dense − L_modular) / (L_dense − L_denseM)</code>
/// 0 if modules bring nothing over the dense network, 1 if they are as good as the wide one; below 0 and above 1 are possible.
/// </summary>
public static class GapClosed
{
    /// <summary>Compares held-out losses, all in the same unit.</summary>
    /// <param name="dense">L_dense, of the dense network with the operations of the modular one.</param>
    /// <param name="modular">L_modular, of the network with M modules.</param>
    /// <param name="wide">L_denseM, of the dense network with M times the width.</param>
    /// <returns>The share; null if the wide network is no better than the dense one, so that there is no gap.</returns>
    public static double? Of(double dense, double modular, double wide) => dense > wide ? (dense - modular) / (dense - wide) : null;
}
