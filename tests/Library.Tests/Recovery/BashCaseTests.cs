namespace VmRecovery.Tests.Recovery;

/// <summary>Every file below <c>cases</c>: a script on the small node, and what becomes of it.</summary>
public sealed class BashCaseTests
{
    private const int TimeLimit = 150_000;

    public static TheoryData<string> Cases => new(BashCase.Names);

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Cases))]
    public async Task A_case_ends_as_its_head_says(string name)
    {
        var complaints = await BashCase.Read(name).RunAsync(Checkout.Library);

        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }
}
