import { test } from "vitest";
import { expectScopes } from "./expect-scopes.ts";

test("commands and results of scripts", () =>
  expectScopes(
    "source.wast",
    String.raw`
   (module definition $M binary "\00asm") (module instance $I $M) (register "m" $I)
;;         ^^^^^^^^^^ keyword.other.script
;;                       ^^^^^^ keyword.other.script
;;                                                ^^^^^^^^ keyword.other.script
;;                                                                 ^^^^^^^^ keyword.control.script
   (assert_return (invoke $M "f" (f32.const 1)) (either (f32.const nan:canonical) (f64.const nan:arithmetic)))
;;  ^^^^^^^^^^^^^ keyword.control.script
;;                 ^^^^^^ keyword.control.script
;;                        ^^ variable.other
;;                                                                 ^^^^^^^^^^^^^ constant.numeric.float
;;                                                                                           ^^^^^^^^^^^^^^ constant.numeric.float
;;                                               ^^^^^^ keyword.other.script
   (assert_trap (get "g") "x") (ref.extern 1) (ref.host 2) (ref.null func) (assert_unlinkable (module) "y")
;;  ^^^^^^^^^^^ keyword.control.script
;;               ^^^ keyword.control.script
;;                              ^^^^^^^^^^ support.function.reference
;;                                             ^^^^^^^^ support.function.reference
;;                                                          ^^^^^^^^ support.function.reference
;;                                                                   ^^^^ support.type.heap
;;                                                                          ^^^^^^^^^^^^^^^^^ keyword.control.script
   (thread $T (shared (module $Mem)) (invoke "run")) (wait $T) i32.add
;;  ^^^^^^ keyword.control.script
;;         ^^ variable.other
;;             ^^^^^^ storage.modifier
;;                                                    ^^^^ keyword.control.script
;;                                                             ^^^^^^^ support.function.numeric
`,
  ));
