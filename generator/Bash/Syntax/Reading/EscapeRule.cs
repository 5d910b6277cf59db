namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>The characters that a backslash quotes.</summary>
internal enum EscapeRule
{
    /// <summary>Any, outside quotes.</summary>
    Any,

    /// <summary><c>$ ` " \</c> and line feeds, in double quotes.</summary>
    DoubleQuotes,

    /// <summary><c>$ ` \</c> and line feeds, in here-documents.</summary>
    HereDocument,
}
