using System.Reflection;
using VmRecovery.Model;

namespace VmRecovery.Tests;

public sealed class ClassifierSamplesTests
{
    public static TheoryData<string, string, int, string> Claims()
    {
        var data = new TheoryData<string, string, int, string>();
        foreach (var detector in Classifier.Detectors)
            foreach (var sample in detector.Claims.Method.GetCustomAttributes<ClaimsAttribute>())
                data.Add(detector.Class.ToString(), sample.Command, sample.ExitCode, sample.Log);
        return data;
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public void Every_claimed_sample_gets_its_class(string expected, string command, int exitCode, string log) =>
        Assert.Equal(expected, Classifier.Classify(new Failure(command, exitCode, new LogText(log))).ToString());

    [Fact]
    public void Every_class_is_in_the_list_in_the_order_in_which_they_win() =>
        Assert.Equal(
            Enum.GetValues<ErrorClass>(),
            Classifier.Detectors.Select(detector => detector.Class));

    [Fact]
    public void No_near_miss_is_claimed_by_its_detector()
    {
        var claimed = from detector in Classifier.Detectors
                      from sample in detector.Claims.Method.GetCustomAttributes<RejectsAttribute>()
                      where detector.Claims(new Failure(sample.Command, sample.ExitCode, new LogText(sample.Log)))
                      select $"{detector.Class}: {sample.Command}";
        Assert.Empty(claimed);
    }
}
