using System.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Linting;

namespace VmRecovery.Tests.Linting;

public class RuleTests
{
    public static TheoryData<string> Ids => [.. RuleExamples.Ids];

    public static TheoryData<string> FixableIds =>
        [.. RuleSet.All.Where(r => r.FixSafety is not null).Select(r => r.Descriptor.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_bad_example_is_found_by_its_rule_alone(string id)
    {
        foreach (var (name, content) in RuleExamples.Of(RuleExamples.Rule(id), "bad"))
        {
            var found = RuleExamples.Found(content);
            Assert.True(found.Length > 0 && found.All(f => f == id), $"{name}: {string.Join(", ", found)}");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_good_example_is_found_by_no_rule(string id)
    {
        foreach (var (name, content) in RuleExamples.Of(RuleExamples.Rule(id), "good"))
            Assert.True(
                RuleExamples.Found(content).Length == 0,
                $"{name}: {string.Join(", ", RuleExamples.Found(content))}"
            );
    }

    [Theory]
    [MemberData(nameof(FixableIds))]
    public void The_fix_turns_the_bad_example_into_the_good_one(string id)
    {
        var rule = RuleExamples.Rule(id);
        var outcome = RuleExamples.Fix(Encoding.UTF8.GetBytes(rule.Descriptor.BadExample + "\n"));

        Assert.True(outcome.ReachedFixedPoint);
        Assert.Equal(
            rule.Descriptor.GoodExample!.TrimEnd('\n'),
            Encoding.UTF8.GetString(outcome.Content).TrimEnd('\n')
        );
    }

    [Theory]
    [MemberData(nameof(FixableIds))]
    public void A_bad_file_is_fixed_as_its_folder_says(string id)
    {
        var fixedFile = Path.Combine(RuleExamples.FolderOf(RuleExamples.Rule(id)), "fixed.sh");
        if (!File.Exists(fixedFile))
            return;
        var bad = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(fixedFile)!, "bad.sh"));

        Assert.Equal(File.ReadAllText(fixedFile), Encoding.UTF8.GetString(RuleExamples.Fix(bad).Content));
    }

    [Fact]
    public void Class_id_and_name_of_a_rule_are_one()
    {
        foreach (var rule in RuleSet.All)
        {
            var words = rule.Descriptor.Name.Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..]);
            var digits = rule.Descriptor.Id[3..];

            Assert.StartsWith("Vmr" + digits, rule.GetType().Name, StringComparison.Ordinal);
            Assert.StartsWith(rule.GetType().Name, "Vmr" + digits + string.Concat(words), StringComparison.Ordinal);
            Assert.NotEmpty(rule.Descriptor.Summary);
            Assert.NotEmpty(rule.Descriptor.Rationale);
            Assert.NotEmpty(rule.Descriptor.Help);
        }
        Assert.Equal(RuleSet.All.Length, RuleSet.All.Select(r => r.Descriptor.Id).Distinct().Count());
    }

    [Fact]
    public void Each_folder_of_examples_belongs_to_a_rule()
    {
        var names = RuleSet.All.Select(r => r.GetType().Name).ToHashSet(StringComparer.Ordinal);

        Assert.All(Directory.GetDirectories(RuleExamples.Folder, "Vmr*"), folder =>
            Assert.Contains(Path.GetFileName(folder), names)
        );
    }

    [Fact]
    public void The_pages_in_docs_are_those_of_the_descriptors()
    {
        var folder = Path.Combine(Checkout.Root, "docs", "rules");
        var pages = RuleSet.Descriptors.ToDictionary(
            d => d.Id + ".md",
            d => RulePage.Of(d.Id)!,
            StringComparer.Ordinal
        );
        pages.Add("README.md", RulePage.Index());
        if (Environment.GetEnvironmentVariable("VMRECOVERY_ACCEPT") == "1")
        {
            Directory.CreateDirectory(folder);
            foreach (var (name, text) in pages)
                File.WriteAllBytes(Path.Combine(folder, name), Encoding.UTF8.GetBytes(text));
        }

        Assert.Equal(
            pages.Keys.Order(StringComparer.Ordinal),
            Directory.GetFiles(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)
        );
        Assert.All(pages, page => Assert.Equal(page.Value, File.ReadAllText(Path.Combine(folder, page.Key))));
    }
}
