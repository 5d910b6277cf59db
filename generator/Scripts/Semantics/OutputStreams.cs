using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;

namespace VmRecovery.Scripts.Semantics;

/// <summary>The places that standard output and standard error of a command lead to.</summary>
internal readonly record struct OutputStreams(OutputTarget Output, OutputTarget Error)
{
    /// <summary>The streams after redirections, which bash performs from left to right.</summary>
    public OutputStreams Redirected(ImmutableArray<Redirect> redirects)
    {
        var (output, error) = this;
        foreach (var redirect in redirects)
        {
            switch (redirect.Operator)
            {
                case RedirectOperator.Output or RedirectOperator.Append or RedirectOperator.Clobber:
                    if (redirect.Descriptor is null or 1)
                        output = TargetOf(redirect);
                    else if (redirect.Descriptor == 2)
                        error = TargetOf(redirect);
                    break;
                case RedirectOperator.OutputAndError or RedirectOperator.AppendOutputAndError:
                    output = error = TargetOf(redirect);
                    break;
                case RedirectOperator.DuplicateOutput:
                    (output, error) = Duplicated(redirect, output, error);
                    break;
                default:
                    break;
            }
        }
        return new OutputStreams(output, error);
    }

    private static (OutputTarget Output, OutputTarget Error) Duplicated(
        Redirect redirect,
        OutputTarget output,
        OutputTarget error
    )
    {
        var source = redirect.Target?.ConstantText;
        var target = source switch
        {
            "1" => output,
            "2" => error,
            _ => TargetOf(redirect),
        };
        var isNumber = source is { Length: > 0 } && source.All(char.IsAsciiDigit);
        return redirect.Descriptor switch
        {
            // '>&file' leads both streams into the file; '1>&file' does so, too.
            null or 1 when !isNumber && source is not (null or "-") => (target, target),
            null or 1 => (target, error),
            2 => (output, target),
            _ => (output, error),
        };
    }

    private static OutputTarget TargetOf(Redirect redirect) =>
        redirect.Target?.ConstantText == "/dev/null" ? OutputTarget.Null : OutputTarget.File;
}
