namespace VmRecovery.Model.Flow;

/// <summary>Where a run stands. Each event leads to one next step.</summary>
/// <param name="Step">What is to be done now.</param>
/// <param name="RetriesUsed">How often the creation was run again already.</param>
/// <param name="Failures">How many attempts failed.</param>
/// <param name="CanAsk">Whether there is somebody who can be asked again.</param>
internal sealed record RunFlow(FlowStep Step, int RetriesUsed, int Failures, bool CanAsk)
{
    /// <summary>How often a creation may run again unless <c>VM_RECOVERY_MAX_RETRIES</c> says otherwise.</summary>
    internal const int DefaultMaxRetries = 2;

    /// <summary>Whether the run is over.</summary>
    internal bool IsOver => Step is not (FlowStep.Attempt or FlowStep.Ask or FlowStep.Prepare or FlowStep.CleanUp);

    /// <summary>A run that is about to begin.</summary>
    internal static RunFlow Begin(bool canAsk) => new(FlowStep.Attempt, 0, 0, canAsk);

    /// <summary>What follows an event. A signal wins over everything but an end that was reached; nothing follows an end.</summary>
    internal RunFlow Next(FlowEvent what) => (Step, what) switch
    {
        (FlowStep.EndInSuccess or FlowStep.ExitAtOnce, _) => this,
        (_, FlowEvent.InterruptedAgain) => this with { Step = FlowStep.ExitAtOnce },
        (FlowStep.EndKept or FlowStep.EndBySignal, _) => this,
        (_, FlowEvent.Signalled) => this with { Step = FlowStep.EndBySignal },
        (FlowStep.EndAborted, _) => this,
        (FlowStep.Attempt, FlowEvent.Succeeded) => this with { Step = FlowStep.EndInSuccess },
        (FlowStep.Attempt, FlowEvent.Failed) => this with { Step = FlowStep.Ask, Failures = Failures + 1 },
        (FlowStep.Ask, FlowEvent.AbortChosen) => this with { Step = FlowStep.EndAborted },
        (FlowStep.Ask, FlowEvent.RetryChosen) => this with { Step = FlowStep.Prepare },
        (FlowStep.Prepare, FlowEvent.Prepared) => this with { Step = FlowStep.CleanUp },
        (FlowStep.Prepare, FlowEvent.Refused) when CanAsk => this with { Step = FlowStep.Ask },
        (FlowStep.CleanUp, FlowEvent.CleanedUp) => this with { Step = FlowStep.Attempt, RetriesUsed = RetriesUsed + 1 },
        // Only an explicit choice destroys anything.
        _ => this with { Step = FlowStep.EndKept },
    };
}
