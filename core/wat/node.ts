/** Kinds of nodes in the tree of a field. Leaves are tokens; a node is a parenthesised form or an instruction. */
export const Node = {
  /** Root of a field that could not be told; all of its tokens belong to it. */
  unknownField: 0,
  typeField: 1,
  recField: 2,
  importField: 3,
  funcField: 4,
  tableField: 5,
  memoryField: 6,
  globalField: 7,
  exportField: 8,
  startField: 9,
  elemField: 10,
  dataField: 11,
  tagField: 12,
  /** `(module $name` without its fields and `)`; in scripts also `(assert_invalid` and the like in front of a module. */
  opening: 13,
  /** The `)` of an `opening`, in scripts with the expected message before it. */
  closing: 14,
  /** A script's command, or a module in quoted or binary form; its inside is not looked at. */
  command: 15,
  /** Tokens that belong to no field. */
  stray: 16,

  /** `(export "name")` inside a definition */
  inlineExport: 20,
  /** `(import "module" "name")` inside a definition */
  inlineImport: 21,
  /** `(item "name" ...)` inside a compact import */
  importItem: 22,
  /** `(func $x ...)` and so on inside an import */
  externFunc: 23,
  externTable: 24,
  externMemory: 25,
  externGlobal: 26,
  externTag: 27,
  /** `(func $x)`, `(table 0)` and so on inside an export */
  exportTarget: 28,

  /** `(type $x)` where a type is used */
  typeUse: 30,
  param: 31,
  result: 32,
  local: 33,
  /** `(type $x ...)` inside `rec`; a `typeField` alone */
  typeDefinition: 34,
  subType: 35,
  funcType: 36,
  structType: 37,
  arrayType: 38,
  contType: 39,
  /** `(field $x ...)` */
  structField: 40,
  /** `(mut ...)` */
  mutable: 41,
  /** `(ref null $t)` */
  refType: 42,
  /** `(pagesize 1)` */
  pageSize: 43,

  /** `(table $x)` of an element segment */
  tableUse: 50,
  /** `(memory $x)` of a data segment */
  memoryUse: 51,
  /** `(offset ...)`, or the single folded instruction that stands for it */
  offset: 52,
  /** `(item ...)` of an element segment or table, or the single folded instruction that stands for it */
  elemItem: 53,
  /** `(elem ...)` inside a table */
  inlineElem: 54,
  /** `(data ...)` inside a memory */
  inlineData: 55,

  /** `local.get 0`: name and immediates. Immediates in parentheses are child nodes, the others are tokens. */
  plain: 60,
  /** `(i32.add (..) (..))`: as `plain`, then the operands as child nodes. */
  folded: 61,
  /** `block $l (result i32) ... end $l`, also `loop`, `if`, `try_table`, `try`: type uses and catch clauses, then the instructions, then an `elseArm`. */
  block: 62,
  /** The same in parentheses. Of `if`: type uses, the condition's instructions, `thenArm`, `elseArm`. */
  foldedBlock: 63,
  thenArm: 64,
  /** `(else ...)`; of a flat `if` from `else` up to `end`. */
  elseArm: 65,
  /** `(do ...)` of a folded `try` */
  doArm: 66,
  /** `catch $e ...`, `catch_all ...` of a `try`, flat or in parentheses */
  catchArm: 67,
  /** `(catch $e $l)` of `try_table` */
  catchClause: 68,
  /** `(on $e $l)` of `resume` */
  handler: 69,

  /** Tokens that do not fit; a problem tells why. */
  error: 90,
} as const;

export type NodeKind = (typeof Node)[keyof typeof Node];

/** Numbers per node in the array of a tree: kind, first token, end token, end node, parent. */
export const nodeStride = 5;
