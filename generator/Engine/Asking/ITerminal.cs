using VmRecovery.Engine.Deciding;

namespace VmRecovery.Engine.Asking;

/// <summary>What a person said to a question.</summary>
internal enum Reply
{
    /// <summary>Nothing: the time was over, the terminal is gone, or Esc.</summary>
    None,

    /// <summary>Yes, or a value.</summary>
    Yes,

    /// <summary>No, or Cancel.</summary>
    No,
}

/// <summary>An answer: a tag or a value where the reply is yes.</summary>
internal sealed record Answer(Reply Reply, string Text = "");

/// <summary>Somebody who can be asked. Text has one character a byte.</summary>
internal interface ITerminal
{
    /// <summary>Whether there is somebody, now.</summary>
    bool CanAsk { get; }

    /// <summary>Height and width.</summary>
    (int Height, int Width) Size { get; }

    /// <summary>Lets somebody choose one of some items; the first is preselected.</summary>
    Answer Choose(string title, string message, int height, int width, IReadOnlyList<MenuEntry> items);

    /// <summary>Asks yes or no.</summary>
    /// <param name="title">The title.</param>
    /// <param name="question">The question.</param>
    /// <param name="isYesDefault">What Enter means.</param>
    /// <param name="above">What the terminal shows already, and a dialog would hide.</param>
    Answer Confirm(string title, string question, bool isYesDefault, string above = "");

    /// <summary>Asks for a value.</summary>
    Answer Value(string title, string proposal);

    /// <summary>Shows a text to read.</summary>
    void Show(string title, string path);
}
