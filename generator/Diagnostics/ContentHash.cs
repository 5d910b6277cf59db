using System.Security.Cryptography;
using System.Text;

namespace VmRecovery.Diagnostics;

/// <summary>Hashes by which content is recognised.</summary>
public static class ContentHash
{
    /// <summary>Returns the SHA-256 of bytes, in lower-case hexadecimal.</summary>
    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Returns the SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));
}
