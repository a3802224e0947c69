import { expect, test } from "vitest";
import { printedPieces } from "../../../debug-adapter/src/requests/trace-lines.ts";

const trace = `panic: assignment to entry in nil map

goroutine 1 [running]:
main.fail(...)
\t/home/ann/my project/main.go:8
main.main()
\t/home/ann/my project/main.go:4 +0x2
exit status 2
`;

test("the places of a trace", () => {
  const pieces = printedPieces(trace);
  expect(pieces.map(({ text }) => text).join("")).toBe(trace);
  expect(pieces.map(({ place }) => place)).toEqual([
    undefined,
    { path: "/home/ann/my project/main.go", line: 8 },
    undefined,
    { path: "/home/ann/my project/main.go", line: 4 },
    undefined,
  ]);
  expect(printedPieces("main.main()\r\n\tC:\\work\\main.go:4 +0x2\r\n").at(-1)?.place).toEqual({ path: "C:\\work\\main.go", line: 4 });
});

test("the places of a trap", () => {
  const places = printedPieces(
    "RuntimeError: unreachable\n    at grow (/c (old)/main.c:7:3)\n    at main.main (/go/main.go:4)\n    at <anonymous>\n",
  );
  expect(places.map(({ place }) => place)).toEqual([undefined, { path: "/go/main.go", line: 4 }, undefined]);
  expect(printedPieces("    at grow (C:\\c\\main.c:7:3)")).toEqual([
    { text: "    at grow (C:\\c\\main.c:7:3)", place: { path: "C:\\c\\main.c", line: 7 } },
  ]);
  // In a time that does not grow with the square of the length.
  expect(printedPieces(`    at ${" (/".repeat(500_000)}:1)\n`)).toHaveLength(1);
});

test("what only looks like one", () => {
  for (const text of [
    "",
    "a\tb\n",
    "\texample.com/m/main.go:4\n",
    "/main.go:4\n",
    "\t/main.go:x\n",
    "\t/main.go:4 and more\n",
    "\t//server/share/main.go:4\n",
    "\t/\u001b[31m/main.go:4\n",
    "\t/main.go:",
  ])
    expect(printedPieces(text).every(({ place }) => place === undefined)).toBe(true);
});
