/** Carries out the steps of a script in this engine. */
import { ByteReader } from "#core/bytes/reader.ts";
import { f32Text, f64Text } from "#core/wasm/disassemble/numbers.ts";
import { readModule } from "#core/wasm/module.ts";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { exportsOfBinary } from "#core/wat/script/binary-exports.ts";
import type { CallTarget } from "#core/wat/script/binary-exports.ts";
import type { PlannedRun, ScriptStep } from "#core/wat/script/plan.ts";
import { hostNumber, hostResult, resultSize, wrapperOf } from "#core/wat/script/wrapper.ts";
import type { WrappedRun } from "#core/wat/script/wrapper.ts";
import type { StepOutcome, StepState } from "./script-jobs.ts";
import { spectestModule } from "./script-host.ts";
import { isExpectedTrap } from "./trap-words.ts";

type Outcome = Omit<StepOutcome, "at">;

/** What a module has become. */
type Made = { readonly state: "passed"; readonly exports: WebAssembly.Externs } | { readonly state: Exclude<StepState, "passed"> };

/** Carries out one run. */
interface Caller {
  readonly exports: WebAssembly.Externs;
  readonly target: CallTarget;
  readonly refusal?: undefined;
}

interface Registered {
  /** `undefined` where this engine does not know the module. */
  readonly exports: WebAssembly.Externs | undefined;
  readonly instance: number | undefined;
}

interface Refused {
  /** Why the run cannot be carried out. */
  readonly refusal: string;
}

const passed: Outcome = { state: "passed" };
const unsupported: Outcome = { state: "unsupported", message: "This engine does not know what the module needs." };
/** Of the host module, what an engine may lack. */
const hostNames: ReadonlySet<string> = new Set(["table64", "shared_memory"]);
/** Too many runs in one wrapper make it too large for engines. */
const runsInWrapper = 1000;

export class ScriptRun {
  readonly #steps: readonly ScriptStep[];
  readonly #made = new Map<number, Made>();
  readonly #callers = new Map<number, Caller | Refused>();
  readonly #registered = new Map<string, Registered>([["spectest", { exports: spectestModule(), instance: undefined }]]);
  /** Instances that modules have changed, or should have, which this engine does not know: what they give says nothing. */
  readonly #doubtful = new Set<number>();
  readonly #hosts = new Map<string, object>();

  constructor(steps: readonly ScriptStep[]) {
    this.#steps = steps;
  }

  /** Carries out the step with a number; all before it must have been. */
  step(number: number): StepOutcome {
    const step = this.#steps[number]!;
    return { at: step.at, ...this.#outcome(step, number) };
  }

  #outcome(step: ScriptStep, number: number): Outcome {
    switch (step.kind) {
      case "instantiate":
        return this.#instantiate(step.bytes, number);
      case "register": {
        const made = step.instance === undefined ? undefined : this.#made.get(step.instance);
        if (made === undefined || made.state === "failed" || made.state === "skipped") return skipped;
        this.#registered.set(step.as, { exports: made.state === "passed" ? made.exports : undefined, instance: step.instance });
        return made.state === "passed" ? passed : unsupported;
      }
      case "run":
        return this.#run(step, number);
      case "module":
        return this.#module(step);
    }
  }

