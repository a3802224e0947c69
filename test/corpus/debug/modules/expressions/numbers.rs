// Expressions of Rust with what the compiler makes of them: at the mark `RESULTS` holds value, size and type of each.
#![no_std]
use core::panic::PanicInfo;

#[panic_handler]
fn stop(_: &PanicInfo) -> ! {
    loop {}
}

pub struct Record {
    pub whole: i64,
    pub fraction: f64,
    pub size: u32,
    pub kind: &'static str,
}

trait Recorded {
    fn record(self) -> Record;
}
macro_rules! recorded {
    ($($t:ty)*) => { $(impl Recorded for $t {
        fn record(self) -> Record { Record { whole: self as i64, fraction: 0.0, size: core::mem::size_of::<$t>() as u32, kind: core::any::type_name::<$t>() } }
    })* };
}
recorded!(i8 u8 i16 u16 i32 u32 i64 u64 isize usize bool char i128 u128 Level);
impl Recorded for f32 {
    fn record(self) -> Record { Record { whole: 0, fraction: self as f64, size: 4, kind: "f32" } }
}
impl Recorded for f64 {
    fn record(self) -> Record { Record { whole: 0, fraction: self, size: 8, kind: "f64" } }
}

#[derive(Clone, Copy, PartialEq)]
pub enum Level {
    Low = 1,
    High = 200,
}

pub struct Point {
    pub x: i32,
    pub y: i32,
}

pub struct Wide(u16, (u8, i64));

mod inner {
    pub static mut HIDDEN: u16 = 77;
}

static TABLE: [i32; 5] = [1, 2, 3, 5, 8];
static mut COUNT: usize = 0;
#[no_mangle]
pub static mut RESULTS: [Record; 128] = [const { Record { whole: 0, fraction: 0.0, size: 0, kind: "" } }; 128];

#[inline(never)]
fn put(record: Record) {
    unsafe {
        RESULTS[COUNT] = record;
        COUNT += 1;
    }
}

macro_rules! X {
    ($e:expr) => { put(($e).record()) };
}

#[inline(never)]
pub fn double(of: u32) -> u32 {
    of * 2
}

#[no_mangle]
pub extern "C" fn run(n: i32) -> i32 {
    let small = 200u8;
    let signed = -100i8;
    let word = 0xfff0u16;
    let a = 17;
    let b = 5;
    let wide = 0xfedc_ba98_7654_3210u64;
    let big = -9_007_199_254_740_993i64;
    let huge = 1u128 << 70;
    let index = 3usize;
    let f = 0.1f32;
    let d = 2.75f64;
    let yes = true;
    let letter = 'k';
    let level = Level::High;
    let point = Point { x: n, y: -4 };
    let by_ref = &point;
    let number = &a;
    let pair = (3u8, -7i32);
    let nested = Wide(500, (9, -10));
    let array = [10u16, 20, 30, 40];
    let slice = &array[1..];
    let pointer = &point as *const Point;
    let mut changed = 1i32;
    let boxed = &mut changed;
    X!(a + b); X!(a - b); X!(a * b); X!(a / b); X!(a % b); X!(-a / b); X!(-a % b); X!(small / 7); X!(small - 100); X!(small & 0x0f); X!(!small);
    X!(!a); X!(-signed); X!(signed >> 2); X!(small >> 3); X!(small << 1); X!(word | 0xf); X!(word ^ 0xffff); X!(wide >> 60); X!(wide << 4); X!(!wide);
    X!(wide / 3); X!(big + 1); X!(big - 1); X!(big % 10); X!(huge >> 60); X!(index * 4 + 1); X!(a & 1 == 1); X!(a | 4 == 21); X!(a ^ b == 20);
    X!(f * 2.0); X!(f / 3.0); X!(d / 3.0); X!(-d); X!(d * 2.0 - 1.5); X!(f == 0.1); X!(d > 2.5); X!(d as i32); X!(-d as i32); X!(-1.5 as u8); X!(300.7 as u8);
    X!(a as u8); X!(big as i32); X!(big as u8); X!(wide as i64); X!(wide as f32); X!(a as f64 / 2.0); X!(small as i8); X!(signed as u8); X!(signed as u32);
    X!(signed as i64 + 1); X!(letter as u32); X!(97u8 as char); X!(yes as i32 + 1); X!(level as i32); X!(16777217 as f32); X!(a as u8 as i64 * 1000);
    X!(-1i32 as u32); X!(!yes); X!(yes && a > b); X!(yes || a < b); X!(!yes & yes); X!(yes ^ yes); X!(letter == 'k'); X!(letter); X!(b'a'); X!(b'a' + 1); X!('\n');
    X!(point.x); X!(point.x * point.y); X!(by_ref.x + 1); X!(*number + 1); X!(pair.0); X!(pair.1 * 2); X!(nested.0); X!(nested.1.1); X!(nested.1 .0);
    X!(array[1]); X!(array[index] + 1); X!(slice[2]); X!(TABLE[4]); X!(*boxed); X!(by_ref.y); X!(a == b); X!(a != b); X!(a >= b); X!(big < 0);
    X!(1_000_000); X!(0xff_u8); X!(0b1010); X!(0o17); X!(1e3); X!(2.5f32); X!(5u64 * 3); X!(small > 100); X!(word == 0xfff0); X!(index == 3); X!(level == Level::High);
    let ended = double(a as u32) as i32 + changed + level as i32 + index as i32 + small as i32 + signed as i32; //@values
    let flags = [yes, d > 1.0, f > 1.0, letter == 'x', slice[0] == 1, word == 2, wide == 3, big == 4, point.y == 5];
    ended + flags.iter().filter(|flag| **flag).count() as i32 + unsafe { inner::HIDDEN as i32 } + by_ref.x + pair.1 + nested.0 as i32 //@after
}
