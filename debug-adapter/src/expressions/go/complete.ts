/** What may stand where the cursor is: names of the frame and the package, members behind a dot. */
import type { GoType } from "#core/go/layouts/go-type.ts";
import type { Completion } from "../../symbols/expression-source.ts";
import { ExpressionError } from "../expression-error.ts";
import { evaluateGo } from "./evaluate.ts";
import { packageNameOf } from "./package-names.ts";
import { parseGoExpression } from "./parse.ts";
import { dynamicValue } from "./select.ts";
import type { GoScope } from "./scope.ts";
import type { Evaluation } from "./values.ts";

const builtins = ["cap", "complex", "false", "imag", "len", "max", "min", "nil", "real", "true"];

/** `text` ends at the cursor. */
export async function complete(evaluation: Evaluation, text: string): Promise<readonly Completion[]> {
  const [, of] = /((?:[\p{L}_][\p{L}\p{Nd}_]*|[)\]]|\.|\[[^[\]]*\]|\([^()]*\))*)\.[\p{L}\p{Nd}_]*$/u.exec(text) ?? [];
  if (of === undefined || of === "") return /[\p{Nd}.]$/u.test(text) ? [] : namesOf(evaluation.scope);
  return [...(await membersOf(evaluation, of)), ...packageMembers(evaluation, of)];
}

function namesOf(scope: GoScope): Completion[] {
  const isOwn = (name: string): boolean => name.startsWith(`${scope.packagePath}.`);
  const own = scope.globalNames().filter(isOwn);
  const packages = new Set(scope.globalNames().map((name) => packageNameOf(name.slice(0, name.lastIndexOf(".")))));
  return [
    ...scope.localNames().map((name): Completion => ({ name, kind: "variable" })),
    ...own.map((name): Completion => ({ name: name.slice(scope.packagePath.length + 1), kind: "variable" })),
    ...constantsOf(scope, scope.packagePath),
    ...[...packages].map((name): Completion => ({ name, kind: "module" })),
    ...builtins.map((name): Completion => ({ name, kind: "function" })),
  ];
}

function constantsOf({ program }: GoScope, path: string): Completion[] {
  const all = [...program.types.constants().values()].flat().map(({ name }) => name);
  return all.filter((name) => packageIn(name) === path).map((name) => ({ name: name.slice(path.length + 1), kind: "constant" }));
}

const packageIn = (name: string): string => name.slice(0, name.lastIndexOf("."));

const short = (full: string): string => full.slice(full.lastIndexOf(".") + 1);

/** Variables and constants of the packages that are called so. */
function packageMembers({ scope }: Evaluation, name: string): Completion[] {
  const variables = scope.globalNames().filter((full) => packageNameOf(packageIn(full)) === name);
  const constants = [...scope.program.types.constants().values()]
    .flat()
    .filter((constant) => packageNameOf(packageIn(constant.name)) === name);
  return [
    ...variables.map((full): Completion => ({ name: short(full), kind: "variable" })),
    ...constants.map((constant): Completion => ({ name: short(constant.name), kind: "constant" })),
  ];
}

/** Fields of a value, of what it points to, and of what an interface holds, promoted ones too. */
async function membersOf(evaluation: Evaluation, text: string): Promise<Completion[]> {
  try {
    const operand = await evaluateGo(evaluation, parseGoExpression(text));
    if (operand.kind !== "value") return [];
    const inside = operand.type.kind === "interface" ? await dynamicValue(evaluation, operand) : operand;
    return inside ? await fieldsOf(evaluation, inside.type) : [];
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}

async function fieldsOf({ loader }: Evaluation, type: GoType): Promise<Completion[]> {
  const found = new Map<string, Completion>();
  const queue = [type];
  const seen = new Set<GoType>();
  for (const next of queue) {
    const struct = next.kind === "pointer" ? await loader.types.get(next.elem) : next;
    if (struct.kind !== "struct" || seen.has(struct)) continue;
    seen.add(struct);
    for (const field of struct.fields) {
      const fieldType = await loader.types.get(field.type);
      if (!found.has(field.name)) found.set(field.name, { name: field.name, kind: "field", type: fieldType.name });
      if (field.embedded) queue.push(fieldType);
    }
  }
  return [...found.values()];
}
