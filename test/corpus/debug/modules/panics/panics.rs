use std::env;
#[inline(never)]
fn fail(kind: &str, values: &[i32]) -> i32 {
    match kind {
        "text" => panic!("plain text"),
        "format" => panic!("the answer is {}", values.len()),
        "index" => values[values.len()],
        "unwrap" => values.iter().copied().find(|v| *v > 99).unwrap(),
        "expect" => "x1".parse::<i32>().expect("a number"),
        "overflow" => i32::MAX + values.len() as i32,
        "abort" => std::process::abort(),
        "any" => std::panic::panic_any(17),
        _ => 0,
    }
}
fn main() {
    let kind = env::args().nth(1).unwrap_or_default();
    println!("{}", fail(&kind, &[1, 2, 3]));
}
#[no_mangle]
pub extern "C" fn run(kind: i32) -> i32 {
    let kind = ["text", "format", "index", "unwrap", "expect", "overflow", "abort", "any"][kind as usize];
    fail(kind, &[1, 2, 3])
}
