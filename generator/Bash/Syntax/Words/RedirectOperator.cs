namespace VmRecovery.Bash.Syntax;

/// <summary>The operators of redirections (bash manual, Redirections).</summary>
public enum RedirectOperator
{
    /// <summary><c>&lt; file</c></summary>
    Input,

    /// <summary><c>&gt; file</c></summary>
    Output,

    /// <summary><c>&gt;&gt; file</c></summary>
    Append,

    /// <summary><c>&gt;| file</c></summary>
    Clobber,

    /// <summary><c>&lt;&gt; file</c></summary>
    ReadWrite,

    /// <summary><c>&lt;&amp; descriptor</c></summary>
    DuplicateInput,

    /// <summary><c>&gt;&amp; descriptor</c>, or <c>&gt;&amp; file</c> for output and error</summary>
    DuplicateOutput,

    /// <summary><c>&amp;&gt; file</c></summary>
    OutputAndError,

    /// <summary><c>&amp;&gt;&gt; file</c></summary>
    AppendOutputAndError,

    /// <summary><c>&lt;&lt; delimiter</c></summary>
    HereDocument,

    /// <summary><c>&lt;&lt;- delimiter</c></summary>
    HereDocumentStripped,

    /// <summary><c>&lt;&lt;&lt; word</c></summary>
    HereString,
}
