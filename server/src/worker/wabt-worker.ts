/** The thread that runs npm wabt. Its owner ({@link file://./wabt.ts}) kills it when a job takes too long. */
import { parentPort, type MessagePort } from "node:worker_threads";
import wabt from "wabt";
import type { WabtJob, WabtMessage, WabtOutcome } from "./wabt-jobs.ts";

type Features = Readonly<Record<string, boolean>>;
type TextModule = ReturnType<Awaited<ReturnType<typeof wabt>>["parseWat"]>;

/** wabt as it is: its type declarations lack the table of features and the argument of `validate`, without which it knows standard features only. */
type Wabt = Awaited<ReturnType<typeof wabt>> & { readonly FEATURES: Features };
type ValidatingModule = TextModule & { validate(features: Features): void };

const fileName = "module.wat";

async function serve(port: MessagePort): Promise<void> {
  const instance = (await wabt()) as Wabt;
  const features = Object.fromEntries(Object.keys(instance.FEATURES).map((name) => [name, true]));
  const post = (message: WabtMessage): void => port.postMessage(message);
  port.on("message", (job: WabtJob) => {
    const outcome = run(instance, features, job);
    post(outcome);
    // After a trap the instance answers every later call wrongly.
    if (outcome.kind === "crashed") port.close();
  });
  post({ kind: "ready" });
}

function run(instance: Wabt, features: Features, job: WabtJob): WabtOutcome {
  try {
    return job.kind === "build" ? build(instance, features, job.utf8) : print(instance, features, job.wasm);
  } catch (error) {
    const report = error instanceof Error ? error.message : String(error);
    return /^(parseWat|validate|readWasm) failed/.test(report) ? { kind: "refused", report } : { kind: "crashed", reason: report };
  }
}

function build(instance: Wabt, features: Features, utf8: Uint8Array): WabtOutcome {
  const module = instance.parseWat(fileName, exactCopy(utf8), features) as ValidatingModule;
  try {
    module.validate(features);
    return { kind: "built", wasm: exactCopy(module.toBinary({ write_debug_names: true }).buffer) };
  } finally {
    module.destroy();
  }
}

function print(instance: Wabt, features: Features, wasm: Uint8Array): WabtOutcome {
  const module = read(instance, features, wasm);
  try {
    module.applyNames();
    return { kind: "printed", text: module.toText({ foldExprs: false, inlineExport: false }) };
  } finally {
    module.destroy();
  }
}

/** A damaged name section is no reason to show nothing. */
function read(instance: Wabt, features: Features, wasm: Uint8Array): TextModule {
  const options = { ...features, readDebugNames: true, check: true };
  try {
    return instance.readWasm(exactCopy(wasm), options);
  } catch (error) {
    try {
      return instance.readWasm(exactCopy(wasm), { ...options, readDebugNames: false });
    } catch {
      throw error;
    }
  }
}

/** wabt takes the length from the underlying buffer, not from the view, and its results are views of its own memory. */
function exactCopy(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes);
}

if (!parentPort) throw new Error("wabt-worker runs in a worker thread only");
// A failure to load wabt ends the thread with an error, which its owner sees.
void serve(parentPort);
