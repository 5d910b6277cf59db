using System.Text;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Linting;
using VmRecovery.Scripts.Linting.Fixes;

namespace VmRecovery.Tests.Linting;

public class FixMergerTests
{
    private static readonly byte[] Text = "0123456789"u8.ToArray();

    [Fact]
    public void Edits_are_made_in_the_order_of_the_text() =>
        Assert.Equal("a12b456789c", Merge(Finding((10, 10, "c")), Finding((3, 4, "b")), Finding((0, 1, "a"))));

    [Fact]
    public void Of_two_fixes_that_overlap_the_first_is_made() =>
        Assert.Equal("0xx456789", Merge(Finding((1, 4, "xx")), Finding((3, 6, "yy"))));

    [Fact]
    public void Two_insertions_at_one_place_wait_for_each_other() =>
        Assert.Equal("0a123456789", Merge(Finding((1, 1, "a")), Finding((1, 1, "b"))));

    [Fact]
    public void A_group_is_made_whole() =>
        Assert.Equal(
            "a123456789b",
            Merge(
                Finding((0, 1, "a")) with
                {
                    Fix = Fix("g", (0, 1, "a")),
                },
                Finding((10, 10, "b")) with
                {
                    Fix = Fix("g", (10, 10, "b")),
                }
            )
        );

    [Fact]
    public void A_group_with_a_part_that_collides_is_left_out_whole() =>
        Assert.Equal(
            "zz23456789",
            Merge(
                Finding((0, 2, "zz")),
                Finding((1, 2, "a")) with
                {
                    Fix = Fix("g", (1, 2, "a")),
                },
                Finding((10, 10, "b")) with
                {
                    Fix = Fix("g", (10, 10, "b")),
                }
            )
        );

    [Fact]
    public void A_group_with_an_unsafe_part_is_left_out_by_fix() =>
        Assert.Equal(
            "0123456789",
            Merge(
                Finding((1, 2, "a")) with
                {
                    Fix = Fix("g", (1, 2, "a")),
                },
                Finding((10, 10, "b")) with
                {
                    Fix = Fix("g", (10, 10, "b")) with { Safety = FixSafety.Unsafe },
                }
            )
        );

    [Fact]
    public void The_same_edit_asked_for_twice_in_a_group_is_made_once() =>
        Assert.Equal(
            "a123456789",
            Merge(
                Finding((0, 1, "a")) with
                {
                    Fix = Fix("g", (0, 1, "a")),
                },
                Finding((0, 1, "a")) with
                {
                    Fix = Fix("g", (0, 1, "a")),
                }
            )
        );

    [Fact]
    public void A_fix_outside_of_the_text_is_left_out() => Assert.Equal("0123456789", Merge(Finding((9, 12, "x"))));

    [Fact]
    public void A_fix_that_breaks_the_script_is_rejected_and_the_others_are_made()
    {
        var script = "echo one\necho two\n"u8.ToArray();
        var good = Finding((5, 8, "ONE"));
        var bad = Finding((14, 17, "$("));

        var outcome = FixLoop.Run(script, content => Lint(content, good, bad), FixSafety.Safe);

        Assert.Equal("echo ONE\necho two\n", Encoding.UTF8.GetString(outcome.Content));
        Assert.Equal(bad, Assert.Single(outcome.Rejected));
    }

    [Fact]
    public void Two_rules_that_undo_each_other_end()
    {
        var there = Finding((0, 1, "x"));
        var back = Finding((0, 1, "y"));

        var outcome = FixLoop.Run(
            "y"u8.ToArray(),
            content => content[0] == (byte)'y' ? [there] : [back],
            FixSafety.Safe
        );

        Assert.False(outcome.ReachedFixedPoint);
    }

    private static System.Collections.Immutable.ImmutableArray<Diagnostic> Lint(
        byte[] content,
        params Diagnostic[] findings
    )
    {
        var syntax = RuleExamples.Lint(content).Where(d => d.Id == MetaRules.SyntaxErrorId);
        return
        [
            .. syntax,
            .. Encoding.UTF8.GetString(content) == "echo one\necho two\n" || content.Length > 19 ? findings
            : Encoding.UTF8.GetString(content) == "echo ONE\necho two\n" ? findings[1..]
            : [],
        ];
    }

    private static string Merge(params Diagnostic[] findings) =>
        Encoding.UTF8.GetString(FixMerger.Merge(Text, findings, FixSafety.Safe).Content);

    private static Diagnostic Finding(params (int Start, int End, string Text)[] edits) =>
        new(MetaRules.UnusedSuppression, Location.OfFile("x"), "x") { Fix = Fix(null, edits) };

    private static Fix Fix(string? group, params (int Start, int End, string Text)[] edits) =>
        new("x", FixSafety.Safe, [.. edits.Select(e => new TextEdit(new TextSpan(e.Start, e.End), e.Text))])
        {
            Group = group,
        };
}
