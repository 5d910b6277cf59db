using System.Globalization;
using System.Text;

namespace VmRecovery.Node.Simulated.Web;

/// <summary>What the loopback web serves: files of a <c>misc/</c> folder, pages, and images for every name that looks like one.</summary>
internal sealed class WebContent
{
    private readonly Dictionary<string, byte[]> pages = new(StringComparer.Ordinal);

    /// <summary>Folders in which <c>NAME.func</c> is looked up, first one first.</summary>
    public IList<string> LibraryFolders { get; } = [];

    /// <summary>Starts with the pages that ProxmoxVE's scripts and our samples read to find the newest image.</summary>
    public WebContent()
    {
        Page("stable.json", "{\n  \"ova\": \"16.0\"\n}\n");
        Page("beta.json", "{\n  \"ova\": \"16.1\"\n}\n");
        Page("dev.json", "{\n  \"ova\": \"17.0\"\n}\n");
        Page("openwrt.org/", "<p>Current stable release - <strong>OpenWrt 24.10.0</strong></p>\n");
        Page("VM-IMAGES/", "<a href=\"14.3-RELEASE/\">14.3-RELEASE/</a>\n<a href=\"15.0-RELEASE/\">15.0-RELEASE/</a>\n");
        // Scripts look for the releases of this year and the last.
        Page("download.truenas.com/", string.Concat(Enumerable.Range(20, 80).Select(year => string.Create(
            CultureInfo.InvariantCulture, $"<a href=\"/TrueNAS-SCALE/{year}.04.0/TrueNAS-SCALE-{year}.04.0.iso\">\n"))));
        Page("nas/index.html", "<a href=\"nas-25.04.2.iso\">\n<a href=\"nas-25.10.1.iso\">\n");
    }

    /// <summary>Serves a text for URLs whose host and path end like this.</summary>
    public WebContent Page(string ending, string text)
    {
        pages[ending] = Encoding.UTF8.GetBytes(text);
        return this;
    }

    /// <summary>Finds the body for a URL, and whether it is a download of the costly kind.</summary>
    public async Task<(byte[]? Body, bool IsImage)> FindAsync(string host, string path)
    {
        path = path.Split('?')[0];
        foreach (var (ending, body) in pages)
            if ((host + path).EndsWith(ending, StringComparison.Ordinal))
                return (body, false);
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (name.EndsWith(".func", StringComparison.Ordinal))
        {
            var file = LibraryFolders.Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);
            return (file is null ? name == "api.func" ? Encoding.UTF8.GetBytes(RecordingApi.Text) : null : await File.ReadAllBytesAsync(file), false);
        }
        return await TestImages.ForAsync(name) is { } image ? (image, true) : (null, false);
    }
}
