using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>A stack from which nodes are taken as arrays: lists are built without an allocation a list.</summary>
internal sealed class NodeStack<T>
{
    private T[] items = new T[16];

    public int Count { get; private set; }

    public T this[int index] => items[index];

    public void Push(T item)
    {
        if (Count == items.Length)
            Array.Resize(ref items, 2 * Count);
        items[Count++] = item;
    }

    /// <summary>Removes and returns what was pushed after the stack had <paramref name="mark"/> items.</summary>
    public ImmutableArray<T> Take(int mark)
    {
        if (Count == mark)
            return [];
        var taken = ImmutableCollectionsMarshal.AsImmutableArray(items.AsSpan(mark, Count - mark).ToArray());
        Truncate(mark);
        return taken;
    }

    /// <summary>Removes what was pushed after the stack had <paramref name="mark"/> items.</summary>
    public void Truncate(int mark)
    {
        Array.Clear(items, mark, Count - mark);
        Count = mark;
    }
}
