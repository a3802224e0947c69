;; One of each: garbage collection, exceptions, vectors, atomics, several memories, 64-bit addresses, annotations.
(@custom "note" (after code) "a\00\u{1F600}")
(module $modern
  (rec
    (type $node (sub (struct (field $value (mut i8)) (field $next (ref null $node)))))
    (type $leaf (sub final $node (struct (field (mut i8)) (field (ref null $node)) (field f64)))))
  (type $bytes (array (mut i16)))
  (type $visit (func (param (ref $node)) (result i32)))
  (import "host" "log" (func $log (param externref)))
  (memory $wide i64 1 65536)
  (memory $shared 1 4 shared)
  (table $callbacks 2 8 (ref null $visit))
  (tag $oops (param i32 (ref null extern)))
  (global $"a quoted name" (mut v128) (v128.const i32x4 0x7fff_ffff -1 0 1_000))
  (elem $table declare func $sum)
  (data (memory $wide) (i64.const 0x10) "text \"quoted\" \t\n\ff")

  (func $sum (export "sum") (type $visit) (param $at (ref $node)) (result i32)
    (local $total i32)
    (loop $again
      (local.set $total (i32.add (local.get $total) (struct.get_s $node $value (local.get $at))))
      (br_on_null 0 (struct.get $node $next (local.get $at)))
      local.set $at
      br $again)
    local.get $total)

  (func $attempt (param $f funcref) (result f64)
    block $caught (result i32 externref exnref)
      try_table (catch_ref $oops $caught) (catch_all 1)
        (throw $oops (i32.const -0x8000_0000) (ref.null extern))
      end
      unreachable
    end
    throw_ref
    (; nested (; comments ;) end here ;)
    f64.const 0x1.8p+3
    f64.const nan:0x8000000000000
    f32.const -inf
    drop drop
    (@metadata.code.branch_hint "\01")
    (if (ref.test (ref i31) (ref.null any)) (then nop) (else (return_call_ref $visit)))
    i32.atomic.rmw.cmpxchg $shared offset=4 align=4
    i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
    f32x4.relaxed_madd
    v128.load8_lane $wide offset=0x8 align=1 15
    array.new_fixed $bytes 3
    call_indirect $callbacks (param i32) (result i64)
    i64.extend32_s
    memory.copy $wide $shared))
