// Zig fixture: error unions, optionals of structs, tagged unions of structs, text that ends with a zero.
pub const panic = @import("std").debug.no_panic;
const Fail = error{ Bad, Worse };
const Point = struct { x: i32, y: i32 };
const Shape = union(enum) { dot: Point, width: u8, nothing };

fn number(ok: bool) Fail!i32 {
    return if (ok) 3 else Fail.Bad;
}

fn point(ok: bool) Fail!Point {
    return if (ok) .{ .x = 1, .y = 2 } else Fail.Worse;
}

fn nothing(ok: bool) Fail!void {
    if (!ok) return Fail.Bad;
}

fn text(ok: bool) anyerror![]const u8 {
    return if (ok) "yes" else error.Other;
}

fn maybe(ok: bool) Fail!?Point {
    return if (ok) .{ .x = 7, .y = 8 } else null;
}

var sink: usize = 0;

export fn run(yes: bool) usize {
    const no = !yes;
    const good = number(yes);
    const bad = number(no);
    const place = point(yes);
    const nowhere = point(no);
    const done = nothing(yes);
    const undone = nothing(no);
    const said = text(yes);
    const unsaid = text(no);
    const some = maybe(yes);
    const none = maybe(no);
    const optional: ?Point = if (yes) .{ .x = 9, .y = 10 } else null;
    const missing: ?Point = if (no) .{ .x = 9, .y = 10 } else null;
    const alone: Fail = if (yes) Fail.Worse else Fail.Bad;
    const shape: Shape = if (yes) .{ .dot = .{ .x = 4, .y = 5 } } else .nothing;
    const blank: Shape = if (no) .{ .width = 6 } else .nothing;
    const zero: [*:0]const u8 = if (yes) "zero" else "one";
    sink += @sizeOf(@TypeOf(.{ good, bad, place, nowhere, done, undone, said, unsaid, some, none, optional, missing, shape, blank })); //@end
    if (alone == Fail.Worse) sink += zero[0];
    return sink;
}
