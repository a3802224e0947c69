/** What is told about an instruction beside its row in the instruction table. */
export interface InstructionDoc {
  /** One or a few sentences, in Markdown. */
  readonly summary: string;
  /** When it traps, as a sentence; missing where it never does. */
  readonly traps?: string;
  readonly example?: InstructionExample;
  /** Page and anchor in the WebAssembly specification, or the address of a proposal. */
  readonly link: string;
}

/** Code whose result an engine gives: a test runs every one of them. */
export interface InstructionExample {
  /** Instructions that leave one number. */
  readonly code: string;
  readonly type: "i32" | "i64" | "f32" | "f64";
  /** The number, in decimal; integers are signed. */
  readonly result: string;
  /** Fields that the module needs beside the function. */
  readonly fields?: string;
}

/** Some operations have an example, and the same words, for integers and floats of all sizes. */
export interface Operation {
  readonly summary: string;
  readonly traps?: string;
  readonly anchor: string;
  /** Operands, and the result. */
  readonly example?: readonly [operands: readonly string[], result: string];
}

/** `(i32.add (i32.const 2) (i32.const 3))` */
export function applied(name: string, type: string, operands: readonly string[]): string {
  return `(${name}${operands.map((operand) => ` (${type}.const ${operand})`).join("")})`;
}

export const numerics = "exec/numerics.html#";
export const execution = "exec/instructions.html#exec-";
