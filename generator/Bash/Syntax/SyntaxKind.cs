// Each member is documented by the node type of its name.
#pragma warning disable CS1591

namespace VmRecovery.Bash.Syntax;

/// <summary>The kinds of syntax nodes, one for each sealed node type; small and dense, to index tables by.</summary>
public enum SyntaxKind
{
    Script, Statement,
    SimpleCommand, Declaration, Pipeline, AndOrList, Negation, TimedCommand, Coprocess,
    Subshell, Group, IfCommand, IfClause, ElseClause, WhileLoop, ForLoop, ArithmeticForLoop, SelectLoop,
    CaseCommand, CaseItem, FunctionDefinition, TestCommand, ArithmeticCommand,
    Assignment, ArrayLiteral, ArrayElement, Redirect, HereDocument,
    Word, Literal, SingleQuoted, AnsiQuoted, DoubleQuoted, LocaleQuoted, ParameterExpansion, Subscript,
    CommandSubstitution, ArithmeticExpansion, ProcessSubstitution, ExtendedGlob,
    UnaryTest, BinaryTest, WordTest, NotTest, AndTest, OrTest, ParenthesizedTest,
    ArithmeticBinary, ArithmeticUnary, ArithmeticAssignment, ArithmeticConditional, ArithmeticParenthesized,
    ArithmeticSequence, ArithmeticVariable, ArithmeticNumber, ArithmeticWord,
}
