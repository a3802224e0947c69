/** Makes up Go programs of two packages whose imports and exports have types of every kind. They have no errors but those of the directives. */

/** A number from 0 to below `limit`. */
type Random = (limit: number) => number;

const basics =
  "int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr float32 float64 complex64 complex128 string bool byte rune error any unsafe.Pointer".split(
    " ",
  );

/** Import paths of the standard library, each with a type from there. */
const standard = {
  "container/list": "list.List",
  context: "context.Context",
  "encoding/json": "json.Number",
  io: "io.Reader",
  "io/fs": "fs.FileInfo",
  "math/big": "big.Int",
  "math/rand/v2": "rand.PCG",
  "net/http": "http.Header",
  "net/netip": "netip.Addr",
  os: "os.FileMode",
  reflect: "reflect.Kind",
  strings: "strings.Builder",
  structs: "structs.HostLayout",
  sync: "sync.Mutex",
  "sync/atomic": "atomic.Int32",
  time: "time.Month",
  unsafe: "unsafe.Pointer",
} as const;

/** Names that a type expression may use. */
interface Scope {
  readonly types: string[];
  readonly generics: string[];
  readonly constants: string[];
  readonly parameters: readonly string[];
}

/** Paths to texts; the same for the same seed. */
export function goProgram(seed: number, functions: number): Record<string, string> {
  const random = numbers(seed);
  const scope: Scope = { types: [], generics: [], constants: [], parameters: [] };
  const library = source("lib", declarations(random, scope, ["LA", "LB", "LC", "LD", "LE"], "C"));
  const own: Scope = {
    types: qualified(scope.types),
    generics: qualified(scope.generics),
    constants: qualified(scope.constants),
    parameters: [],
  };
  const types = source("main", declarations(random, own, ["ta", "tb", "tC", "td", "tE", "tf"], "c"));
  let main = "";
  for (let index = 0; index < functions; index++) main += border(random, own, index);
  return {
    "go.mod": "module example.com/m\n\ngo 1.24\n",
    "lib/lib.go": library,
    "types.go": types,
    "main.go": source("main", `${main}func main() {}\n`),
  };
}

/** Linear congruential: what it gives is the same everywhere. */
function numbers(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[random(from.length)]!;
}

function source(packageName: string, body: string): string {
  const imports = [...Object.keys(standard), ...(packageName === "main" ? ["example.com/m/lib"] : [])];
  const uses = [...Object.values(standard), ...(packageName === "main" ? ["lib.Used"] : [])];
  return `package ${packageName}\n\nimport (\n${list(imports.map((path) => `"${path}"`))})\n\nvar (\n${list(uses.map((type) => `_ ${type}`))})\n\n${body}`;
}

function qualified(names: readonly string[]): string[] {
  return names.map((name) => `lib.${name}`);
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `\t${line}\n`).join("");
}

function border(random: Random, scope: Scope, index: number): string {
  const parameters = Array.from({ length: random(4) }, (_, at) => `p${at} ${type(random, scope, 3)}`).join(", ");
  const result = ["", "", ` ${type(random, scope, 2)}`, ` (${type(random, scope, 1)}, ${type(random, scope, 1)})`][random(4)]!;
  return random(4) === 0
    ? `//go:wasmimport env f${index}\nfunc f${index}(${parameters})${result}\n\n`
    : `//go:wasmexport f${index}\nfunc f${index}(${parameters})${result} { panic(0) }\n\n`;
}

/** Adds what it declares to `scope`, so that a declaration uses those before it. */
function declarations(random: Random, scope: Scope, names: readonly string[], prefix: string): string {
  let text = "type Used struct{}\n";
  for (let index = 0; index < 4; index++) {
    text += `const ${prefix}${index} = ${constant(random, scope.constants)}\n`;
    scope.constants.push(`${prefix}${index}`);
  }
  text += `const (\n\t${prefix}4 = iota + 1\n\t${prefix}5\n\t${prefix}6\n)\n`;
  scope.constants.push(`${prefix}4`, `${prefix}5`, `${prefix}6`);
  for (const name of names) {
    const kind = random(6);
    if (kind === 0) text += `type ${name} = ${type(random, scope, 2)}\n`;
    else if (kind === 1) text += `type ${name}[P any] struct{ v P; ${fields(random, { ...scope, parameters: ["P"] }, 2)} }\n`;
    else if (kind === 2) text += `type ${name} ${type(random, scope, 2)}\n`;
    else text += `type ${name} struct{ ${fields(random, scope, 2)} }\n`;
    (kind === 1 ? scope.generics : scope.types).push(name);
  }
  return text;
}

/** A small whole number from 1. */
function constant(random: Random, names: readonly string[]): string {
  switch (random(8)) {
    case 0:
      return `${random(4) + 1}*${random(3) + 1}`;
    case 1:
      return `len("né${"x".repeat(random(4))}")`;
    case 2:
      return `1<<${random(4)}`;
    case 3:
      return `'a'-${90 + random(7)}`;
    case 4:
      return names.length > 0 ? `${pick(random, names)}%5+1` : "2";
    case 5:
      return names.length > 0 ? `(${pick(random, names)}|1)&7` : "(3)";
    case 6:
      return `0x${random(15) + 1}`;
    default:
      return String(random(9) + 1);
  }
}

function type(random: Random, scope: Scope, depth: number): string {
  if (depth <= 0 || random(3) === 0) return simpleType(random, scope);
  const inner = (): string => type(random, scope, depth - 1);
  switch (random(13)) {
    case 0:
      return `[]${inner()}`;
    case 1:
    case 2:
      return `[${constant(random, scope.constants)}]${inner()}`;
    case 3:
      return `map[${pick(random, ["string", "int32", "[2]int8"])}]${inner()}`;
    case 4:
      return `${pick(random, ["chan ", "<-chan ", "chan<- "])}${inner()}`;
    case 5:
      return `func(${Array.from({ length: random(3) }, inner).join(", ")})${pick(random, ["", ` ${inner()}`, ` (${inner()}, ${inner()})`])}`;
    case 6:
      return `struct{ ${fields(random, scope, depth - 1)} }`;
    case 7:
      return `interface{ ${pick(random, ["M()", "m(byte) error", "A(x, y rune) any; b()", "error; Z(...int)", ""])} }`;
    case 8:
      return scope.generics.length > 0 ? `${pick(random, scope.generics)}[${inner()}]` : inner();
    case 9:
      return `(${inner()})`;
    default:
      return `*${inner()}`;
  }
}

function simpleType(random: Random, scope: Scope): string {
  const kind = random(10);
  if (kind < 3 && scope.types.length > 0) return pick(random, scope.types);
  if (kind < 4 && scope.parameters.length > 0) return pick(random, scope.parameters);
  return kind < 6 ? pick(random, Object.values(standard)) : pick(random, basics);
}

function fields(random: Random, scope: Scope, depth: number): string {
  const all: string[] = [];
  if (random(3) > 0) all.push(pick(random, ["_ structs.HostLayout", "structs.HostLayout", "hl structs.HostLayout"]));
  for (let count = random(4); count > 0; count--)
    all.push(`${pick(random, ["x", "y", "Z"])}${count} ${type(random, scope, depth)}${random(6) === 0 ? ' `json:"a\\"b"`' : ""}`);
  if (random(5) === 0) all.push(`_ ${type(random, scope, depth)}`);
  return all.join("; ");
}
