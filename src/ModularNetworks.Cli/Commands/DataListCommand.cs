using System.CommandLine;
using System.Globalization;
using ModularNetworks.Data;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet data list</c>: what is known about each data set, and where it was found.</summary>
internal sealed class DataListCommand : Command
{
    private readonly CliContext _context;

    public DataListCommand(CliContext context)
        : base("list", "Lists the known data sets, their terms, where they come from and where they were found.")
    {
        _context = context;
        SetAction(_ => Run());
    }

    private int Run()
    {
        foreach (var dataSet in DataSets.All)
        {
            _context.WriteLine(dataSet.Name);
            _context.WriteLine($"  what    {dataSet.Description}");
            _context.WriteLine($"  files   {string.Join(", ", dataSet.Files)}");
            _context.WriteLine($"  terms   {dataSet.Terms}");
            _context.WriteLine($"  source  {dataSet.Source}");
            foreach (var file in dataSet.Downloads)
                _context.WriteLine($"  from    {Download(file)}");
            string? found = _context.Data.Find(dataSet.Name);
            string place = found
                ?? _context.AsCalled($"nowhere; 'modnet data get {dataSet.Name}' downloads it; or give --data, or set ")
                + $"{DataLocation.VariableName} to the folder that holds {dataSet.Name}/";
            _context.WriteLine($"  found   {place}");
            if (found is not null)
                _context.WriteLine($"  use     {_context.Command(dataSet.Use.Words(found))}");
        }
        return ExitCode.Success;
    }

    private static string Download(RemoteFile file) => string.Create(
        CultureInfo.InvariantCulture,
        $"{file.Address} (at most {file.MostBytes:N0} bytes; {(file.Sha256 is { } sha256 ? $"SHA-256 {sha256}" : "no checksum is published")})");
}
