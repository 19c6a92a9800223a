using System.Diagnostics;

namespace ModularNetworks.Testing;

/// <summary>Makes pipes that have names, which nobody writes: who opens one to read waits for ever.</summary>
internal static class NamedPipe
{
    public static string Make(string path)
    {
        using var made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        return path;
    }
}
