using System.Globalization;

namespace ModularNetworks.Cli.Reproduction;

/// <summary>The text of times.</summary>
internal static class TimeText
{
    private const double SecondsPerHour = 3600;
    private const double MostHours = 9999;

    /// <summary>Hours, minutes and seconds, such as <c>30:05:59</c>.</summary>
    /// <param name="seconds">The time.</param>
    public static string Of(double seconds)
    {
        if (!(seconds < MostHours * SecondsPerHour))
            return $"> {MostHours} h";
        var rest = TimeSpan.FromSeconds(seconds % SecondsPerHour);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / SecondsPerHour)}:{rest:mm\\:ss}");
    }
}
