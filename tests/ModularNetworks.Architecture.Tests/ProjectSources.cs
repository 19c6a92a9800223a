using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModularNetworks.Architecture.Tests;

/// <summary>The source files of one project under <c>src/</c>, compiled in memory so that names lead to declarations.</summary>
internal sealed class ProjectSources
{
    private static readonly Dictionary<string, ProjectSources> Read = [];
    private static readonly Lock Reading = new();

    private readonly string _folder;

    private ProjectSources(string name)
    {
        Name = name;
        _folder = Path.Combine(Repository.Root, "src", name);
        var options = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Parse);
        Trees = [.. Files(_folder).AsParallel().AsOrdered().Select(path => Parse(path, options))];
        string generated = Path.Combine(_folder, "obj", Repository.Configuration, "net10.0");
        var built = Directory.GetFiles(generated, "*.cs", SearchOption.AllDirectories).Select(path => Parse(path, options));
        string assembly = name == "ModularNetworks.Cli" ? "modnet" : name;
        Compilation = CSharpCompilation.Create(assembly, [.. Trees, .. built], References(assembly),
            new CSharpCompilationOptions(Kind(), allowUnsafe: true));
    }

    /// <summary>The project's name.</summary>
    public string Name { get; }

    /// <summary>The syntax trees of the project's own files; those that the build generates are not among them.</summary>
    public IReadOnlyList<SyntaxTree> Trees { get; }

    /// <summary>The compilation of the project's own and generated files.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>The sources of the project <paramref name="name"/>; each project is read once.</summary>
    public static ProjectSources Of(string name)
    {
        lock (Reading)
        {
            if (!Read.TryGetValue(name, out var sources))
            {
                sources = new ProjectSources(name);
                Read.Add(name, sources);
            }
            return sources;
        }
    }

    /// <summary>The folder of a file, relative to the project; <c>.</c> for the project's root, null for a generated file.</summary>
    public string? FolderOf(SyntaxTree tree)
    {
        string folder = Path.GetRelativePath(_folder, Path.GetDirectoryName(tree.FilePath)!).Replace('\\', '/');
        return folder.Split('/')[0] == "obj" ? null : folder;
    }

    /// <summary>A place as <c>file:line</c>, the file relative to the project.</summary>
    public string PlaceOf(SyntaxNode node) => Path.GetRelativePath(_folder, node.SyntaxTree.FilePath).Replace('\\', '/') + ":" +
        (node.GetLocation().GetLineSpan().StartLinePosition.Line + 1);

    private OutputKind Kind() => Trees.Any(tree => tree.GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any())
        ? OutputKind.ConsoleApplication
        : OutputKind.DynamicallyLinkedLibrary;

    private static IEnumerable<string> Files(string folder) => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(path => Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)[0] is not ("obj" or "bin"))
        .Order(StringComparer.Ordinal);

    private static SyntaxTree Parse(string path, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path);

    // .NET and what the tests were built with: all other projects and all packages.
    private static IEnumerable<MetadataReference> References(string assembly) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != assembly)
            .Select(path => MetadataReference.CreateFromFile(path));
}
