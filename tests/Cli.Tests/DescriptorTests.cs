using VmRecovery.Cli.Explain;

namespace VmRecovery.Tests;

public sealed class DescriptorTests
{
    [Fact]
    public void The_page_of_the_diagnostics_is_generated_from_the_descriptors()
    {
        var file = Path.Combine(Checkout.Root, "docs", "diagnostics.md");
        if (Environment.GetEnvironmentVariable("VMRECOVERY_ACCEPT") == "1")
            File.WriteAllBytes(file, System.Text.Encoding.UTF8.GetBytes(DescriptorTable.Page()));

        Assert.Equal(DescriptorTable.Page(), File.ReadAllText(file));
    }

    [Fact]
    public void Every_id_and_every_name_is_used_once()
    {
        Assert.Equal(DescriptorTable.All.Length, DescriptorTable.All.Select(d => d.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(DescriptorTable.All.Length, DescriptorTable.All.Select(d => d.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_descriptor_says_what_to_do() =>
        Assert.All(DescriptorTable.All, d => Assert.NotEmpty(DescriptorTable.Explanation(d).Split("\ndo    ")[1]));
}
