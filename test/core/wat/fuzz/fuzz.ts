/** Texts made from a seed, and the first of them that breaks a law. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { specCases } from "../spec-cases.ts";
import { generatedModule } from "./generate.ts";
import { brokenLaw } from "./laws.ts";
import type { Broken } from "./laws.ts";
import { mutated, shrunk } from "./mutate.ts";
import { Random } from "./random.ts";

export interface Failure extends Broken {
  readonly seed: number;
  /** As short as could be found. */
  readonly text: string;
}

/** Modules of the test suite, the seeds of what is mutated. */
const suite = specCases()
  .filter(({ text }) => text.length < 3_000)
  .map(({ text }) => text);

/** The text that a seed stands for. */
export function textOf(seed: number): string {
  const random = new Random(seed);
  const source = (): string => (random.oneIn(3) ? generatedModule(random) : random.of(suite));
  if (random.oneIn(4)) return generatedModule(random);
  return mutated(source(), source(), random);
}

/** Whether the text of a seed holds all laws. */
export async function fuzzed(seed: number): Promise<Failure | undefined> {
  const text = textOf(seed);
  const broken = await brokenLaw(text, new Random(seed));
  if (broken === undefined) return undefined;
  const fails = async (shorter: string): Promise<boolean> => (await brokenLaw(shorter, new Random(seed)))?.law === broken.law;
  const shortest = await shrunk(text, fails, 400);
  return { seed, text: shortest, ...((await brokenLaw(shortest, new Random(seed))) ?? broken) };
}

const kept = fileURLToPath(new URL("kept/", import.meta.url));

/** Texts that broke a law once, by file name. */
export function keptTexts(): readonly (readonly [name: string, text: string])[] {
  return readdirSync(kept).map((name) => [name, readFileSync(join(kept, name), "utf8")]);
}

/** Keeps a text for all runs to come. Gives what to tell of it. */
export function keptFailure({ seed, law, how, text }: Failure): string {
  const name = `${law.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}-${seed}.wat`;
  writeFileSync(join(kept, name), text);
  return `Seed ${seed}: it does not hold that ${law}: ${how}\nCommit test/core/wat/fuzz/kept/${name} with what mends it.\n${text}`;
}
