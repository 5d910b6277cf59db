using VmRecovery.Model.Flow;

namespace VmRecovery.Engine.Tests.Decisions;

/// <summary>A story of events leads to one step: <c>Failed RetryChosen Prepared CleanedUp → Attempt</c>.</summary>
public sealed class RunFlowTests
{
    [Theory]
    [InlineData("Succeeded", "EndInSuccess")]
    [InlineData("Failed", "Ask")]
    [InlineData("Failed KeepChosen", "EndKept")]
    [InlineData("Failed AbortChosen", "EndAborted")]
    [InlineData("Failed RetryChosen", "Prepare")]
    [InlineData("Failed RetryChosen Refused", "Ask")]
    [InlineData("Failed RetryChosen KeepChosen", "EndKept")]
    [InlineData("Failed RetryChosen Prepared", "CleanUp")]
    [InlineData("Failed RetryChosen Prepared CleanedUp", "Attempt")]
    [InlineData("Failed RetryChosen Prepared CleanedUp Succeeded", "EndInSuccess")]
    [InlineData("Signalled", "EndBySignal")]
    [InlineData("Failed Signalled", "EndBySignal")]
    [InlineData("Failed RetryChosen Signalled", "EndBySignal")]
    [InlineData("Failed AbortChosen Signalled", "EndBySignal")]
    [InlineData("Failed KeepChosen Signalled", "EndKept")]
    [InlineData("Signalled InterruptedAgain", "ExitAtOnce")]
    [InlineData("Succeeded Signalled", "EndInSuccess")]
    public void A_story_leads_to_one_step(string story, string step)
    {
        var flow = story.Split(' ').Select(Enum.Parse<FlowEvent>).Aggregate(RunFlow.Begin(canAsk: true), (f, e) => f.Next(e));
        Assert.Equal(step, flow.Step.ToString());
    }

    [Fact]
    public void A_refusal_with_nobody_to_ask_keeps()
    {
        var flow = new[] { FlowEvent.Failed, FlowEvent.RetryChosen, FlowEvent.Refused }.Aggregate(RunFlow.Begin(canAsk: false), (f, e) => f.Next(e));
        Assert.Equal(FlowStep.EndKept, flow.Step);
    }

    [Fact]
    public void Only_an_explicit_choice_or_a_signal_destroys()
    {
        foreach (var step in Enum.GetValues<FlowStep>())
            foreach (var what in Enum.GetValues<FlowEvent>())
            {
                var next = new RunFlow(step, 0, 0, CanAsk: true).Next(what).Step;
                if (next == FlowStep.EndAborted && step != FlowStep.EndAborted)
                    Assert.Equal((FlowStep.Ask, FlowEvent.AbortChosen), (step, what));
                if (next == FlowStep.EndBySignal && step != FlowStep.EndBySignal)
                    Assert.Equal(FlowEvent.Signalled, what);
            }
    }

    [Fact]
    public void Each_retry_counts_once()
    {
        var story = Enumerable.Repeat(new[] { FlowEvent.Failed, FlowEvent.RetryChosen, FlowEvent.Prepared, FlowEvent.CleanedUp }, 3).SelectMany(s => s);
        var flow = story.Aggregate(RunFlow.Begin(canAsk: true), (f, e) => f.Next(e));
        Assert.Equal((3, 3), (flow.RetriesUsed, flow.Failures));
    }
}
