// Command layouts tells a debugger how values of a Go program for WebAssembly lie in memory.
//
// Standard input: the output of
//
//	GOARCH=wasm go list -export -deps -json=ImportPath,Export,Dir,GoFiles,DepOnly,Standard,Module packages...
//
// The optional first argument is a file with type names, one a line, as the compiler spells them in debug information.
// Words behind it ask for more: "changes" which variables keep their first value, "standard" for the packages that were
// named also where they are of the standard library, with their functions.
// Standard output: one JSON object, see type output. It is built by the toolchain that built the program, because the
// format of export data belongs to a version of Go, but runs on the machine of the debugger.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
)

// formatVersion changes when the reader has to.
const formatVersion = 1

type output struct {
	Format int    `json:"format"`
	Go     string `json:"go"`
	// Types refer to each other by index; 0 is no type.
	Types []*layout `json:"types"`
	// Names maps the names asked for to types; those that mean nothing are left out.
	Names map[string]int `json:"names"`
	// Runtime maps names of the runtime's own types to types.
	Runtime   map[string]int          `json:"runtime"`
	Constants map[string][]constantOf `json:"constants"`
	Files     []string                `json:"files"`
	Variables []variable              `json:"variables"`
	Globals   []global                `json:"globals"`
	// Functions are those of the named packages, where packages of the standard library were asked for.
	Functions []function `json:"functions,omitempty"`
	// Problems are for people: what could not be loaded.
	Problems []string `json:"problems"`
}

// The types that a debugger needs to read goroutines, maps, channels and interfaces.
// One that a version of Go does not have is left out.
var runtimeTypes = []string{
	"internal/abi.ArrayType",
	"internal/abi.ChanType",
	"internal/abi.FuncType",
	"internal/abi.ITab",
	"internal/abi.InterfaceType",
	"internal/abi.MapType",
	"internal/abi.PtrType",
	"internal/abi.SliceType",
	"internal/abi.StructField",
	"internal/abi.StructType",
	"internal/abi.SwissMapType",
	"internal/abi.Type",
	"internal/abi.UncommonType",
	"internal/runtime/maps.Map",
	"internal/runtime/maps.groupsReference",
	"internal/runtime/maps.table",
	"runtime._defer",
	"runtime._panic",
	"runtime.g",
	"runtime.hchan",
	"runtime.m",
	"runtime.moduledata",
	"runtime.sudog",
	"runtime.waitq",
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "layouts:", err)
		os.Exit(1)
	}
}

func run() error {
	names, err := readNames(os.Args[1:])
	if err != nil {
		return err
	}
	words := os.Args[min(2, len(os.Args)):]
	wanted := request{changes: slices.Contains(words, "changes"), standard: slices.Contains(words, "standard")}
	program, err := loadProgram(os.Stdin, wanted)
	if err != nil {
		return err
	}
	table := newTypeTable()
	result := output{
		Format:  formatVersion,
		Go:      runtime.Version(),
		Names:   map[string]int{},
		Runtime: map[string]int{},
	}
	for _, name := range runtimeTypes {
		if t := program.resolve(name); t != nil {
			result.Runtime[name] = table.id(t)
		}
	}
	result.Files, result.Variables = program.variables(table)
	result.Globals = program.globals(table)
	if wanted.standard {
		result.Functions = program.functions(table)
	}
	program.addTypes(table)
	for _, name := range names {
		if t := program.resolve(name); t != nil {
			result.Names[name] = table.id(t)
		}
	}
	result.Constants = program.constants(table)
	result.Types = table.layouts
	result.Problems = program.problems
	out := bufio.NewWriter(os.Stdout)
	if err := json.NewEncoder(out).Encode(result); err != nil {
		return err
	}
	return out.Flush()
}

func readNames(args []string) ([]string, error) {
	if len(args) == 0 {
		return nil, nil
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return nil, err
	}
	var names []string
	for _, line := range strings.Split(string(text), "\n") {
		if line != "" {
			names = append(names, line)
		}
	}
	return names, nil
}
