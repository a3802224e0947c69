/** Commands of a script, read from the tokens of their fields. Source: WebAssembly/spec, interpreter/README.md, "Scripts". */
import type { Field, FieldText } from "../field.ts";
import type { ModuleStrings, ReadCommand, ScriptAction, ScriptCommand, ScriptValue } from "./command.ts";
import type { PlacedProblem } from "../problem.ts";
import { instructionOf, Token, Word, wordOf } from "../token.ts";

/** Reads a field of kind `command`. */
export function readCommand(source: FieldText): ReadCommand {
  const { notes, problems } = source.field;
  notes.command ??= problems.length > 0 ? { command: undefined, problems: [] } : new CommandReader(source).command();
  return notes.command;
}

const actionAssertions: ReadonlySet<number> = new Set([
  Word.assert_return, Word.assert_trap, Word.assert_exhaustion, Word.assert_exception, Word.assert_suspension,
]); // prettier-ignore
/** Behind these stands no message. */
const withoutMessage: ReadonlySet<number> = new Set([Word.assert_return, Word.assert_exception]);
const references: ReadonlySet<string> = new Set(["ref.extern", "ref.host", "ref.any", "ref.struct", "ref.array", "ref.exn", "ref.cont"]);
/** They are instructions, too. */
const instructionValues: ReadonlySet<string> = new Set([
  "i32.const", "i64.const", "f32.const", "f64.const", "v128.const", "ref.null", "ref.func", "ref.eq", "ref.i31",
]); // prettier-ignore

class CommandReader {
  readonly #source: FieldText;
  readonly #field: Field;
  readonly #tags: Uint16Array;
  #at = 0;
  #problem: PlacedProblem | undefined;

  constructor(source: FieldText) {
    this.#source = source;
    this.#field = source.field;
    this.#tags = source.field.tags;
  }

  command(): ReadCommand {
    const command = this.#command();
    if (command !== undefined && this.#at < this.#field.tokenCount) this.#expected("nothing more");
    return this.#problem === undefined ? { command, problems: [] } : { command: undefined, problems: [this.#problem] };
  }

  get #tag(): number {
    return this.#tags[this.#at] ?? Token.end;
  }

  #command(): ScriptCommand | undefined {
    const word = this.#tags[1]!;
    this.#at = 2;
    if (word === Word.module) return this.#module();
    if (word === Word.register) return this.#register();
    if (word === Word.invoke || word === Word.get) {
      this.#at = 0;
      const action = this.#action();
      return action === undefined ? undefined : { kind: "action", action };
    }
    if (this.#tag === Token.leftParen && this.#tags[3] === Word.module) return this.#moduleAssertion(word);
    if (actionAssertions.has(word)) return this.#assertion(word);
    // Threads, and what is not a command of test scripts.
    this.#at = this.#field.tokenCount;
    return undefined;
  }

