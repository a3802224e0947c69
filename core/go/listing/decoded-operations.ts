/** The assembler's operations of a function that no listing has, read off its bytes: what a listing would print, as far as lines and steps ask for it. */
import { ByteReader } from "#core/bytes/reader.ts";
import { InstructionCursor } from "#core/wasm/instruction-cursor.ts";
import type { WasmModule } from "#core/wasm/module.ts";
import { functionIndex, type ModuleOffset, type ModuleRange } from "#core/wasm/offsets.ts";
import type { FunctionTable } from "../binary/function-table.ts";
import { toDefinedIndex } from "../binary/program-counter.ts";
import { globalRegister, localRegister } from "./operations.ts";

/** An operation without its place. One of the stack pointer or a call makes several instructions. */
export interface DecodedOperation {
  readonly offset: ModuleOffset;
  readonly operation: string;
  /** Of calls, constants and registers; empty for others. */
  readonly operands: string;
}

/** `code`: of a function with a Go frame, without its local declarations. Throws `ByteError` on damaged code. */
export function decodeOperations(module: WasmModule, table: FunctionTable, code: ModuleRange): readonly DecodedOperation[] {
  const cursor = new InstructionCursor(module.bytes, code);
  const found: DecodedOperation[] = [];
  const number = (signed: boolean): number => {
    const reader = new ByteReader(module.bytes, cursor.immediates, cursor.end);
    return signed ? reader.sleb() : reader.uleb();
  };
  const skip = (instructions: number): void => {
    for (let rest = instructions; rest > 0; rest--) cursor.next();
  };
  const callee = (): string => {
    const index = number(false);
    const defined = toDefinedIndex(functionIndex(index), module.importedFunctionCount);
    return defined === undefined ? `$${index}` : `${table.name(defined)}(SB)`;
  };
  // The copy of the stack pointer.
  skip(2);
  for (let instruction = cursor.next(); instruction && cursor.end < code.end; instruction = cursor.next()) {
    const { offset } = cursor;
    const add = (operation: string, operands = ""): void => void found.push({ offset, operation, operands });
    switch (instruction.name) {
      case "local.get":
        add("Get", localRegister(number(false)));
        break;
      case "global.get":
        add("Get", globalRegister(number(false)));
        break;
      case "global.set":
        add("Set", globalRegister(number(false)));
        break;
      case "local.set":
      case "local.tee": {
        const register = localRegister(number(false));
        add("Set", register);
        if (register === "SP") skip(1);
        break;
      }
      case "i32.const":
        add("I32Const", `$${number(true)}`);
        break;
      case "i64.const":
        add("I64Const", `$${new ByteReader(module.bytes, cursor.immediates, cursor.end).sleb64()}`);
        break;
      case "call": {
        const operands = callee();
        add("Call", operands);
        if (!operands.startsWith("$")) skip(2);
        break;
      }
      case "call_indirect":
        add("CallIndirect");
        skip(2);
        break;
      case "unreachable":
        add("UNDEF");
        break;
      default:
        add(regularOperation(instruction.name));
    }
  }
  return found;
}

const known = new Map<string, string>();

/** `I64Load32U` for `i64.load32_u`. */
function regularOperation(name: string): string {
  let operation = known.get(name);
  if (operation === undefined) {
    operation = name
      .split(/[._]/)
      .map((part) => part[0]!.toUpperCase() + part.slice(1))
      .join("");
    known.set(name, operation);
  }
  return operation;
}
