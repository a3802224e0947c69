/** Texts with mistakes in them, as they come from typing, from pasting and from damaged files. */
import type { Random } from "./random.ts";

interface Lexeme {
  readonly token: string;
  readonly start: number;
  readonly end: number;
}

const lexeme = /"(?:[^"\\\n]|\\[^])*"?|\(;[^]*?;\)|;;[^\n]*|[()]|[^\s()";]+|[^\s]/g;

function lexemes(text: string): Lexeme[] {
  return Array.from(text.matchAll(lexeme), (match) => ({ token: match[0], start: match.index, end: match.index + match[0].length }));
}

/** What is written by mistake, or breaks the structure. */
const inserts = [
  "(", ")", '"', "(;", ";)", ";;", "(@a", "\n", "\u00e9", "\\", "\0", "$", "$x", "0", "1", "-1", "4294967296", "0x", "1e", "nan:0x0", "i32", "i64", "funcref",
  "(ref null 0)", "(ref $s)", "(result i32)", "(param i64)", "(local f32)", "(mut i32)", "(then)", "(else)", "end", "else", "block", "loop", "if", "drop",
  "unreachable", "return", "br 0", "br_if 1", "i32.const 0", "i64.const 0", "local.get 0", "(nop)", "(func)", "(type (func))", "(memory 1)", "(export \"e\" (func 0))",
  "(import \"m\" \"n\" (func))", "(rec)", "(sub final", "shared", "align=3", "offset=0xffffffffffffffff", "i32.add", "select", "ref.null none", "throw 0",
]; // prettier-ignore

/** The place behind the form that opens at the lexeme `at`; of another lexeme the next place. */
function formEnd(list: readonly Lexeme[], at: number): number {
  let depth = 0;
  for (let place = at; place < list.length; place++) {
    const { token } = list[place]!;
    if (token === "(") depth++;
    else if (token === ")") depth--;
    if (depth <= 0) return place + 1;
  }
  return list.length;
}

/** Which kind of lexeme may stand for another. */
function classOf(token: string): string {
  if (token.startsWith("$")) return "name";
  if (/^[+-]?\d/.test(token)) return "number";
  if (/^[a-z]/.test(token)) return token.includes("=") ? "memarg" : "word";
  return token[0]!;
}

/** `text` with some changes; `other` gives parts of a second one. */
export function mutated(text: string, other: string, random: Random): string {
  let changed = text;
  for (let rounds = 1 + random.below(3); rounds > 0; rounds--) changed = mutatedOnce(changed, other, random);
  return changed;
}

function mutatedOnce(text: string, other: string, random: Random): string {
  const list = lexemes(text);
  if (list.length === 0) return random.of(inserts);
  const at = random.below(list.length);
  const { start, end, token } = list[at]!;
  const replaced = (from: number, to: number, by: string): string => text.slice(0, from) + by + text.slice(to);
  const opening = list.slice(0, at + 1).findLastIndex((one) => one.token === "(");
  const form = opening < 0 ? undefined : { start: list[opening]!.start, end: list[formEnd(list, opening) - 1]!.end };
  switch (random.below(10)) {
    case 0:
      return replaced(start, end, "");
    case 1:
      return replaced(end, end, ` ${token}`);
    case 2: {
      const next = list[at + 1];
      return next === undefined ? text : replaced(start, next.end, `${next.token} ${token}`);
    }
    case 3:
    case 4: {
      const alike = lexemes(other).filter((one) => classOf(one.token) === classOf(token));
      return alike.length === 0 ? text : replaced(start, end, random.of(alike).token);
    }
    case 5:
      return replaced(start, start, `${random.of(inserts)} `);
    case 6: {
      const others = lexemes(other);
      const forms = others.flatMap((one, place) => (one.token === "(" ? [place] : []));
      if (forms.length === 0 || form === undefined) return text;
      const place = random.of(forms);
      const inserted = other.slice(others[place]!.start, others[formEnd(others, place) - 1]!.end);
      return replaced(form.start, random.oneIn(2) ? form.end : form.start, `${inserted} `);
    }
    case 7:
      return form === undefined ? text : replaced(form.start, form.end, "");
    case 8:
      return form === undefined ? text : replaced(form.end, form.end, ` ${text.slice(form.start, form.end)}`);
    default:
      return replaced(start + random.below(token.length + 1), end, random.of(inserts));
  }
}

/** A shorter text for which `fails` still holds: forms are left out, then tokens. Asks `fails` at most `limit` times. */
export async function shrunk(text: string, fails: (text: string) => Promise<boolean>, limit: number): Promise<string> {
  let left = limit;
  let smallest = text;
  for (const isForm of [true, false]) {
    for (let at = 0; left > 0;) {
      const list = lexemes(smallest);
      if (at >= list.length) break;
      const behind = isForm ? formEnd(list, at) : at + 1;
      if (isForm && list[at]!.token !== "(") {
        at++;
        continue;
      }
      const shorter = smallest.slice(0, list[at]!.start) + smallest.slice(list[behind - 1]!.end);
      left--;
      if (await fails(shorter)) smallest = shorter;
      else at++;
    }
  }
  return smallest;
}
