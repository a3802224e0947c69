/** The few types of the standard library that signatures of imports and exports use, declared as Go source. */
import { parseGoFile } from "../source/parser.ts";
import { makePackage, usualPackageName, type GoPackage, type PackageSource } from "./package.ts";

/** Declarations agree with Go 1.24 to 1.27 in what matters here: kind, fields' kinds, size. */
const sources: Readonly<Record<string, string>> = {
  structs: "package structs\ntype HostLayout struct { _ hostLayout }\ntype hostLayout struct{}\n",
  time: `package time
type Duration int64
type Month int
type Weekday int
type Time struct { wall uint64; ext int64; loc *Location }
type Location struct { name string; zone []zone; tx []zoneTrans; extend string; cacheStart int64; cacheEnd int64; cacheZone *zone }
type zone struct { name string; offset int; isDST bool }
type zoneTrans struct { when int64; index uint8; isstd, isutc bool }
`,
  sync: `package sync
type Locker interface { Lock(); Unlock() }
type Mutex struct { _ noCopy; mu mutex }
type mutex struct { state int32; sema uint32 }
type noCopy struct{}
type RWMutex struct { w Mutex; writerSem uint32; readerSem uint32; readerCount int32; readerWait int32 }
`,
  strings: `package strings
type Builder struct { addr *Builder; buf []byte }
type Reader struct { s string; i int64; prevRune int }
`,
  bytes: `package bytes
type Buffer struct { buf []byte; off int; lastRead readOp }
type readOp int8
type Reader struct { s []byte; i int64; prevRune int }
`,
  io: `package io
type Reader interface { Read(p []byte) (n int, err error) }
type Writer interface { Write(p []byte) (n int, err error) }
type Closer interface { Close() error }
type Seeker interface { Seek(offset int64, whence int) (int64, error) }
type ReadWriter interface { Reader; Writer }
type ReadCloser interface { Reader; Closer }
type WriteCloser interface { Writer; Closer }
type ReadWriteCloser interface { Reader; Writer; Closer }
type ReadSeeker interface { Reader; Seeker }
`,
  fmt: "package fmt\ntype Stringer interface { String() string }\n",
};

const packages = new Map<string, GoPackage>();

/** Knows the packages above; a type that is not declared there stays undecided. */
export const standardPackages: PackageSource = {
  packageAt(importPath) {
    const known = packages.get(importPath);
    const source = Object.hasOwn(sources, importPath) ? sources[importPath] : undefined;
    if (known !== undefined || source === undefined) return known;
    const made = makePackage([parseGoFile(`${importPath}.go`, source)], importPath);
    packages.set(importPath, made);
    return made;
  },
  nameOf: usualPackageName,
};