  #module(): ScriptCommand | undefined {
    const isDefinition = this.#take(Word.definition);
    if (!isDefinition && this.#take(Word.instance)) {
      const name = this.#name();
      const definition = this.#name();
      return this.#close() ? { kind: "instance", name, definition } : undefined;
    }
    const name = this.#name();
    const strings = this.#strings();
    return strings !== undefined && this.#close() ? { kind: "module", name, isDefinition, strings } : undefined;
  }

  #strings(): ModuleStrings | undefined {
    const form = this.#tag === Word.quote ? "quote" : this.#tag === Word.binary ? "binary" : undefined;
    if (form === undefined) return this.#expected("`quote` or `binary`");
    this.#at++;
    const first = this.#at;
    while (this.#tag === Token.string) this.#at++;
    return { form, first, count: this.#at - first };
  }

  #register(): ScriptCommand | undefined {
    const as = this.#string("the name that imports will use, in quotes");
    if (as === undefined) return undefined;
    const module = this.#name();
    return this.#close() ? { kind: "register", as, module } : undefined;
  }

  #moduleAssertion(word: number): ScriptCommand | undefined {
    this.#at = 4;
    this.#take(Word.definition);
    this.#name();
    if (this.#tag === Word.instance) {
      this.#at = this.#field.tokenCount;
      return undefined;
    }
    const strings = this.#strings();
    if (strings === undefined || !this.#close()) return undefined;
    const message = this.#tag === Token.string ? this.#at++ : undefined;
    return this.#close() ? { kind: "module-assertion", word: wordOf(word)!, strings, message } : undefined;
  }

  #assertion(word: number): ScriptCommand | undefined {
    const action = this.#action();
    if (action === undefined) return undefined;
    const results: ScriptValue[] = [];
    let message: number | undefined;
    if (word === Word.assert_return) {
      while (this.#tag === Token.leftParen) {
        const result = this.#value(true);
        if (result === undefined) return undefined;
        results.push(result);
      }
    } else if (!withoutMessage.has(word)) {
      message = this.#string("the message that is expected, in quotes");
      if (message === undefined) return undefined;
    }
    return this.#close() ? { kind: "assertion", word: wordOf(word)!, action, results, message } : undefined;
  }

  #action(): ScriptAction | undefined {
    const at = this.#at + 1;
    const word = this.#tags[at];
    if (this.#tag !== Token.leftParen || (word !== Word.invoke && word !== Word.get)) return this.#expected("`(invoke` or `(get`");
    this.#at += 2;
    const module = this.#name();
    const name = this.#string("the name of an export, in quotes");
    if (name === undefined) return undefined;
    const values: ScriptValue[] = [];
    while (word === Word.invoke && this.#tag === Token.leftParen) {
      const value = this.#value(false);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return this.#close() ? { word: word === Word.invoke ? "invoke" : "get", at, module, name, values } : undefined;
  }

  /** `isResult`: patterns may stand here. */
  #value(isResult: boolean): ScriptValue | undefined {
    const first = this.#at;
    const tag = this.#tags[this.#at + 1] ?? Token.end;
    // What is no word of modules, such as `ref.extern`, has no tag of its own.
    const word = instructionOf(tag)?.name ?? wordOf(tag) ?? (tag === Token.unknown ? this.#source.tokenText(first + 1) : "");
    const alternatives: ScriptValue[] = [];
    const isAllowed = instructionValues.has(word) || references.has(word) || (isResult && tag === Word.either);
    if (!isAllowed) {
      this.#at++;
      return this.#expected(isResult ? "a constant or a pattern for results" : "a constant");
    }
    this.#at += 2;
    if (tag === Word.either) {
      while (this.#tag === Token.leftParen) {
        // One level: alternatives of alternatives would be alternatives.
        const alternative = this.#value(false);
        if (alternative === undefined) return undefined;
        alternatives.push(alternative);
      }
    } else while (isOperand(this.#tag)) this.#at++;
    return this.#close() ? { word, first, end: this.#at, alternatives } : undefined;
  }

  #take(tag: number): boolean {
    if (this.#tag !== tag) return false;
    this.#at++;
    return true;
  }

  #name(): number | undefined {
    return this.#tag === Token.name || this.#tag === Token.quotedName ? this.#at++ : undefined;
  }

  #string(what: string): number | undefined {
    return this.#tag === Token.string ? this.#at++ : this.#expected(what);
  }

  #close(): boolean {
    if (this.#take(Token.rightParen)) return true;
    this.#expected("`)`");
    return false;
  }

  #expected(what: string): undefined {
    const token = Math.min(this.#at, this.#field.tokenCount - 1);
    const { spans } = this.#field;
    this.#problem ??= {
      code: "unexpected-token",
      message: `Expected ${what} here.`,
      start: spans[2 * token]!,
      end: spans[2 * token + 1]!,
    };
    return undefined;
  }
}

function isOperand(tag: number): boolean {
  return tag !== Token.leftParen && tag !== Token.rightParen && tag !== Token.string && tag !== Token.end;
}
