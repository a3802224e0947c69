// Rust fixture: shared slices and texts, weak references, atomics, numbers that are not zero, texts of the system.
use std::collections::BinaryHeap;
use std::ffi::{CString, OsString};
use std::num::NonZero;
use std::path::PathBuf;
use std::rc::{Rc, Weak};
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicUsize, Ordering};
use std::sync::Arc;

static COUNTER: AtomicUsize = AtomicUsize::new(40);

#[no_mangle]
pub extern "C" fn run(count: usize) -> usize {
    let text: Rc<str> = "r\u{fc}n".into();
    let list: Arc<[u16]> = vec![7, 8, 9].into();
    let big: Rc<[u64]> = vec![1 << 40, 5].into();
    let none: Rc<[i32]> = Vec::new().into();
    let strong = Rc::new(5);
    let weak: Weak<i32> = Rc::downgrade(&strong);
    let ready = AtomicBool::new(true);
    let small = AtomicU16::new(9);
    let nonzero = NonZero::new(6u32).unwrap();
    let maybe = NonZero::new(0i8);
    let heap: BinaryHeap<i32> = [3, 9, 1].into_iter().collect();
    let path = PathBuf::from("/tmp/x");
    let system = OsString::from("os");
    let c = CString::new("c").unwrap();
    let total = COUNTER.fetch_add(count, Ordering::SeqCst) + text.len() + list.len(); //@end
    total + big.len() + none.len() + *weak.upgrade().unwrap() as usize + ready.load(Ordering::SeqCst) as usize
        + small.load(Ordering::SeqCst) as usize + nonzero.get() as usize + maybe.is_none() as usize
        + heap.len() + path.as_os_str().len() + system.len() + c.as_bytes().len()
}
