namespace ModularNetworks.Reporting;

/// <summary>A gray picture.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels"><c>[height, width]</c>; 0 is black, 255 is white.</param>
internal sealed record GrayImage(int Width, int Height, byte[] Pixels);
