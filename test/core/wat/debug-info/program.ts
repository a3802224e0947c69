import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { buildWat } from "#core/wat/debug-info/build.ts";

/** Flat and folded code, several functions on a line, characters of two, three and four bytes before instructions. */
export const program = `(module $demo
  (import "host" "log" (func $log (param i32)))
  (global $calls (mut i32) (i32.const 3))
  (func $fac (export "fac") (param $n i32) (param i64) (result i32)
    (local $acc i32) (local f64) (local $any externref)
    i32.const 1 local.set $acc
    block $done
      loop $again
        local.get $n
        i32.eqz
        br_if $done
        (local.set $acc
          (i32.mul
            (local.get $acc)
            (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        br $again
      end
    end
    (; é→𝄞 ;) local.get $acc (; ü ;) i32.const 0 i32.add
  )
  (func $a (drop (i32.const 1))) (func $b (drop (i32.const 2)))
  (func (export "boom") (param $v v128) (result f32)
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (call $log (call $fac (i32.const 4) (i64.const 0)))
    unreachable)
  (memory 1)
)
`;

export const document = WatDocument.open(program, "wat");
export const encoded = encodeWat(document);

export const built = buildWat(document, {
  names: true,
  dwarf: { name: "src/demo.wat", directory: "/project", producer: "a test" },
  sourceMap: { file: "demo.wasm", source: "src/demo.wat", url: "demo.wasm.map" },
});

/** Rows of the functions' code: offset, and 0-based line and column (UTF-16) of the text. */
export function codeRows(): { readonly offset: number; readonly line: number; readonly character: number; readonly text: string }[] {
  const { rows, functions } = encoded;
  return Array.from(rows.offsets, (offset, row) => ({
    offset,
    ...document.lines.positionAt(rows.starts[row]!),
    text: program.slice(rows.starts[row], rows.ends[row]),
  })).filter(({ offset }) => functions.some(({ bodyStart, range }) => bodyStart <= offset && offset < range.end));
}
