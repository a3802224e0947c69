/**
 * V8's text of a stack without the frames of the debugger's own scripts, of which `script` is the path of the one in a file, and without
 * those of Node.js below them: it is as if the program ran by itself.
 */
export function withoutOwnFrames(stack: string, script: string): string {
  const isOwn = (line: string): boolean => isFrame.test(line) && (line.includes(script) || ownUrl.test(line));
  const lines = stack.split("\n");
  const end = lines.findLastIndex((line) => !isOwn(line) && !nodeFrame.test(line)) + 1;
  const kept = lines.slice(end).some(isOwn) ? lines.slice(0, end) : lines;
  return kept.filter((line) => !isOwn(line)).join("\n");
}

const isFrame = /^ {4}at /;
const nodeFrame = /^ {4}at .*\bnode:/;
/** Of scripts that are no files. */
const ownUrl = /\bgo-wasm:[a-z]+:\d+:\d+\)?$/;
