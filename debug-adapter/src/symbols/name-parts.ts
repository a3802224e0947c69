const opening: ReadonlySet<string> = new Set("<([{");
const closing: ReadonlySet<string> = new Set(">)]}");

/** What stands between the `::` of a name of C++ or Rust, but for those in brackets: `geo`, `Box<a::B>`, `grow`. */
export function nameParts(name: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < name.length; at++) {
    // What follows are no brackets: `operator<`, `operator()`.
    if (at === start && isOperator(name.slice(at, at + 9))) break;
    const character = name[at]!;
    if (opening.has(character)) depth++;
    else if (closing.has(character) && !(character === ">" && name[at - 1] === "-")) depth = Math.max(0, depth - 1);
    else if (depth === 0 && character === ":" && name[at + 1] === ":") {
      parts.push(name.slice(start, at));
      start = ++at + 1;
    }
  }
  return [...parts, name.slice(start)];
}

const isOperator = (part: string): boolean => /^operator(?:\W|$)/.test(part);

/** The part of a name without the arguments of its template or generic type. */
export function withoutArguments(part: string): string {
  const angle = part.indexOf("<");
  return angle <= 0 || isOperator(part) ? part : part.slice(0, angle);
}
