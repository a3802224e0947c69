// Rust fixture: what the standard library owns, enums with data, references, generics, a panic.
// Natively it prints its variables; as a module, which would be large with all that printing takes, it only keeps them alive.
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

#[cfg(not(target_arch = "wasm32"))]
macro_rules! show {
    ($($value:expr),*) => { $(println!("{} = {:?}", stringify!($value), $value);)* };
}

#[cfg(target_arch = "wasm32")]
macro_rules! show {
    ($($value:expr),*) => { $(std::hint::black_box(&$value);)* };
}

#[cfg_attr(not(target_arch = "wasm32"), derive(Debug))]
enum Shape {
    Circle(f64),
    Rect { w: i32, h: i32 },
    Empty,
}

#[cfg_attr(not(target_arch = "wasm32"), derive(Debug))]
#[derive(Clone, Copy)]
enum Level {
    Low = 1,
    High = 200,
}

struct Pair<T> {
    left: T,
    right: T,
}

impl<T: Copy + PartialOrd> Pair<T> {
    fn larger(&self) -> T {
        if self.left < self.right { self.right } else { self.left } //@larger
    }
}

struct Tree {
    value: i32,
    next: Option<Box<Tree>>,
}

#[inline(never)]
fn total(xs: &Vec<i32>, text: &str, shape: &Shape) -> i32 {
    let mut sum = 0;
    for x in xs.iter() {
        sum += x;
    }
    if let Shape::Rect { w, h } = shape {
        sum += w * h;
    }
    sum + text.len() as i32 //@total
}

fn fail(xs: &[i32], at: usize) -> i32 {
    xs[at] //@index
}

#[no_mangle]
pub extern "C" fn run(count: i32) -> i32 {
    let text = String::from("h\u{e4}llo");
    let slice = &text[1..];
    let empty: Vec<u8> = Vec::new();
    let xs = vec![2, 3, 5, 8];
    let names = vec![String::from("ada"), String::from("grace")];
    let nested = vec![vec![1u8, 2], vec![3]];
    let boxed = Box::new(17);
    let boxes: Box<[i32]> = vec![1, 2].into_boxed_slice();
    let rc = Rc::new(5);
    let rc2 = Rc::clone(&rc);
    let arc = Arc::new(String::from("arc"));
    let cell = Cell::new(3);
    let refcell = RefCell::new(vec![1]);
    let some = Some(9);
    let none: Option<i32> = None;
    let maybe = Some(String::from("yes"));
    let ok: Result<i32, String> = Ok(4);
    let err: Result<i32, String> = Err(String::from("bad"));
    let mut ages = HashMap::new();
    ages.insert("amy", 39);
    let mut seen = HashSet::new();
    seen.insert(7u16);
    let mut sorted = BTreeMap::new();
    sorted.insert(1, "one");
    sorted.insert(2, "two");
    let mut queue = VecDeque::new();
    queue.push_back(1);
    queue.push_back(2);
    queue.push_front(0);
    let circle = Shape::Circle(1.5);
    let rect = Shape::Rect { w: 3, h: -4 };
    let nothing = Shape::Empty;
    let level = Level::High;
    let low = Level::Low;
    let pair = Pair { left: 1.5f32, right: 2.25 };
    let tree = Tree { value: 1, next: Some(Box::new(Tree { value: 2, next: None })) };
    let array = [7i16, -8, 9];
    let tuple = (1u8, "two", 'c');
    let unit = ();
    let big: u128 = 1 << 100;
    let larger = pair.larger();
    let sum = total(&xs, slice, &rect);
    show!(text, slice, empty, xs, names, nested, boxed, boxes, rc, Rc::strong_count(&rc2), arc); //@end
    show!(cell, refcell, some, none, maybe, ok, err, ages, seen, sorted, queue);
    show!(circle, rect, nothing, level, low, pair.left, pair.right, tree.value, array, tuple, unit, big, larger, sum, counter());
    sum + count
}

fn counter() -> i32 {
    unsafe { COUNTER += 1 }
    unsafe { COUNTER }
}

static mut COUNTER: i32 = 41;

#[no_mangle]
pub extern "C" fn crash(at: i32) -> i32 {
    fail(&[1, 2, 3], at as usize)
}

#[allow(dead_code)]
fn main() {
    run(3);
}
