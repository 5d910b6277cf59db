namespace VmRecovery.Model.Flow;

/// <summary>What a run does next.</summary>
internal enum FlowStep
{
    /// <summary>Run the creation.</summary>
    Attempt,

    /// <summary>Ask what to do about a failure.</summary>
    Ask,

    /// <summary>Make the next attempt's settings from the choice.</summary>
    Prepare,

    /// <summary>Remove what the attempt made, so that the next can begin.</summary>
    CleanUp,

    /// <summary>Leave the VM and say how to reach it.</summary>
    EndKept,

    /// <summary>Remove what this run made.</summary>
    EndAborted,

    /// <summary>The same, because a signal came.</summary>
    EndBySignal,

    /// <summary>Leave nothing of recovery behind.</summary>
    EndInSuccess,

    /// <summary>Exit without doing anything more: the journal stays for the next run.</summary>
    ExitAtOnce,
}

/// <summary>What happens to a run.</summary>
internal enum FlowEvent
{
    /// <summary>The attempt reached its end.</summary>
    Succeeded,

    /// <summary>The attempt did not reach its end.</summary>
    Failed,

    /// <summary>Keep was chosen, or nobody answered in time.</summary>
    KeepChosen,

    /// <summary>Abort was chosen.</summary>
    AbortChosen,

    /// <summary>An option was chosen that leads to another attempt.</summary>
    RetryChosen,

    /// <summary>The choice is ready to be carried out.</summary>
    Prepared,

    /// <summary>The choice can't be carried out, or the user went back to the menu.</summary>
    Refused,

    /// <summary>What the attempt made was looked after.</summary>
    CleanedUp,

    /// <summary>INT, TERM or HUP came.</summary>
    Signalled,

    /// <summary>INT came again.</summary>
    InterruptedAgain,
}
