;; Factorials, by hand: a loop, a call, a memory and a global.
;;
;; Set a breakpoint on a line with an instruction and press F5, or choose the launch configuration "WAT: factorial".
;; It calls the export `factorials` with 5; the result is 1! + 2! + 3! + 4! + 5! = 153.
(module $factorial
  ;; One page of 64 KiB. `factorials` writes its results here, eight bytes each.
  (memory $results (export "memory") 1)

  ;; How many factorials were computed so far.
  (global $computed (mut i32) (i32.const 0))

  ;; n! as a loop, in folded form: operands stand inside their instruction. Exact up to 20!.
  (func $factorial (export "factorial") (param $n i32) (result i64)
    (local $product i64)
    (local.set $product (i64.const 1))
    (block $done
      (loop $next
        (br_if $done (i32.le_s (local.get $n) (i32.const 1)))
        (local.set $product
          (i64.mul
            (local.get $product)
            (i64.extend_i32_s (local.get $n))))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $next)))
    (global.set $computed (i32.add (global.get $computed) (i32.const 1)))
    (local.get $product))

  ;; Stores 1!, 2!, ... count! in the memory and returns their sum, in flat form: one instruction a line, operands first.
  (func $factorials (export "factorials") (param $count i32) (result i64)
    (local $i i32)
    (local $value i64)
    (local $sum i64)
    loop $next
      local.get $i
      local.get $count
      i32.lt_s
      if
        ;; value = factorial(i + 1)
        local.get $i
        i32.const 1
        i32.add
        call $factorial
        local.set $value

        ;; results[i] = value
        local.get $i
        i32.const 8
        i32.mul
        local.get $value
        i64.store

        ;; sum = sum + value
        local.get $sum
        local.get $value
        i64.add
        local.set $sum

        ;; i = i + 1, and again
        local.get $i
        i32.const 1
        i32.add
        local.set $i
        br $next
      end
    end
    local.get $sum)

  ;; How many factorials this instance has computed.
  (func (export "computed") (result i32)
    (global.get $computed)))
