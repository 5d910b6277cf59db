namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>The reserved words of bash (bash manual, Reserved Words).</summary>
internal enum Keyword
{
    None, Bang, Time, OpenBrace, OpenTest, If, While, Until, For, Case, Select, Function, Coprocess,
    Then, Elif, Else, Fi, Do, Done, Esac, CloseBrace, CloseTest, In,
}
