// Command layouts tells how Go types lie in the memory of a WebAssembly program: sizes and offsets as the compiler chooses them,
// the runtime's own types included, and where the variables of the user's packages are declared.
//
// It must be built with the toolchain that built the program, for the machine that it runs on, because export data is read only by
// the version that wrote it. Its input is the output of
//
//	GOOS=… GOARCH=wasm go list -export -deps -json=ImportPath,Export,Dir,GoFiles,DepOnly packages
//
// and its argument, if any, a file of type names as the compiler spells them in debug information, one a line.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// Output is what the debugger reads. Types refer to each other by their index in Types; 0 is no type.
type Output struct {
	Types     []*Layout      `json:"types"`
	Roots     map[string]int `json:"roots"`
	Names     map[string]int `json:"names"`
	Variables []Variable     `json:"variables"`
	Constants []Constant     `json:"constants"`
	Problems  []string       `json:"problems"`
}

// ListedPackage is one package as go list prints it.
type ListedPackage struct {
	ImportPath, Export, Dir string
	GoFiles                 []string
	DepOnly                 bool
}

func main() {
	if err := run(os.Stdin, os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "layouts:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer, args []string) error {
	packages, err := readPackages(in)
	if err != nil {
		return err
	}
	var names []string
	if len(args) > 0 {
		if names, err = readLines(args[0]); err != nil {
			return err
		}
	}
	program := newProgram(packages)
	program.checkUserPackages()
	program.findRoots()
	program.resolveNames(names)
	return json.NewEncoder(out).Encode(program.output())
}

func readPackages(in io.Reader) ([]ListedPackage, error) {
	var packages []ListedPackage
	for decoder := json.NewDecoder(in); ; {
		var p ListedPackage
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages, nil
		}
		if err != nil {
			return nil, fmt.Errorf("the input is not what go list prints: %w", err)
		}
		packages = append(packages, p)
	}
}

func readLines(path string) ([]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var lines []string
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<24)
	for scanner.Scan() {
		if line := scanner.Text(); line != "" {
			lines = append(lines, line)
		}
	}
	return lines, scanner.Err()
}
