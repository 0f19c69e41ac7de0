using Guard.Core.Clicks;

namespace Guard.Grains.Intake;

/// <summary>One event's head in a packed body. The layout is that of logged bodies: it never changes, another one gets another name.</summary>
/// <param name="Line">The line on which the event stands, from 1.</param>
/// <param name="Offset">Its first byte in the body.</param>
/// <param name="Length">Its whole length in bytes.</param>
/// <param name="Index">Which event of the body it is, from 0.</param>
/// <param name="Held">How many of its bytes are held.</param>
/// <param name="Reason">The <see cref="RejectReason"/> that is known before decoding.</param>
/// <param name="Detail">How many bytes the reason's detail takes, before those of the event.</param>
internal readonly record struct PackedHead(long Line, long Offset, long Length, int Index, int Held, int Reason, int Detail);