  #instantiate(bytes: Uint8Array | undefined, number: number): Outcome {
    if (bytes === undefined) {
      this.#made.set(number, { state: "failed" });
      return { state: "failed", message: "Something is wrong with the module." };
    }
    const module = compiled(bytes);
    if (module === undefined || this.#needsUnsupported(bytes)) {
      this.#made.set(number, { state: "unsupported" });
      this.#doubt(bytes);
      return unsupported;
    }
    try {
      const { exports } = this.#instance(module);
      this.#made.set(number, { state: "passed", exports });
      this.#makeCallers(bytes, exports, number);
      return passed;
    } catch (error) {
      this.#made.set(number, { state: "failed" });
      return { state: "failed", message: `The module could not be instantiated: ${messageOf(error)}` };
    }
  }

  /** Whether a module imports what this engine does not know. */
  #needsUnsupported(bytes: Uint8Array): boolean {
    return readModule(bytes).module.imports.some(({ module, name }) => {
      const from = this.#registered.get(module);
      return from !== undefined && (from.exports === undefined || (module === "spectest" && from.exports[name] === undefined && hostNames.has(name))); // prettier-ignore
    });
  }

  /** Notes that a module which this engine does not know shares state with others. */
  #doubt(bytes: Uint8Array): void {
    for (const { module } of readModule(bytes).module.imports) {
      const instance = this.#registered.get(module)?.instance;
      if (instance !== undefined) this.#doubtful.add(instance);
    }
  }

  /** Throws what the engine throws. */
  #instance(module: WebAssembly.Module): WebAssembly.Instance {
    const imports: Record<string, WebAssembly.Externs> = {};
    for (const { module: from } of WebAssembly.Module.imports(module)) {
      const exports = this.#registered.get(from)?.exports;
      if (exports !== undefined) Object.defineProperty(imports, from, { value: exports, configurable: true });
    }
    return new WebAssembly.Instance(module, imports);
  }

  /** Makes wrappers for the runs of an instance. Where the engine refuses one, each run gets its own. */
  #makeCallers(bytes: Uint8Array, exports: WebAssembly.Externs, instance: number): void {
    const binary = exportsOfBinary(bytes);
    const runs = this.#steps.flatMap((run, number): WrappedRun[] => {
      if (run.kind !== "run" || run.instance !== instance) return [];
      const target = binary.targets.get(run.name);
      const fits = target !== undefined && (target.kind === "func") === (run.action === "invoke");
      if (fits) return [{ number, run, target }];
      this.#callers.set(number, { refusal: `There is no such ${run.action === "invoke" ? "function" : "global"} among the exports.` });
      return [];
    });
    const make = (some: readonly WrappedRun[]): string | undefined => {
      const { text, hosts } = wrapperOf(binary, some);
      const { bytes: wrapper, problems } = encodeWat(WatDocument.open(text, "wat"));
      if (wrapper === undefined) return problems[0]?.message ?? "";
      try {
        const hostValues = Object.fromEntries(hosts.map((host) => [host, this.#host(host)]));
        const made = new WebAssembly.Instance(new WebAssembly.Module(wrapper), { m: exports, h: hostValues });
        for (const { number, target } of some) this.#callers.set(number, { exports: made.exports, target });
        return undefined;
      } catch (error) {
        return messageOf(error);
      }
    };
    for (let at = 0; at < runs.length; at += runsInWrapper) {
      const some = runs.slice(at, at + runsInWrapper);
      if (make(some) === undefined) continue;
      for (const run of some) {
        const refusal = make([run]);
        if (refusal !== undefined) this.#callers.set(run.number, { refusal });
      }
    }
  }

  #host(number: string): object {
    let host = this.#hosts.get(number);
    if (host === undefined) this.#hosts.set(number, (host = { number }));
    return host;
  }

  #run(run: PlannedRun, number: number): Outcome {
    const made = run.instance === undefined ? undefined : this.#made.get(run.instance);
    if (made === undefined || made.state === "failed" || made.state === "skipped") return skipped;
    if (made.state === "unsupported") return unsupported;
    const caller = this.#callers.get(number);
    if (caller === undefined) return skipped;
    if (caller.refusal !== undefined) return { state: "failed", message: caller.refusal };
    const outcome = this.#call(run, number, caller);
    return outcome.state === "failed" && this.#doubtful.has(run.instance!) ? { ...unsupported, message: doubtful } : outcome;
  }

  #call(run: PlannedRun, number: number, caller: Caller): Outcome {
    let wrong: number;
    try {
      wrong = (caller.exports[String(number)] as () => number)();
    } catch (error) {
      return thrown(run, error);
    }
    return this.#returned(run, number, caller, wrong);
  }

  #returned(run: PlannedRun, number: number, caller: Caller, wrong: number): Outcome {
    const { target, exports } = caller;
    const types = target.kind === "func" ? target.results : [target.type];
    const given = (): string => resultTexts(exports["results"] as WebAssembly.Memory, types);
    if (run.assertion !== undefined && run.assertion !== "assert_return") {
      const what = expectations[run.assertion] ?? run.assertion;
      return { state: "failed", message: `It returned ${given()}, but ${what} is expected.` };
    }
    if (run.assertion === undefined) return passed;
    if (run.results.length !== types.length) return { state: "failed", message: `It returned ${given()}.` };
    if (wrong > 0) return { state: "failed", message: `It returned ${given()}.` };
    const otherHost = run.results.findIndex((value, at) => {
      const host = hostNumber(value);
      return host !== undefined && (exports[hostResult(number, at)] as WebAssembly.Global).value !== this.#host(host);
    });
    return otherHost < 0 ? passed : { state: "failed", message: "It returned another reference." };
  }

  #module({ assertion, bytes, message }: Extract<ScriptStep, { kind: "module" }>): Outcome {
    if (bytes === undefined) return skipped;
    const module = compiled(bytes);
    if (assertion === "assert_invalid" || assertion === "assert_malformed")
      return module === undefined ? passed : { state: "failed", message: "V8 takes the module." };
    if (module === undefined || this.#needsUnsupported(bytes)) {
      this.#doubt(bytes);
      return unsupported;
    }
    try {
      this.#instance(module);
    } catch (error) {
      if (assertion === "assert_unlinkable")
        return isLinkError(error) ? passed : { state: "failed", message: `It failed otherwise: ${messageOf(error)}` };
      return trapOutcome(error, message);
    }
    const what = assertion === "assert_unlinkable" ? "that it cannot be linked" : "a trap";
    return { state: "failed", message: `The module was instantiated, but ${what} is expected.` };
  }
}

