// Go modules of a given size for the benches, the same at each run, in a temporary folder.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Writes `files` (path to text) below a new folder. */
export function writeModule(files) {
  const folder = mkdtempSync(join(tmpdir(), "go-wasm-bench-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const goMod = "module example.com/m\n\ngo 1.24\n";

/** A function of 12 lines with the usual statements. */
function plainFunction(name) {
  return `
func ${name}(values []int32, limit int) (sum int32, err error) {
	for index, value := range values {
		if index >= limit || value < 0 {
			return sum, errors.New("too many values in ${name}")
		}
		sum += value << (uint(index) & 3)
	}
	if sum == 0 {
		sum = int32(len(values)) // nothing was added
	}
	return sum, nil
}
`;
}

/** A struct that crosses, and an export of 8 lines that takes it. */
function exportedFunction(name) {
  return `
type ${name}Args struct {
	_     structs.HostLayout
	X, Y  float64
	Kinds [4]uint8
}

//go:wasmexport ${name}
func ${name}(args *${name}Args, text string) int32 {
	if args == nil {
		return -1
	}
	sum, _ := ${name}sum([]int32{int32(args.X), int32(len(text))}, 8)
	return sum
}
`;
}

/** About `lines` lines of a package; every fourth function is an export. */
function goFile(packageName, prefix, lines, more = "") {
  let text = `package ${packageName}\n\nimport (\n\t"errors"\n\t"structs"\n)\n${more}`;
  for (let index = 0; text.split("\n").length < lines; index++) {
    const name = `${prefix}f${index}`;
    text += index % 4 === 3 ? exportedFunction(name) + plainFunction(`${name}sum`) : plainFunction(name);
  }
  return text;
}

/** One main file. */
export function oneFile(lines) {
  return { "go.mod": goMod, "main.go": `${goFile("main", "a", lines)}\nfunc main() {}\n` };
}

/** A main package of several files that imports fmt and net/http in each. */
export function bigPackage(files, linesEach) {
  const imports = "\nfunc init() { routes = append(routes, route) }\n";
  const all = {
    "go.mod": goMod,
    "routes.go": "package main\n\nvar routes []func()\n\nfunc main() {\n\tfor _, route := range routes {\n\t\troute()\n\t}\n}\n",
  };
  for (let index = 1; index < files; index++) {
    const own = imports.replaceAll("route)", `route${index})`);
    const route = `\nfunc route${index}() {\n\thttp.HandleFunc("/${index}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, r.URL.Path) })\n}\n`;
    all[`part${index}.go`] = goFile("main", `p${index}`, linesEach, own + route).replace(
      '\t"errors"\n\t"structs"\n',
      '\t"errors"\n\t"fmt"\n\t"net/http"\n\t"structs"\n',
    );
  }
  return all;
}

/** A main package that reaches `count` packages of two files; each imports the next ones, every tenth has exports. */
export function manyPackages(count) {
  const all = { "go.mod": goMod };
  const importsOf = (from) =>
    [1, 2, 5]
      .map((step) => from + step)
      .filter((to) => to < count)
      .map((to) => `import _ "example.com/m/group${to % 20}/p${to}"\n`);
  for (let index = 0; index < count; index++) {
    const folder = `group${index % 20}/p${index}`;
    all[`${folder}/a.go`] =
      `package p${index}\n\n${importsOf(index).join("")}\nimport "errors"\n${plainFunction("A")}${plainFunction("B")}${plainFunction("C")}`;
    const exported = index % 10 === 0 ? `\n//go:wasmexport p${index}_get\nfunc get() int32 { return ${index} }\n` : "";
    all[`${folder}/b.go`] = `package p${index}\n\nimport "errors"\n${plainFunction("d")}${plainFunction("e")}${exported}`;
  }
  all["main.go"] =
    `package main\n\nimport _ "example.com/m/group0/p0"\nimport "example.com/m/group1/p1"\n\n//go:wasmexport run_all\nfunc runAll(kind p1.Kind) {}\n\nfunc main() {}\n`;
  all["group1/p1/kind.go"] = "package p1\n\ntype Kind []int32\n";
  return all;
}