const doubtful = "It shares something with a module that this engine does not know.";
const skipped: Outcome = { state: "skipped", message: "What this needs has failed before." };

const expectations: Readonly<Record<string, string>> = {
  assert_trap: "a trap",
  assert_exhaustion: "exhaustion of the stack",
  assert_exception: "an exception",
};

function compiled(bytes: Uint8Array): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    return undefined;
  }
}

function thrown({ assertion, message = "" }: PlannedRun, error: unknown): Outcome {
  switch (assertion) {
    case "assert_trap":
      return trapOutcome(error, message);
    case "assert_exhaustion":
      return isExhaustion(error) ? passed : { state: "failed", message: `It failed otherwise: ${messageOf(error)}` };
    case "assert_exception":
      return isException(error) ? passed : { state: "failed", message: `It failed otherwise: ${messageOf(error)}` };
    default:
      return { state: "failed", message: isException(error) ? "It threw an exception." : `It trapped: ${messageOf(error)}` };
  }
}

function trapOutcome(error: unknown, expected: string): Outcome {
  if (!(error instanceof WebAssembly.RuntimeError)) return { state: "failed", message: `It failed otherwise: ${messageOf(error)}` };
  return isExpectedTrap(expected, error.message) ? passed : { state: "failed", message: `It trapped for another reason: ${error.message}` };
}

/** SpiderMonkey's error has a class of its own. */
function isExhaustion(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.name === "InternalError");
}

function isException(error: unknown): boolean {
  return error instanceof WebAssembly.Exception;
}

/** A module that is missing as a whole is a `TypeError` of the JavaScript interface. */
function isLinkError(error: unknown): boolean {
  return error instanceof WebAssembly.LinkError || error instanceof TypeError;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Results as the text format writes them, from the memory of a wrapper. */
function resultTexts(memory: WebAssembly.Memory, types: readonly string[]): string {
  if (types.length === 0) return "nothing";
  const bytes = new Uint8Array(memory.buffer);
  return types.map((type, at) => resultText(new ByteReader(bytes, at * resultSize, (at + 1) * resultSize), type)).join(" ");
}

function resultText(reader: ByteReader, type: string): string {
  switch (type) {
    case "i32":
      return `i32 ${reader.u32() | 0}`;
    case "i64":
      return `i64 ${BigInt.asIntN(64, reader.u64())}`;
    case "f32":
      return `f32 ${f32Text(reader)}`;
    case "f64":
      return `f64 ${f64Text(reader)}`;
    case "v128":
      return `v128 i32x4 ${Array.from({ length: 4 }, () => `0x${reader.u32().toString(16).padStart(8, "0")}`).join(" ")}`;
    default:
      return reader.u32() === 1 ? `${type} null` : type;
  }
}
